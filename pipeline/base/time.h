#pragma once
#include <compare>
#include <cstdint>

namespace capsule {

/// Exact time in seconds, num/den, den > 0, lowest terms. Arithmetic saturates at the range of int64.
class Time {
 public:
  constexpr Time() = default;
  /// num/den seconds; den must not be 0.
  Time(std::int64_t num, std::int64_t den);

  static Time seconds(std::int64_t s) { return {s, 1}; }

  static Time millis(std::int64_t ms) { return {ms, 1000}; }

  /// The nearest microsecond; for parsed decimals only.
  static Time from_seconds(double s);

  [[nodiscard]] std::int64_t num() const { return num_; }

  [[nodiscard]] std::int64_t den() const { return den_; }

  /// For display and for filters that take doubles; never for decisions.
  [[nodiscard]] double to_seconds() const { return static_cast<double>(num_) / static_cast<double>(den_); }

  /// The count of 1/rate units, rounded down.
  [[nodiscard]] std::int64_t floor_units(std::int64_t rate) const;
  /// The count of 1/rate units, rounded to nearest.
  [[nodiscard]] std::int64_t round_units(std::int64_t rate) const;

  friend Time operator+(Time a, Time b);
  friend Time operator-(Time a, Time b);
  friend Time operator*(Time a, Time b);
  /// b must not be zero.
  friend Time operator/(Time a, Time b);

  friend bool operator==(Time a, Time b) { return a.num_ == b.num_ && a.den_ == b.den_; }

  friend std::strong_ordering operator<=>(Time a, Time b);

 private:
  std::int64_t num_ = 0;
  std::int64_t den_ = 1;
};

/// Frames per second, num/den.
struct FrameRate {
  std::int64_t num = 30;
  std::int64_t den = 1;
  friend bool operator==(const FrameRate&, const FrameRate&) = default;
};

/// The number of a frame, from 0.
struct FrameIndex {
  std::int64_t value = 0;
  friend auto operator<=>(const FrameIndex&, const FrameIndex&) = default;
};

inline FrameIndex operator+(FrameIndex f, std::int64_t n) {
  return {f.value + n};
}

inline FrameIndex operator-(FrameIndex f, std::int64_t n) {
  return {f.value - n};
}

inline std::int64_t operator-(FrameIndex a, FrameIndex b) {
  return a.value - b.value;
}

/// Half-open: begin is inside, end is not.
struct FrameRange {
  FrameIndex begin;
  FrameIndex end;

  [[nodiscard]] std::int64_t size() const { return end - begin; }

  [[nodiscard]] bool empty() const { return end <= begin; }

  [[nodiscard]] bool contains(FrameIndex f) const { return begin <= f && f < end; }

  [[nodiscard]] bool overlaps(FrameRange o) const { return begin < o.end && o.begin < end; }

  friend bool operator==(const FrameRange&, const FrameRange&) = default;
};

/// The instant at which a frame starts to be shown.
Time start_of(FrameIndex frame, FrameRate rate);
/// The frame whose start is nearest to t; a tie goes to the later frame.
FrameIndex nearest_frame(Time t, FrameRate rate);
/// The frame on screen at t.
FrameIndex frame_at(Time t, FrameRate rate);

}  // namespace capsule

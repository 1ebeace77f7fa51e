#include "base/time.h"

#include <cmath>
#include <limits>
#include <numeric>

namespace capsule {
namespace {

__extension__ using Wide = __int128;

Wide wide_abs(Wide v) {
  return v < 0 ? -v : v;
}

Wide wide_gcd(Wide a, Wide b) {
  a = wide_abs(a);
  b = wide_abs(b);
  while (b != 0) {
    const Wide r = a % b;
    a = b;
    b = r;
  }
  return a == 0 ? 1 : a;
}

/// Lowest terms; where these still do not fit, precision is given up before range, and range saturates.
Time reduce(Wide num, Wide den) {
  if (den < 0) {
    num = -num;
    den = -den;
  }
  const Wide g = wide_gcd(num, den);
  num /= g;
  den /= g;
  constexpr Wide kMax = std::numeric_limits<std::int64_t>::max();
  while (den > kMax || (wide_abs(num) > kMax && den > 1)) {
    num /= 2;
    den = std::max<Wide>(1, den / 2);
  }
  if (num > kMax) {
    num = kMax;
  }
  if (num < -kMax) {
    num = -kMax;
  }
  return {static_cast<std::int64_t>(num), static_cast<std::int64_t>(den)};
}

Wide floor_div(Wide a, Wide b) {
  const Wide q = a / b;
  return (a % b != 0 && (a < 0) != (b < 0)) ? q - 1 : q;
}

std::int64_t clamp(Wide v) {
  constexpr Wide kMax = std::numeric_limits<std::int64_t>::max();
  return static_cast<std::int64_t>(v > kMax ? kMax : v < -kMax ? -kMax : v);
}

}  // namespace

Time::Time(std::int64_t num, std::int64_t den) {
  constexpr std::int64_t kMin = std::numeric_limits<std::int64_t>::min();
  const Wide sign = den < 0 ? -1 : 1;
  const Wide g = wide_gcd(num, den);
  const Wide n = sign * num / g;
  num_ = n == kMin ? kMin + 1 : clamp(n);
  den_ = clamp(sign * den / g);
}

Time Time::from_seconds(double s) {
  constexpr double kLimit = 9.0e12;
  if (!(std::abs(s) <= kLimit)) {
    return {s > 0 ? static_cast<std::int64_t>(kLimit) : -static_cast<std::int64_t>(kLimit), 1};
  }
  return {std::llround(s * 1e6), 1000000};
}

std::int64_t Time::floor_units(std::int64_t rate) const {
  return clamp(floor_div(static_cast<Wide>(num_) * rate, den_));
}

std::int64_t Time::round_units(std::int64_t rate) const {
  return clamp(floor_div(static_cast<Wide>(num_) * rate * 2 + den_, static_cast<Wide>(den_) * 2));
}

Time operator+(Time a, Time b) {
  return reduce(static_cast<Wide>(a.num_) * b.den_ + static_cast<Wide>(b.num_) * a.den_,
                static_cast<Wide>(a.den_) * b.den_);
}

Time operator-(Time a, Time b) {
  return a + Time(-b.num_, b.den_);
}

Time operator*(Time a, Time b) {
  return reduce(static_cast<Wide>(a.num_) * b.num_, static_cast<Wide>(a.den_) * b.den_);
}

Time operator/(Time a, Time b) {
  return reduce(static_cast<Wide>(a.num_) * b.den_, static_cast<Wide>(a.den_) * b.num_);
}

std::strong_ordering operator<=>(Time a, Time b) {
  const Wide l = static_cast<Wide>(a.num_) * b.den_;
  const Wide r = static_cast<Wide>(b.num_) * a.den_;
  return l < r   ? std::strong_ordering::less
         : l > r ? std::strong_ordering::greater
                 : std::strong_ordering::equal;
}

Time start_of(FrameIndex frame, FrameRate rate) {
  return Time(frame.value, 1) * Time(rate.den, rate.num);
}

FrameIndex nearest_frame(Time t, FrameRate rate) {
  return {(t * Time(rate.num, rate.den)).round_units(1)};
}

FrameIndex frame_at(Time t, FrameRate rate) {
  return {(t * Time(rate.num, rate.den)).floor_units(1)};
}

}  // namespace capsule

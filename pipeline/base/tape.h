#pragma once
#include <cstdint>
#include <memory>
#include <span>

#include "base/stream.h"

namespace capsule {

/// Interleaved stereo samples at 48 kHz of a whole film, which may last longer than memory is large: a long
/// one stands in a file without a name, of which only what is being worked on is held in memory.
class Tape {
 public:
  /// Silence; std::bad_alloc where there is no room for it.
  static Tape make(std::int64_t frames);
  /// A copy.
  static Tape of(const AudioBlock& block);

  [[nodiscard]] std::int64_t frames() const { return frames_; }

  [[nodiscard]] std::span<float> samples() { return {data_.get(), count()}; }

  [[nodiscard]] std::span<const float> samples() const { return {data_.get(), count()}; }

  /// Whoever works from the begin to the end says how far: what lies behind may leave memory. It can be read
  /// and written as before.
  void passed(std::int64_t frame) const;

  /// In memory.
  [[nodiscard]] AudioBlock block() const;

 private:
  struct Unmap {
    std::size_t bytes;
    void operator()(float* data) const;
  };

  Tape() = default;

  [[nodiscard]] std::size_t count() const { return static_cast<std::size_t>(frames_) * kChannels; }

  std::unique_ptr<float, Unmap> data_;
  std::int64_t frames_ = 0;
  mutable std::int64_t passed_ = 0;
};

/// Samples that are only read, of a block or of a tape; borrowed.
class SoundView {
 public:
  SoundView(const AudioBlock& block) : samples_(block.samples) {}  // NOLINT(google-explicit-constructor)

  SoundView(const Tape& tape)
      : samples_(tape.samples()), tape_(&tape) {}  // NOLINT(google-explicit-constructor)

  [[nodiscard]] std::int64_t frames() const { return static_cast<std::int64_t>(samples_.size()) / kChannels; }

  [[nodiscard]] std::span<const float> samples() const { return samples_; }

  void passed(std::int64_t frame) const {
    if (tape_ != nullptr) {
      tape_->passed(frame);
    }
  }

 private:
  std::span<const float> samples_;
  const Tape* tape_ = nullptr;
};

/// Samples to work on, of a block or of a tape; borrowed.
class SoundSpan {
 public:
  SoundSpan(AudioBlock& block)
      : samples_(block.samples), view_(block) {}  // NOLINT(google-explicit-constructor)

  SoundSpan(Tape& tape) : samples_(tape.samples()), view_(tape) {}  // NOLINT(google-explicit-constructor)

  operator SoundView() const { return view_; }  // NOLINT(google-explicit-constructor)

  [[nodiscard]] std::int64_t frames() const { return view_.frames(); }

  [[nodiscard]] std::span<float> samples() const { return samples_; }

  void passed(std::int64_t frame) const { view_.passed(frame); }

 private:
  std::span<float> samples_;
  SoundView view_;
};

}  // namespace capsule

#include "audio/limiter.h"

#include <algorithm>
#include <array>
#include <cmath>
#include <cstdint>
#include <deque>
#include <numbers>
#include <utility>
#include <vector>

namespace capsule::audio {
namespace {

constexpr int kFactor = 4;
constexpr int kTaps = 12;  // Of each phase between two samples.
constexpr int kReach = 6;  // Samples before and behind that a value between two samples depends on.
constexpr std::int64_t kStep = 1024;
constexpr std::size_t kLookAhead = 240;  // 5 ms.

using Phase = std::array<float, kTaps>;

struct Interpolator {
  std::array<Phase, kFactor - 1> phases{};
  float largest_gain = 1;  // No value between samples exceeds the samples around it by more.
};

Interpolator make_interpolator() {
  constexpr int kAll = kFactor * kTaps + 1;
  Interpolator out;
  for (int p = 1; p < kFactor; ++p) {
    double sum = 0;
    for (int t = 0; t < kTaps; ++t) {
      const int j = p + kFactor * t;
      const double m = std::numbers::pi * (j - (kAll - 1) / 2.0) / kFactor;
      const double window = 0.5 * (1 - std::cos(2 * std::numbers::pi * j / (kAll - 1)));
      const double c = std::sin(m) / m * window;
      out.phases[static_cast<std::size_t>(p - 1)][static_cast<std::size_t>(t)] = static_cast<float>(c);
      sum += std::abs(c);
    }
    out.largest_gain = std::max(out.largest_gain, static_cast<float>(sum));
  }
  return out;
}

// Peaks of a stretch of the block, frame by frame; works on its own copies of the samples around it.
class PeakScanner {
 public:
  // peaks[i]: the largest absolute value at frame begin + i and up to its neighbours. Where all samples
  // around are so low that nothing can exceed `floor`, only the samples themselves are looked at.
  void scan(const SoundView& sound, std::int64_t begin, std::int64_t end, float floor) {
    const auto count = static_cast<std::size_t>(end - begin);
    peaks_.assign(count, 0);
    for (int channel = 0; channel < kChannels; ++channel) {
      copy(sound, begin, end, channel);
      float highest = 0;
      for (const float x : samples_) {
        highest = std::max(highest, std::abs(x));
      }
      for (std::size_t i = 0; i < count; ++i) {
        peaks_[i] = std::max(peaks_[i], std::abs(samples_[i + kReach]));
      }
      if (highest * interpolator_.largest_gain > floor) {
        between(count);
      }
    }
  }

  [[nodiscard]] const std::vector<float>& peaks() const { return peaks_; }

 private:
  void copy(const SoundView& sound, std::int64_t begin, std::int64_t end, int channel) {
    samples_.assign(static_cast<std::size_t>(end - begin + std::int64_t{2} * kReach), 0);
    const std::int64_t from = std::max<std::int64_t>(0, begin - kReach);
    const std::int64_t to = std::min(sound.frames(), end + kReach);
    for (std::int64_t i = from; i < to; ++i) {
      samples_[static_cast<std::size_t>(i - begin + kReach)] =
          sound.samples()[static_cast<std::size_t>(i * kChannels + channel)];
    }
  }

  // between_[i] lies between frames i - 1 and i of the stretch.
  void between(std::size_t count) {
    for (const Phase& phase : interpolator_.phases) {
      between_.assign(count + 1, 0);
      for (std::size_t t = 0; t < kTaps; ++t) {
        const float c = phase[t];
        const float* x = samples_.data() + (kTaps - 1 - t);
        for (std::size_t i = 0; i <= count; ++i) {
          between_[i] += c * x[i];
        }
      }
      for (std::size_t i = 0; i < count; ++i) {
        peaks_[i] = std::max(peaks_[i], std::max(std::abs(between_[i]), std::abs(between_[i + 1])));
      }
    }
  }

  Interpolator interpolator_ = make_interpolator();
  std::vector<float> samples_, between_, peaks_;
};

// Gains wanted, one after another → gains to apply, kLookAhead frames later: the least of the look-ahead, let
// go slowly, averaged over it. What comes out for a frame is never above what that frame wanted.
class GainSmoother {
 public:
  GainSmoother() : held_(kWindow, 1.0) {}

  double push(double wanted) {
    while (!least_.empty() && least_.back().second >= wanted) {
      least_.pop_back();
    }
    least_.emplace_back(at_, wanted);
    if (least_.front().first + kWindow <= at_) {
      least_.pop_front();
    }
    envelope_ = std::min(least_.front().second, envelope_ + (1 - envelope_) * release_);
    envelope_ = envelope_ > kOpen ? 1 : envelope_;
    double& oldest = held_[at_ % kWindow];
    ones_ += (envelope_ == 1 ? 1 : 0) - (oldest == 1 ? 1 : 0);
    sum_ += envelope_ - oldest;
    oldest = envelope_;
    ++at_;
    if (ones_ == static_cast<int>(kWindow)) {
      sum_ = static_cast<double>(kWindow);  // Rounding errors of the running sum end here.
      return 1;
    }
    return sum_ / static_cast<double>(kWindow);
  }

 private:
  static constexpr std::size_t kWindow = kLookAhead + 1;
  static constexpr double kOpen = 1 - 1e-5;
  std::deque<std::pair<std::size_t, double>> least_;
  std::vector<double> held_;
  double release_ = 1 - std::exp(-1.0 / (0.1 * kSampleRate));
  double envelope_ = 1;
  double sum_ = static_cast<double>(kWindow);
  int ones_ = static_cast<int>(kWindow);
  std::size_t at_ = 0;
};

void turn(const SoundSpan& sound, std::int64_t frame, double gain) {
  if (gain == 1 || frame < 0 || frame >= sound.frames()) {
    return;
  }
  for (int channel = 0; channel < kChannels; ++channel) {
    float& x = sound.samples()[static_cast<std::size_t>(frame * kChannels + channel)];
    x = static_cast<float>(x * gain);
  }
}

}  // namespace

double true_peak(const SoundView& sound) {
  PeakScanner scanner;
  float highest = 0;
  for (std::int64_t begin = 0; begin < sound.frames(); begin += kStep) {
    scanner.scan(sound, begin, std::min(begin + kStep, sound.frames()), highest);
    highest = std::max(highest, *std::ranges::max_element(scanner.peaks()));
    sound.passed(begin);
  }
  return highest;
}

bool limit(const SoundSpan& sound, double ceiling) {
  constexpr auto kDelay = static_cast<std::int64_t>(kLookAhead);
  PeakScanner scanner;
  GainSmoother smoother;
  bool acted = false;
  const auto push = [&](std::int64_t frame, double wanted) {
    const double gain = smoother.push(wanted);
    acted = acted || wanted < 1;
    turn(sound, frame - kDelay, gain);
  };
  // A step's peaks are read before its samples are turned: these lag by the look-ahead, which exceeds the
  // filter.
  for (std::int64_t begin = 0; begin < sound.frames(); begin += kStep) {
    const std::int64_t end = std::min(begin + kStep, sound.frames());
    scanner.scan(sound, begin, end, static_cast<float>(ceiling));
    for (std::int64_t i = begin; i < end; ++i) {
      const double peak = scanner.peaks()[static_cast<std::size_t>(i - begin)];
      push(i, peak > ceiling ? ceiling / peak : 1);
    }
    sound.passed(std::max<std::int64_t>(0, begin - kDelay));
  }
  for (std::int64_t i = sound.frames(); i < sound.frames() + kDelay; ++i) {
    push(i, 1);
  }
  return acted;
}

void scale(const SoundSpan& sound, double factor) {
  if (factor == 1) {
    return;
  }
  const auto gain = static_cast<float>(factor);
  const std::span<float> samples = sound.samples();
  for (std::int64_t begin = 0; begin < sound.frames(); begin += kStep) {
    const std::int64_t end = std::min(begin + kStep, sound.frames());
    for (std::int64_t i = begin * kChannels; i < end * kChannels; ++i) {
      samples[static_cast<std::size_t>(i)] *= gain;
    }
    sound.passed(end);
  }
}

}  // namespace capsule::audio

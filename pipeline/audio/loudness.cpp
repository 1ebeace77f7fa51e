#include "audio/loudness.h"

#include <algorithm>
#include <cmath>
#include <cstdint>

#include "audio/limiter.h"

namespace capsule::audio {
namespace {

constexpr double kTolerance = 0.2;  // LU, within which no further round is worth it.
constexpr double kPromised = 0.3;   // LU.
constexpr double kGateLufs = -70;   // BS.1770's absolute gate: the meter hears nothing below.
constexpr int kRounds = 3;

// The meter wants 0.4 s at least; shorter sound is repeated for it.
double loudness_of(const SoundView& sound) {
  constexpr std::int64_t kShortest = kSampleRate;
  if (sound.frames() >= kShortest || sound.frames() == 0) {
    return integrated_loudness(sound);
  }
  AudioBlock repeated;
  while (repeated.frames() < kShortest) {
    repeated.samples.insert(repeated.samples.end(), sound.samples().begin(), sound.samples().end());
  }
  return integrated_loudness(repeated);
}

bool is_silent(const SoundView& sound) {
  for (std::int64_t frame = 0; frame < sound.frames(); ++frame) {
    const auto here = sound.samples().subspan(static_cast<std::size_t>(frame * kChannels), kChannels);
    if (std::ranges::any_of(here, [](float x) { return x != 0; })) {
      return false;
    }
    sound.passed(frame);
  }
  return true;
}

// How much of a nudge in gain arrives as loudness, guessed before the first and learned from each.
double learn_yield(double got, double step) {
  return std::clamp(got / step, 0.25, 1.0);
}

// Limits, then nudges the loudness back that the limiter took. Each round works on what the last one left.
double settle(const SoundSpan& sound, double target, double ceiling) {
  constexpr double kMargin = 0.994;  // 0.05 dB for what the moving gain itself adds between samples.
  double yield = 0.7;
  double off = 0;
  double step = 0;
  for (int round = 0; limit(sound, ceiling * kMargin) || round > 0; ++round) {
    const double now = target - loudness_of(sound);
    yield = round > 0 ? learn_yield(off - now, step) : yield;
    off = now;
    if (std::abs(off) <= kTolerance || round == kRounds) {
      break;
    }
    step = off / yield;
    scale(sound, from_db(step));
  }
  const double peak = true_peak(sound);
  if (peak > ceiling) {
    scale(sound, ceiling / peak);
  }
  return off;
}

}  // namespace

double from_db(double db) {
  return std::pow(10.0, db / 20);
}

void master(const SoundSpan& sound, double loudness_lufs, double true_peak_dbtp, Reporter& reporter) {
  if (is_silent(sound)) {
    reporter.warn({Code{"sound-silent"}, {}, {}, {}, {}});
    return;
  }
  const double measured = std::max(kGateLufs, loudness_of(sound));
  const double gain = std::min(loudness_lufs - measured, kLargestGainDb);
  const double target = measured + gain;
  if (target < loudness_lufs - kPromised) {
    reporter.warn({Code{"sound-quiet"},
                   {{"measured", std::round(measured * 10) / 10},
                    {"target", loudness_lufs},
                    {"limit", std::int64_t{20}}},
                   {},
                   {},
                   {}});
  }
  scale(sound, from_db(gain));
  const double off = settle(sound, target, from_db(true_peak_dbtp));
  if (std::abs(off) > kPromised) {
    reporter.warn({Code{"loudness-missed"},
                   {{"measured", std::round((target - off) * 10) / 10}, {"target", loudness_lufs}},
                   {},
                   {},
                   {}});
  }
}

}  // namespace capsule::audio

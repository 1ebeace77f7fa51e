#pragma once
#include <doctest/doctest.h>

#include <algorithm>
#include <cmath>
#include <cstdint>
#include <numbers>
#include <vector>

#include "base/stream.h"
#include "tests/support/recorder.h"

namespace capsule::test {

/// A sine in both channels; level in dBFS of its peak, phase in degrees.
inline AudioBlock tone(double hertz, double seconds, double level_db, double phase = 0) {
  AudioBlock block;
  const auto frames = static_cast<std::int64_t>(seconds * kSampleRate);
  block.samples.reserve(static_cast<std::size_t>(frames) * kChannels);
  const double amplitude = std::pow(10.0, level_db / 20);
  for (std::int64_t i = 0; i < frames; ++i) {
    const double turns = hertz * static_cast<double>(i) / kSampleRate + phase / 360;
    const auto x = static_cast<float>(amplitude * std::sin(2 * std::numbers::pi * turns));
    block.samples.insert(block.samples.end(), {x, x});
  }
  return block;
}

inline AudioBlock silence(double seconds) {
  AudioBlock block;
  block.samples.resize(static_cast<std::size_t>(seconds * kSampleRate) * kChannels);
  return block;
}

/// Noise of a fixed seed, uniform within ±level.
inline AudioBlock noise(double seconds, double level) {
  AudioBlock block = silence(seconds);
  std::uint32_t state = 7;
  for (float& x : block.samples) {
    state = state * 1664525U + 1013904223U;
    x = static_cast<float>(level * (static_cast<double>(state >> 8U) / (1U << 23U) - 1));
  }
  return block;
}

inline void append(AudioBlock& block, const AudioBlock& more) {
  block.samples.insert(block.samples.end(), more.samples.begin(), more.samples.end());
}

/// Level in dBFS (RMS) of the left channel between two times.
inline double rms_db(const AudioBlock& block, double from, double to) {
  const auto begin = static_cast<std::int64_t>(from * kSampleRate);
  const auto end = std::min(static_cast<std::int64_t>(to * kSampleRate), block.frames());
  double sum = 0;
  for (std::int64_t i = begin; i < end; ++i) {
    const double x = block.samples[static_cast<std::size_t>(i * kChannels)];
    sum += x * x;
  }
  return 10 * std::log10(sum / static_cast<double>(end - begin));
}

}  // namespace capsule::test

#include "audio/duck.h"

#include <algorithm>
#include <cmath>
#include <cstddef>

#include "audio/loudness.h"

namespace capsule::audio {
namespace {

constexpr std::int64_t kHop = kSampleRate / 1000;  // Samples of a point.
constexpr std::size_t kHalfWindow = 25;
constexpr double kThreshold = 1e-4;  // Power of -40 dBFS.
constexpr std::size_t kBridge = 400;
constexpr double kDown = 1.0 / 120;
constexpr double kUp = 1.0 / 500;

// Sum of the mean power of all points before each.
std::vector<double> running_power(const SoundView& voice) {
  const auto points = static_cast<std::size_t>((voice.frames() + kHop - 1) / kHop);
  std::vector<double> sums(points + 1, 0);
  for (std::size_t p = 0; p < points; ++p) {
    const auto from = static_cast<std::int64_t>(p) * kHop;
    const std::int64_t to = std::min(from + kHop, voice.frames());
    double power = 0;
    for (std::int64_t i = from * kChannels; i < to * kChannels; ++i) {
      const double x = voice.samples()[static_cast<std::size_t>(i)];
      power += x * x;
    }
    sums[p + 1] = sums[p] + power / (static_cast<double>(kHop) * kChannels);
    voice.passed(to);
  }
  return sums;
}

std::vector<double> speaking(const SoundView& voice) {
  const std::vector<double> sums = running_power(voice);
  const std::size_t points = sums.size() - 1;
  std::vector<double> out(points, 0);
  std::size_t last = 0;
  bool spoken = false;
  for (std::size_t p = 0; p < points; ++p) {
    const std::size_t from = p < kHalfWindow ? 0 : p - kHalfWindow;
    const std::size_t to = std::min(points, p + kHalfWindow);
    if (sums[to] - sums[from] <= kThreshold * 2 * static_cast<double>(kHalfWindow)) {
      continue;
    }
    if (spoken && p - last <= kBridge) {
      std::fill(out.begin() + static_cast<std::ptrdiff_t>(last), out.begin() + static_cast<std::ptrdiff_t>(p),
                1.0);
    }
    out[p] = 1;
    last = p;
    spoken = true;
  }
  return spoken ? out : std::vector<double>{};
}

}  // namespace

DuckCurve::DuckCurve(const SoundView& voice, double depth_db) {
  std::vector<double> depth = depth_db > 0 ? speaking(voice) : std::vector<double>{};
  for (std::size_t p = 1; p < depth.size(); ++p) {
    depth[p] = std::max(depth[p], depth[p - 1] - kUp);
  }
  for (std::size_t p = depth.size(); p-- > 1;) {
    depth[p - 1] = std::max(depth[p - 1], depth[p] - kDown);
  }
  gains_.reserve(depth.size());
  for (const double x : depth) {
    gains_.push_back(static_cast<float>(from_db(-depth_db * x * x * (3 - 2 * x))));
  }
}

float DuckCurve::gain_at(std::int64_t frame) const {
  if (gains_.empty() || frame < 0) {
    return 1;
  }
  const auto at = static_cast<std::size_t>(frame / kHop);
  const float here = gains_[std::min(at, gains_.size() - 1)];
  const float next = gains_[std::min(at + 1, gains_.size() - 1)];
  return here + (next - here) * static_cast<float>(frame % kHop) / static_cast<float>(kHop);
}

}  // namespace capsule::audio

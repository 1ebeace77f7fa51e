#include "space.h"

#include <array>

namespace capsule::music {
namespace {

constexpr std::size_t kLines = 8;
// Mutually prime lengths in samples, 24 to 72 ms.
constexpr std::array<std::size_t, kLines> kLengths{1153, 1429, 1693, 1999, 2309, 2659, 3023, 3467};
constexpr std::size_t kPreDelay = 1008;

using Frame = std::array<double, kLines>;

void butterflies(Frame& v, std::size_t half) {
  for (std::size_t i = 0; i < kLines; ++i) {
    if ((i & half) == 0) {
      const double sum = v[i] + v[i + half];
      v[i + half] = v[i] - v[i + half];
      v[i] = sum;
    }
  }
}

void hadamard(Frame& v) {
  for (std::size_t half = 1; half < kLines; half *= 2) {
    butterflies(v, half);
  }
  for (double& x : v) {
    x /= std::sqrt(static_cast<double>(kLines));
  }
}

}  // namespace

Stereo reverb(const Stereo& in, double seconds) {
  std::array<std::vector<double>, kLines> lines;
  Frame loss{};
  Frame damped{};
  for (std::size_t k = 0; k < kLines; ++k) {
    lines[k].assign(kLengths[k], 0.0);
    loss[k] = std::pow(0.001, static_cast<double>(kLengths[k]) / (seconds * kRate));
  }
  const double dark = one_pole(4200);
  Biquad thin_left = high_pass(160);
  Biquad thin_right = high_pass(160);
  Stereo out(in.frames());
  for (std::size_t i = 0; i < in.frames(); ++i) {
    const double l = i < kPreDelay ? 0 : in.left[i - kPreDelay];
    const double r = i < kPreDelay ? 0 : in.right[i - kPreDelay];
    Frame heard{};
    for (std::size_t k = 0; k < kLines; ++k) {
      damped[k] += dark * (lines[k][i % kLengths[k]] - damped[k]);
      heard[k] = damped[k] * loss[k];
    }
    out.left[i] = thin_left.step(heard[0] + heard[2] - heard[4] + heard[6]) * 0.5;
    out.right[i] = thin_right.step(heard[1] - heard[3] + heard[5] + heard[7]) * 0.5;
    hadamard(heard);
    for (std::size_t k = 0; k < kLines; ++k) {
      lines[k][i % kLengths[k]] = heard[k] + (k % 2 == 0 ? l : r);
    }
  }
  return out;
}

}  // namespace capsule::music

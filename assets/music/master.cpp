#include "master.h"

#include <algorithm>

namespace capsule::music {
namespace {

// K-weighting at 48 kHz, coefficients as printed in BS.1770-4, tables 1 and 2.
Biquad k_shelf() {
  return {1.53512485958697, -2.69169618940638, 1.19839281085285, -1.69065929318241, 0.73248077421585};
}

Biquad k_high_pass() {
  return {1.0, -2.0, 1.0, -1.99004745483398, 0.99007225036621};
}

std::vector<double> weighted_squares(const std::vector<double>& samples) {
  Biquad shelf = k_shelf();
  Biquad high = k_high_pass();
  std::vector<double> out(samples.size());
  for (std::size_t i = 0; i < samples.size(); ++i) {
    const double v = high.step(shelf.step(samples[i]));
    out[i] = v * v;
  }
  return out;
}

double to_lufs(double power) {
  return -0.691 + 10 * std::log10(std::max(power, 1e-12));
}

double mean_above(const std::vector<double>& blocks, double gate) {
  double sum = 0;
  int count = 0;
  for (const double b : blocks) {
    if (to_lufs(b) > gate) {
      sum += b;
      ++count;
    }
  }
  return count == 0 ? 0 : sum / count;
}

}  // namespace

double loudness(const Stereo& sound) {
  const std::vector<double> l = weighted_squares(sound.left);
  const std::vector<double> r = weighted_squares(sound.right);
  constexpr std::size_t kBlock = kRate * 4 / 10;
  constexpr std::size_t kStep = kRate / 10;
  std::vector<double> blocks;
  for (std::size_t at = 0; at + kBlock <= sound.frames(); at += kStep) {
    double sum = 0;
    for (std::size_t i = at; i < at + kBlock; ++i) {
      sum += l[i] + r[i];
    }
    blocks.push_back(sum / static_cast<double>(kBlock));
  }
  const double gate = to_lufs(mean_above(blocks, -70)) - 10;
  return to_lufs(mean_above(blocks, gate));
}

void master(Stereo& sound, double lufs, double ceiling) {
  Biquad low_left = high_pass(32);
  Biquad low_right = high_pass(32);
  for (std::size_t i = 0; i < sound.frames(); ++i) {
    sound.left[i] = low_left.step(sound.left[i]);
    sound.right[i] = low_right.step(sound.right[i]);
  }
  constexpr std::size_t kBlock = 64;
  std::vector<double> peaks(sound.frames() / kBlock + 4, 1e-9);
  for (std::size_t i = 0; i < sound.frames(); ++i) {
    double& peak = peaks[i / kBlock];
    peak = std::max({peak, std::abs(sound.left[i]), std::abs(sound.right[i])});
  }
  const double release = one_pole(4);
  const double gain = std::pow(10.0, (lufs - loudness(sound)) / 20);
  double held = 1;
  for (std::size_t i = 0; i < sound.frames(); ++i) {
    const std::size_t at = i / kBlock;
    const double peak = std::max({peaks[at], peaks[at + 1], peaks[at + 2], peaks[at + 3]});
    const double wanted = std::min(1.0, ceiling / (peak * gain));
    held = wanted < held ? held + (wanted - held) * 0.06 : held + (wanted - held) * release;
    const double g = gain * std::min(held, 1.0);
    const double left_over = static_cast<double>(sound.frames() - 1 - i) / (1.2 * kRate);
    const double fade = std::clamp(left_over, 0.0, 1.0);
    sound.left[i] = std::clamp(sound.left[i] * g * fade, -ceiling, ceiling);
    sound.right[i] = std::clamp(sound.right[i] * g * fade, -ceiling, ceiling);
  }
}

}  // namespace capsule::music

#pragma once
#include <cmath>
#include <cstddef>
#include <cstdint>
#include <numbers>
#include <vector>

// Shared vocabulary of the synthesiser: stereo sound at 48 kHz, a repeatable random source, small filters.
namespace capsule::music {

inline constexpr int kRate = 48000;
inline constexpr double kTau = 2 * std::numbers::pi;

struct Stereo {
  std::vector<double> left, right;

  explicit Stereo(std::size_t frames) : left(frames, 0.0), right(frames, 0.0) {}

  [[nodiscard]] std::size_t frames() const { return left.size(); }
};

/// splitmix64: the same numbers on every machine, unlike the distributions of <random>.
class Random {
 public:
  explicit Random(std::uint64_t seed) : state_(seed) {}

  /// Evenly spread in [-1, 1).
  double next() {
    state_ += 0x9E3779B97F4A7C15ULL;
    std::uint64_t z = state_;
    z = (z ^ (z >> 30)) * 0xBF58476D1CE4E5B9ULL;
    z = (z ^ (z >> 27)) * 0x94D049BB133111EBULL;
    z ^= z >> 31;
    return static_cast<double>(z >> 11) * (2.0 / 9007199254740992.0) - 1.0;
  }

 private:
  std::uint64_t state_;
};

/// Share of a one-pole low-pass for a corner frequency in Hz.
inline double one_pole(double hertz) {
  return 1 - std::exp(-kTau * hertz / kRate);
}

/// Frequency in Hz of a MIDI key number (69 = 440 Hz), fractions allowed.
inline double pitch(double key) {
  return 440 * std::exp2((key - 69) / 12);
}

/// Direct form of a second-order section; coefficients normalised by a0.
struct Biquad {
  double b0 = 1, b1 = 0, b2 = 0, a1 = 0, a2 = 0;
  double z1 = 0, z2 = 0;

  double step(double in) {
    const double out = b0 * in + z1;
    z1 = b1 * in - a1 * out + z2;
    z2 = b2 * in - a2 * out;
    return out;
  }
};

/// Resonant band-pass with 0 dB at its centre (R. Bristow-Johnson's cookbook).
inline Biquad band_pass(double hertz, double q) {
  const double w = kTau * hertz / kRate;
  const double alpha = std::sin(w) / (2 * q);
  const double a0 = 1 + alpha;
  return {alpha / a0, 0, -alpha / a0, -2 * std::cos(w) / a0, (1 - alpha) / a0};
}

/// Second-order high-pass (same source), Butterworth.
inline Biquad high_pass(double hertz) {
  const double w = kTau * hertz / kRate;
  const double alpha = std::sin(w) / std::numbers::sqrt2;
  const double a0 = 1 + alpha;
  const double c = std::cos(w);
  return {(1 + c) / 2 / a0, -(1 + c) / a0, (1 + c) / 2 / a0, -2 * c / a0, (1 - alpha) / a0};
}

}  // namespace capsule::music

#include "instruments.h"

#include <algorithm>
#include <array>

namespace capsule::music {
namespace {

struct Gains {
  double left, right;
};

Gains place(double pan) {
  const double angle = (pan + 1) * std::numbers::pi / 4;
  return {std::cos(angle), std::sin(angle)};
}

std::size_t first_frame(const Note& note) {
  return static_cast<std::size_t>(std::llround(std::max(0.0, note.at) * kRate));
}

/// A noise burst shaped by pick position and strength: what the string is loaded with.
std::vector<double> excitation(std::size_t period, const String& string, double velocity, Random& random) {
  std::vector<double> burst(period);
  const double smooth = one_pole(900 + 7500 * string.bright * (0.45 + 0.55 * velocity));
  double low = 0;
  double mean = 0;
  for (double& v : burst) {
    low += smooth * (random.next() - low);
    v = low;
    mean += low / static_cast<double>(period);
  }
  const auto notch = static_cast<std::size_t>(static_cast<double>(period) * string.pick);
  std::vector<double> combed(period);
  double peak = 1e-9;
  for (std::size_t i = 0; i < period; ++i) {
    combed[i] = (burst[i] - mean) - 0.9 * (burst[(i + period - notch) % period] - mean);
    peak = std::max(peak, std::abs(combed[i]));
  }
  for (double& v : combed) {
    v /= peak;
  }
  return combed;
}

/// One string: delay loop with a two-point average, loss, and an all-pass for the fraction of the period.
class Loop {
 public:
  Loop(double hertz, const String& string, double velocity, Random& random) {
    const double blend = 0.5 - 0.42 * string.bright;
    const double period = kRate / hertz - blend;
    const auto whole = static_cast<std::size_t>(period - 0.2);
    const double fraction = period - static_cast<double>(whole);
    line_ = excitation(whole, string, velocity, random);
    all_pass_ = (1 - fraction) / (1 + fraction);
    blend_ = blend;
    const double seconds = string.decay * std::pow(261.6 / hertz, 0.45);
    loss_ = std::pow(0.001, 1 / (hertz * seconds));
  }

  double step() {
    const double out = line_[at_];
    const double soft = (1 - blend_) * out + blend_ * before_;
    before_ = out;
    const double tuned = all_pass_ * soft + held_ - all_pass_ * tuned_;
    held_ = soft;
    tuned_ = tuned;
    line_[at_] = loss_ * tuned;
    at_ = (at_ + 1) % line_.size();
    return out;
  }

 private:
  std::vector<double> line_;
  std::size_t at_ = 0;
  double blend_ = 0.5, loss_ = 0.99, all_pass_ = 0;
  double before_ = 0, held_ = 0, tuned_ = 0;
};

double edge(double seconds, double length, double attack, double release) {
  const double up = std::clamp(seconds / attack, 0.0, 1.0);
  const double down = std::clamp((length - seconds) / release, 0.0, 1.0);
  return up * up * (3 - 2 * up) * down * down * (3 - 2 * down);
}

double drum_hertz(Stroke stroke, double t) {
  switch (stroke) {
    case Stroke::kDum:
      return 74 + 46 * std::exp(-t * 26);
    case Stroke::kTek:
      return 395;
    case Stroke::kKa:
      return 330;
    case Stroke::kRiq:
      break;
  }
  return 0;
}

double drum_sound(Stroke stroke, double t, double phase, double noise) {
  if (stroke == Stroke::kDum) {
    return 0.9 * std::sin(phase) * std::exp(-t * 7.5) + 0.10 * noise * std::exp(-t * 13);
  }
  if (stroke == Stroke::kRiq) {
    return 0.5 * noise * (0.35 + 0.65 * std::abs(std::sin(kTau * 27 * t))) * std::exp(-t * 26);
  }
  const double tone = std::sin(phase) + 0.6 * std::sin(phase * 1.59);
  return 0.22 * tone * std::exp(-t * 34) + 0.34 * noise * std::exp(-t * 42);
}

}  // namespace

void pluck(Stereo& out, const Note& note, const String& string, std::uint64_t seed) {
  Random random(seed);
  std::vector<Loop> strings;
  for (int i = 0; i < string.course; ++i) {
    const double cents = string.detune * (i - (string.course - 1) / 2.0);
    strings.emplace_back(pitch(note.key + cents / 100), string, note.velocity, random);
  }
  Biquad body = band_pass(string.body_hertz, 1.1);
  Biquad air = band_pass(string.body_hertz * 2.3, 1.6);
  const Gains gains = place(note.pan);
  const double level = 0.5 * note.velocity / std::sqrt(string.course);
  const std::size_t begin = first_frame(note);
  const double ring = note.length + 0.9;
  const auto frames = static_cast<std::size_t>(ring * kRate);
  for (std::size_t i = 0; i < frames && begin + i < out.frames(); ++i) {
    const double t = static_cast<double>(i) / kRate;
    double dry = 0;
    for (Loop& loop : strings) {
      dry += loop.step();
    }
    const double wood = 0.62 * dry + 0.75 * body.step(dry) + 0.4 * air.step(dry);
    const double v = wood * level * edge(t, ring, 0.0026, 0.85);
    out.left[begin + i] += v * gains.left;
    out.right[begin + i] += v * gains.right;
  }
}

void pad(Stereo& out, const Note& note) {
  constexpr std::array<double, 6> kPartials{1.0, 0.42, 0.2, 0.1, 0.05, 0.024};
  const Gains gains = place(note.pan);
  const double hertz = pitch(note.key);
  const double whole = note.length + 1.2;
  const std::size_t begin = first_frame(note);
  const auto frames = static_cast<std::size_t>(whole * kRate);
  for (std::size_t i = 0; i < frames && begin + i < out.frames(); ++i) {
    const double t = static_cast<double>(i) / kRate;
    const double drift = 0.0011 * std::sin(kTau * 0.31 * t + note.key);
    double l = 0;
    double r = 0;
    for (std::size_t p = 0; p < kPartials.size(); ++p) {
      const double n = static_cast<double>(p + 1);
      const double phase = kTau * hertz * n * t;
      l += kPartials[p] * std::sin(phase * (1 + 0.0009) + drift * 60 + n);
      r += kPartials[p] * std::sin(phase * (1 - 0.0009) - drift * 60 + 2 * n);
    }
    const double swell = 0.9 + 0.1 * std::sin(kTau * 0.17 * t + note.key * 0.7);
    const double v = 0.06 * note.velocity * swell * edge(t, whole, 0.9, 1.5);
    out.left[begin + i] += v * l * gains.left;
    out.right[begin + i] += v * r * gains.right;
  }
}

void ney(Stereo& out, const Note& note, std::uint64_t seed) {
  Random random(seed);
  const Gains gains = place(note.pan);
  const double hertz = pitch(note.key);
  Biquad breath = band_pass(hertz * 2, 2.5);
  const double whole = note.length + 0.16;
  const std::size_t begin = first_frame(note);
  const auto frames = static_cast<std::size_t>(whole * kRate);
  double phase = 0;
  for (std::size_t i = 0; i < frames && begin + i < out.frames(); ++i) {
    const double t = static_cast<double>(i) / kRate;
    const double late = std::clamp((t - 0.25) / 0.5, 0.0, 1.0);
    const double scoop = -0.18 * std::exp(-t * 22);
    phase += kTau * hertz * std::exp2((scoop + 0.09 * late * std::sin(kTau * 4.9 * t)) / 12) / kRate;
    const double tone = std::sin(phase) + 0.28 * std::sin(2 * phase + 0.4) + 0.1 * std::sin(3 * phase + 1.1);
    const double v =
        0.11 * note.velocity * edge(t, whole, 0.11, 0.22) * (tone + 0.5 * breath.step(random.next()));
    out.left[begin + i] += v * gains.left;
    out.right[begin + i] += v * gains.right;
  }
}

void drum(Stereo& out, const Note& note, Stroke stroke, std::uint64_t seed) {
  Random random(seed);
  const Gains gains = place(note.pan);
  Biquad skin = stroke == Stroke::kRiq ? band_pass(8200, 1.2) : band_pass(1500, 0.8);
  const std::size_t begin = first_frame(note);
  double phase = 0;
  for (std::size_t i = 0; i < kRate && begin + i < out.frames(); ++i) {
    const double t = static_cast<double>(i) / kRate;
    phase += kTau * drum_hertz(stroke, t) / kRate;
    const double soft = std::clamp(t / 0.0012, 0.0, 1.0) * edge(t, 1.0, 0.0005, 0.3);
    const double v = note.velocity * soft * drum_sound(stroke, t, phase, skin.step(random.next()));
    out.left[begin + i] += v * gains.left;
    out.right[begin + i] += v * gains.right;
  }
}

}  // namespace capsule::music

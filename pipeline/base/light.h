#pragma once
#include <algorithm>
#include <cmath>

namespace capsule {

/// A stored sample, 0..1 → linear light, 0..1 (sRGB's curve, IEC 61966-2-1).
inline double linear_light(double sample) {
  return sample <= 0.04045 ? sample / 12.92 : std::pow((sample + 0.055) / 1.055, 2.4);
}

/// Weighted as BT.709 weighs its primaries: luma from stored samples, WCAG's relative luminance from linear
/// light.
constexpr double brightness(double r, double g, double b) {
  return 0.2126 * r + 0.7152 * g + 0.0722 * b;
}

/// WCAG 2.1: contrast of two relative luminances, 1..21.
constexpr double luminance_ratio(double a, double b) {
  return (std::max(a, b) + 0.05) / (std::min(a, b) + 0.05);
}

/// What WCAG 2.1, 1.4.3 asks of it for text, level AA.
inline constexpr double kReadable = 4.5;

}  // namespace capsule

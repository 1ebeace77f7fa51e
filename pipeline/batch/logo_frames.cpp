#include "batch/logo_frames.h"

#include <algorithm>
#include <cmath>
#include <numbers>

namespace capsule::batch {
namespace {

constexpr double kPi = std::numbers::pi;
constexpr int kRound = 180;

PointF polar(double angle, double radius) {
  return {radius * std::sin(angle), -radius * std::cos(angle)};
}

/// A shape given by its distance from the middle, by angle from the top.
template <typename Radius>
text::Contour around(Radius radius) {
  text::Contour contour;
  for (int i = 0; i < kRound; ++i) {
    const double angle = 2 * kPi * i / kRound;
    contour.push_back(polar(angle, radius(angle)));
  }
  return contour;
}

/// Corners cut by `radius` along their sides and rounded by a parabola; one radius per corner.
text::Contour rounded(const text::Contour& corners, const std::vector<double>& radii) {
  constexpr int kSteps = 16;
  text::Contour out;
  const std::size_t count = corners.size();
  for (std::size_t i = 0; i < count; ++i) {
    const PointF at = corners[i];
    const auto towards = [&](PointF to) -> PointF {
      const double length = std::sqrt((to.x - at.x) * (to.x - at.x) + (to.y - at.y) * (to.y - at.y));
      const double part = std::min(0.5, radii[i % radii.size()] / length);
      return {at.x + (to.x - at.x) * part, at.y + (to.y - at.y) * part};
    };
    const PointF from = towards(corners[(i + count - 1) % count]);
    const PointF to = towards(corners[(i + 1) % count]);
    for (int step = 0; step <= kSteps; ++step) {
      const double t = static_cast<double>(step) / kSteps;
      const double s = 1 - t;
      out.push_back({s * s * from.x + 2 * s * t * at.x + t * t * to.x,
                     s * s * from.y + 2 * s * t * at.y + t * t * to.y});
    }
  }
  return out;
}

text::Contour polygon(int corners, double radius, double turn) {
  text::Contour contour;
  for (int i = 0; i < corners; ++i) {
    contour.push_back(polar(2 * kPi * (i + turn) / corners, radius));
  }
  return contour;
}

/// Two squares, one on its tip: the star of a zellige.
text::Contour star() {
  const double notch = std::cos(kPi / 4) / std::cos(kPi / 8);
  text::Contour contour;
  for (int i = 0; i < 16; ++i) {
    contour.push_back(polar(2 * kPi * i / 16, i % 2 == 0 ? 1 : notch));
  }
  return contour;
}

/// A door: upright sides under an arch of two circles.
text::Contour arch() {
  constexpr double kHalf = 0.76;
  constexpr double kSpring = -0.06;
  constexpr double kFoot = 0.96;
  constexpr double kApex = 0.92;  // above the spring
  constexpr double kShift = (kApex * kApex - kHalf * kHalf) / (2 * kHalf);
  const double end = std::acos(kShift / (kHalf + kShift));
  constexpr int kSteps = 40;
  text::Contour left;
  for (int i = 0; i <= kSteps; ++i) {
    const double angle = end * i / kSteps;
    left.push_back(
        {kShift - (kHalf + kShift) * std::cos(angle), kSpring - (kHalf + kShift) * std::sin(angle)});
  }
  const text::Contour foot =
      rounded({{kHalf, kSpring}, {kHalf, kFoot}, {-kHalf, kFoot}, {-kHalf, kSpring}}, {0, 0.14, 0.14, 0});
  text::Contour contour = left;
  for (std::size_t i = left.size() - 1; i > 0; --i) {
    contour.push_back({-left[i - 1].x, left[i - 1].y});
  }
  contour.insert(contour.end(), foot.begin(), foot.end());
  return contour;
}

}  // namespace

Frame logo_frame(std::size_t index) {
  switch (index % kFrames) {
    case 0:
      return {around([](double) { return 1.0; }), {-0.55, -0.52, 1.1, 1.04}};
    case 1: {
      constexpr double kPower = 5;
      const auto squarish = [](double angle) {
        const double sum =
            std::pow(std::fabs(std::sin(angle)), kPower) + std::pow(std::fabs(std::cos(angle)), kPower);
        return 0.95 / std::pow(sum, 1 / kPower);
      };
      return {around(squarish), {-0.6, -0.56, 1.2, 1.12}};
    }
    case 2:
      return {star(), {-0.47, -0.46, 0.94, 0.92}};
    case 3:
      return {rounded(polygon(6, 1, 0), {0.2}), {-0.52, -0.5, 1.04, 1.0}};
    case 4:
      return {arch(), {-0.5, -0.42, 1.0, 1.0}};
    case 5:
      return {rounded({{-0.93, -0.93}, {0.93, -0.93}, {0.93, 0.93}, {-0.93, 0.93}}, {0.24, 0.9, 0.24, 0.9}),
              {-0.56, -0.52, 1.12, 1.04}};
    case 6: {
      constexpr int kPetals = 12;
      const auto petals = [](double angle) { return 0.9 + 0.1 * std::fabs(std::cos(angle * kPetals / 2)); };
      return {around(petals), {-0.52, -0.5, 1.04, 1.0}};
    }
    default:
      return {rounded(polygon(8, 1.02, 0.5), {0.14}), {-0.56, -0.53, 1.12, 1.06}};
  }
}

text::Contour scaled(const text::Contour& contour, double scale) {
  text::Contour out = contour;
  for (PointF& point : out) {
    point = {point.x * scale, point.y * scale};
  }
  return out;
}

std::vector<text::Contour> band(const text::Contour& contour, double outer, double inner) {
  text::Contour hole = scaled(contour, inner);
  std::ranges::reverse(hole);
  return {scaled(contour, outer), std::move(hole)};
}

}  // namespace capsule::batch

#include "compose/pixels/light.h"

#include <algorithm>
#include <cmath>

#include "base/light.h"

namespace capsule::compose {
namespace {

double encoded(double light) {
  return light <= 0.0031308 ? light * 12.92 : 1.055 * std::pow(light, 1 / 2.4) - 0.055;
}

double luma(Color c) {
  return brightness(c.r / 255.0, c.g / 255.0, c.b / 255.0);
}

}  // namespace

CoverageTable light_table(Color ink, Color ground) {
  constexpr double kAlike = 0.08;
  const double from = luma(ground);
  const double to = luma(ink);
  const auto mixed = [](std::uint8_t below, std::uint8_t above, double share) {
    return encoded(linear_light(below / 255.0) * (1 - share) + linear_light(above / 255.0) * share);
  };
  CoverageTable table{};
  for (std::size_t i = 0; i < table.size(); ++i) {
    const double share = static_cast<double>(i) / 255;
    const double seen = brightness(mixed(ground.r, ink.r, share), mixed(ground.g, ink.g, share),
                                   mixed(ground.b, ink.b, share));
    const double needed = std::abs(to - from) < kAlike ? share : (seen - from) / (to - from);
    table[i] = static_cast<std::uint8_t>(std::lround(255 * std::clamp(needed, 0.0, 1.0)));
  }
  return table;
}

Color likely_ground(Color ink) {
  // Half way in contrast between black and white (WCAG 2.1: luminance 0.179, which is a grey of 117).
  constexpr double kMiddle = 117.0 / 255;
  return luma(ink) > kMiddle ? Color{0, 0, 0, 255} : Color{255, 255, 255, 255};
}

void recover(Mask& mask, const CoverageTable& table) {
  for (int y = 0; y < mask.bounds().height; ++y) {
    std::uint8_t* row = mask.row(y);
    std::transform(row, row + mask.bounds().width, row, [&](std::uint8_t c) { return table[c]; });
  }
}

}  // namespace capsule::compose

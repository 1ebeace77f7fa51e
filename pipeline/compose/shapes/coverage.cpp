#include "compose/shapes/coverage.h"

#include <algorithm>
#include <cmath>
#include <numbers>
#include <vector>

#include "compose/pixels/art.h"

namespace capsule::compose {
namespace {

/// Share of the pixel i..i+1 that lies in from..to.
double overlap(int i, double from, double to) {
  return std::clamp(std::min(i + 1.0, to) - std::max<double>(i, from), 0.0, 1.0);
}

/// Coverage of a pixel whose centre lies `depth` inside a smooth edge.
double edge(double depth) {
  return std::clamp(depth + 0.5, 0.0, 1.0);
}

std::uint8_t sample(double coverage) {
  return static_cast<std::uint8_t>(std::lround(coverage * 255));
}

/// Distance from a pixel's centre to the straight part of the box, along one axis; 0 inside it.
double beyond(double centre, double from, double to, double radius) {
  return std::max({from + radius - centre, centre - (to - radius), 0.0});
}

struct Circle {
  double x, y, radius;
};

Circle circle_in(const RectF& box) {
  return {box.x + box.width / 2, box.y + box.height / 2, std::min(box.width, box.height) / 2};
}

/// How much of the pixel at (x, y) from the centre lies in a sweep clockwise from the top.
double swept(double x, double y, double sweep) {
  if (sweep >= 1) {
    return 1;
  }
  const double angle = 2 * std::numbers::pi * sweep;
  const double after_start = edge(x);
  const double before_end = edge(-x * std::cos(angle) - y * std::sin(angle));
  return sweep <= 0.5 ? std::min(after_start, before_end) : std::max(after_start, before_end);
}

}  // namespace

Mask rounded_rect(const RectF& box, double radius) {
  if (box.empty()) {
    return {};
  }
  const double r = std::clamp(radius, 0.0, std::min(box.width, box.height) / 2);
  Mask mask = Mask::make(around(box));
  const Rect bounds = mask.bounds();
  std::vector<double> across(static_cast<std::size_t>(bounds.width));
  for (int x = 0; x < bounds.width; ++x) {
    across[static_cast<std::size_t>(x)] = overlap(bounds.x + x, box.x, box.right());
  }
  int straight = -1;  // A finished row between the corners; the others there are the same.
  for (int y = 0; y < bounds.height; ++y) {
    const double down = overlap(bounds.y + y, box.y, box.bottom());
    const double dy = beyond(bounds.y + y + 0.5, box.y, box.bottom(), r);
    std::uint8_t* row = mask.row(y);
    const bool plain = down >= 1 && dy <= 0;
    if (plain && straight >= 0) {
      std::copy_n(mask.row(straight), bounds.width, row);
      continue;
    }
    for (int x = 0; x < bounds.width; ++x) {
      const double dx = dy > 0 ? beyond(bounds.x + x + 0.5, box.x, box.right(), r) : 0;
      const bool corner = dx > 0 && dy > 0;
      row[x] = sample(corner ? edge(r - std::sqrt(dx * dx + dy * dy))
                             : across[static_cast<std::size_t>(x)] * down);
    }
    straight = plain ? y : straight;
  }
  return mask;
}

Mask disc(const RectF& box) {
  const Circle c = circle_in(box);
  return rounded_rect({c.x - c.radius, c.y - c.radius, 2 * c.radius, 2 * c.radius}, c.radius);
}

Mask ring(const RectF& box, const RingShape& shape) {
  const Circle c = circle_in(box);
  if (box.empty() || shape.sweep <= 0) {
    return {};
  }
  Mask mask = Mask::make(around(RectF{c.x - c.radius, c.y - c.radius, 2 * c.radius, 2 * c.radius}));
  const Rect bounds = mask.bounds();
  const double inner = c.radius - std::min(shape.thickness, c.radius);
  for (int row = 0; row < bounds.height; ++row) {
    std::uint8_t* out = mask.row(row);
    const double y = bounds.y + row + 0.5 - c.y;
    for (int column = 0; column < bounds.width; ++column) {
      const double x = bounds.x + column + 0.5 - c.x;
      const double distance = std::sqrt(x * x + y * y);
      const double band = std::min(edge(c.radius - distance), inner > 0 ? edge(distance - inner) : 1.0);
      out[column] =
          band <= 0 ? std::uint8_t{0} : sample(band * swept(shape.clockwise ? x : -x, y, shape.sweep));
    }
  }
  return mask;
}

}  // namespace capsule::compose

#include "compose/clearing.h"

#include <algorithm>
#include <cmath>

namespace capsule::compose {
namespace {

/// Boxes stand on whole pixels: less than one is touching.
constexpr double kTouch = 1;

RectF shifted(const RectF& box, PointF by) {
  return {box.x + by.x, box.y + by.y, box.width, box.height};
}

bool meet(const RectF& a, const RectF& b) {
  return std::min(a.right(), b.right()) - std::max(a.x, b.x) >= kTouch &&
         std::min(a.bottom(), b.bottom()) - std::max(a.y, b.y) >= kTouch;
}

bool holds(const RectF& area, const RectF& box) {
  constexpr double kRounding = 0.5;
  return box.x >= area.x - kRounding && box.y >= area.y - kRounding &&
         box.right() <= area.right() + kRounding && box.bottom() <= area.bottom() + kRounding;
}

bool clear(const RectF& box, const std::vector<RectF>& taken) {
  return std::none_of(taken.begin(), taken.end(), [&](const RectF& other) { return meet(box, other); });
}

/// The lower, the sooner it is tried.
double reluctance(PointF by, Way way) {
  constexpr double kOtherWay = 1e6;
  const double far = std::abs(by.x) + std::abs(by.y);
  const bool against = (way == Way::kUp && by.y > 0) || (way == Way::kDown && by.y < 0);
  return against ? far + kOtherWay : far;
}

}  // namespace

std::optional<PointF> way_out(const RectF& box, const RectF& area, Way way, const std::vector<RectF>& taken,
                              double gap) {
  if (clear(box, taken)) {
    return PointF{};
  }
  std::vector<PointF> ways;
  for (const RectF& other : taken) {
    ways.push_back({0, other.y - gap - box.bottom()});
    ways.push_back({0, other.bottom() + gap - box.y});
    if (way == Way::kAny) {
      ways.push_back({other.x - gap - box.right(), 0});
      ways.push_back({other.right() + gap - box.x, 0});
    }
  }
  std::stable_sort(ways.begin(), ways.end(),
                   [way](PointF a, PointF b) { return reluctance(a, way) < reluctance(b, way); });
  const auto found = std::find_if(ways.begin(), ways.end(), [&](PointF by) {
    const RectF there = shifted(box, by);
    return holds(area, there) && clear(there, taken);
  });
  return found == ways.end() ? std::nullopt : std::optional(*found);
}

}  // namespace capsule::compose

#pragma once
#include <optional>

#include "preset/layer.h"
#include "timeline/timeline.h"

namespace capsule::timeline {

/// Logical lengths and places → pixels, for one canvas and direction.
struct Geometry {
  RectF canvas, safe;
  Direction direction = Direction::kRightToLeft;

  /// Pixels of 1u: 1 % of the canvas's shorter side.
  [[nodiscard]] double unit() const;
  /// `side` in pixels is what 100 % means.
  [[nodiscard]] double pixels(const preset::Length& length, double side) const;
  [[nodiscard]] Side side(preset::Edge edge) const;
  [[nodiscard]] HAlign across(preset::Across across) const;
  /// The box in `reference`: what is left out follows as preset::Box says. Of start, end and width the first
  /// two win; of top, bottom and height likewise. Sizes may come out zero or below; the caller refuses these.
  [[nodiscard]] RectF place(const preset::Box& box, const RectF& reference) const;
};

Geometry geometry_of(const Timeline& timeline);
VAlign down(preset::Down down);

}  // namespace capsule::timeline

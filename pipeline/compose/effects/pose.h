#pragma once
#include <optional>

#include "base/geometry.h"
#include "timeline/timeline.h"

namespace capsule::compose {

/// How much of a shape is there, along the axis of a side.
struct Growth {
  timeline::Side side = timeline::Side::kLeft;
  double share = 1;
  friend bool operator==(const Growth&, const Growth&) = default;
};

/// Where a layer is in relation to its rest: a resting point p stands at p × scale + (dx, dy).
struct Pose {
  double opacity = 1;
  double scale = 1;
  double dx = 0, dy = 0;
  std::optional<RectF> clip;  ///< Canvas pixels, after the movement.
  std::optional<Growth> growth;
};

/// A resting box → where it stands.
RectF moved(const RectF& box, const Pose& pose);
/// The pose of a child whose parent has a pose of its own.
Pose nested(const Pose& parent, const Pose& child);
RectF intersect(const RectF& a, const RectF& b);

}  // namespace capsule::compose

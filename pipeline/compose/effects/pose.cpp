#include "compose/effects/pose.h"

namespace capsule::compose {

RectF intersect(const RectF& a, const RectF& b) {
  const double x = std::max(a.x, b.x);
  const double y = std::max(a.y, b.y);
  return {x, y, std::max(0.0, std::min(a.right(), b.right()) - x),
          std::max(0.0, std::min(a.bottom(), b.bottom()) - y)};
}

RectF moved(const RectF& box, const Pose& pose) {
  return {box.x * pose.scale + pose.dx, box.y * pose.scale + pose.dy, box.width * pose.scale,
          box.height * pose.scale};
}

Pose nested(const Pose& parent, const Pose& child) {
  Pose pose;
  pose.opacity = parent.opacity * child.opacity;
  pose.scale = parent.scale * child.scale;
  pose.dx = child.dx * parent.scale + parent.dx;
  pose.dy = child.dy * parent.scale + parent.dy;
  pose.growth = child.growth;
  pose.clip = parent.clip;
  if (child.clip) {
    const RectF clip = moved(*child.clip, Pose{1, parent.scale, parent.dx, parent.dy, {}, {}});
    pose.clip = pose.clip ? intersect(*pose.clip, clip) : clip;
  }
  return pose;
}

}  // namespace capsule::compose

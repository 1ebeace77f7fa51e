#include "compose/effects/effect.h"

namespace capsule::compose {

void wipe(const EffectAt& at, Pose& pose) {
  using timeline::Side;
  RectF seen = moved(at.extent, pose);
  const double hidden_x = seen.width * (1 - at.shown);
  const double hidden_y = seen.height * (1 - at.shown);
  switch (at.effect.side) {
    case Side::kRight:
      seen.x += hidden_x;
      [[fallthrough]];
    case Side::kLeft:
      seen.width -= hidden_x;
      break;
    case Side::kBottom:
      seen.y += hidden_y;
      [[fallthrough]];
    case Side::kTop:
      seen.height -= hidden_y;
      break;
  }
  if (at.shown < 1) {
    pose.clip = pose.clip ? intersect(*pose.clip, seen) : seen;
  }
}

}  // namespace capsule::compose

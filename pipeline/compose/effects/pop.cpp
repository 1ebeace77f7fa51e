#include "compose/effects/effect.h"

namespace capsule::compose {

void pop(const EffectAt& at, Pose& pose) {
  constexpr double kSmallest = 0.8;
  const double scale = kSmallest + (1 - kSmallest) * at.shown;
  const double centre_x = at.extent.x + at.extent.width / 2;
  const double centre_y = at.extent.y + at.extent.height / 2;
  pose = nested(pose, Pose{at.shown, scale, centre_x * (1 - scale), centre_y * (1 - scale), {}, {}});
}

}  // namespace capsule::compose

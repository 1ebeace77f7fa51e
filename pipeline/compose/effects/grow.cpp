#include "compose/effects/effect.h"

namespace capsule::compose {

void grow(const EffectAt& at, Pose& pose) {
  if (!at.shape) {
    wipe(at, pose);
  } else if (at.shown < 1) {
    pose.growth = Growth{at.effect.side, at.shown};
  }
}

}  // namespace capsule::compose

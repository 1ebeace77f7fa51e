#include "compose/effects/effect.h"

namespace capsule::compose {

void fade(const EffectAt& at, Pose& pose) {
  pose.opacity *= at.shown;
}

}  // namespace capsule::compose

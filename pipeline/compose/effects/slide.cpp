#include "compose/effects/effect.h"

namespace capsule::compose {

void roll(const EffectAt& at, Pose& pose) {
  using timeline::Side;
  const double away = at.effect.travel * (1 - at.shown);
  switch (at.effect.side) {
    case Side::kLeft:
      pose.dx -= away;
      break;
    case Side::kRight:
      pose.dx += away;
      break;
    case Side::kTop:
      pose.dy -= away;
      break;
    case Side::kBottom:
      pose.dy += away;
      break;
  }
}

void slide(const EffectAt& at, Pose& pose) {
  roll(at, pose);
  pose.opacity *= at.shown;
}

}  // namespace capsule::compose

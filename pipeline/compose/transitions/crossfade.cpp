#include "compose/pixels/blend.h"
#include "compose/transitions/transition.h"

namespace capsule::compose {

void crossfade(Canvas& out, const Canvas& a, const Canvas& b, timeline::Side /*side*/, int progress) {
  mix_into(out, a, b, progress * kOpaque / kTransitionDone);
}

}  // namespace capsule::compose

#pragma once
#include <string>

#include "timeline/resolve/context.h"
#include "timeline/resolve/geometry.h"

namespace capsule::timeline {

/// How a message calls the thing an effect belongs to.
struct Named {
  std::string name;
  Where where;
};

Effect effect_of(const Context& context, const preset::Effect& effect, const RectF& reference, bool by_line);
/// "effect-too-long" where enter, or exit beside enter, does not fit into the layer's frames.
void check_effects(Context& context, const Layer& layer, const Named& named);
/// Frame 0 is the poster: an enter effect of a layer that stands there from the film's first frame, and that
/// would begin within the first half second, is settled from the start.
void settle_poster(const Context& context, Layer& layer);

/// "effect-too-long" where it outlasts the scene; a cut for the film's first scene.
Transition transition_of(Context& context, const preset::Transition& transition, FrameRange scene,
                         const Named& named);

}  // namespace capsule::timeline

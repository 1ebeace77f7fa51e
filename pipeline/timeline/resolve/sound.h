#pragma once
#include <vector>

#include "timeline/resolve/layers.h"

namespace capsule::timeline {

/// Timeline::sound. Music: from its begin to the film's end, looped if it says so, faded out over 1.5 s
/// unless the preset says otherwise or it ends by itself. Voice: once, cut at the film's end ("voice-cut").
/// Clips: with the frames they show, 20 ms fades at both ends; muted where there is music or voice, unless
/// their layer or the audio section names a gain. A clip that shows twice at the same time (as ground and as
/// picture) is heard once.
void resolve_sound(Context& context, const std::vector<ClipUse>& clips, Time film);

}  // namespace capsule::timeline

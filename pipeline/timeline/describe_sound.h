#pragma once
#include "base/hash.h"
#include "timeline/timeline.h"

namespace capsule::timeline {

/// Everything in a timeline that its sound depends on: clips with the content of their files, levels, length.
void describe_sound(Hasher& hasher, const Timeline& timeline);

}  // namespace capsule::timeline

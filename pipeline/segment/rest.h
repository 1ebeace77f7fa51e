#pragma once
#include <optional>

#include "base/time.h"
#include "timeline/timeline.h"

namespace capsule::segment {

/// Where the scene before `scene` has come to rest for good: the end of the stretch, at least a second and a
/// half long and over less than a second before `scene` begins, in which no picture can differ from the one
/// before by the timeline's data: nothing enters, leaves, plays or moves within. Captions apart, so that they
/// move no boundary. nullopt where there is none. The encoder finds repeats by itself; a segment that ends
/// here lets it, since only a GOP's last pictures can be repeats.
std::optional<FrameIndex> rest_before(const timeline::Timeline& timeline, std::size_t scene);

/// How many pictures of `range` an encoder has to code at the least: the first, and those that may differ
/// from the one before them. The others are repeats, which cost next to nothing.
std::int64_t coded_pictures(const timeline::Timeline& timeline, FrameRange range);

}  // namespace capsule::segment

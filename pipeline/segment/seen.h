#pragma once
#include <cstddef>
#include <cstdint>
#include <vector>

#include "timeline/timeline.h"

// What a stretch of the film sees of a layer or a cue: times that lie so far outside that no picture inside
// depends on them become "long before" and "long after". So a static logo over the whole film looks the same
// to every segment, and a cue that ends later changes only the segment in which it ends.
namespace capsule::segment {

/// More frames than any film has.
inline constexpr std::int64_t kNeverAtRest = std::int64_t{1} << 40;

/// How far from its begin, and from its end, what a layer shows changes with time, in frames; kNeverAtRest:
/// all the time.
struct Unrest {
  std::int64_t after_begin = 0, before_end = 0;
};

/// Of a layer by itself; children of stacks have their own. `files`: of the timeline.
Unrest unrest_of(const timeline::Layer& layer, const std::vector<timeline::MediaFacts>& files);

/// `seen` as a copy for the frames of `stretch`; children of stacks too. `files`: of the timeline.
timeline::Layer seen(const timeline::Layer& layer, FrameRange stretch,
                     const std::vector<timeline::MediaFacts>& files);

/// Until when a scene is seen: its outgoing picture runs on underneath the next one's transition, and so do
/// its layers that last to its end.
FrameIndex end_of(const timeline::Timeline& timeline, std::size_t scene);
FrameIndex end_of(const timeline::Layer& layer, const timeline::Timeline& timeline, std::size_t scene);

/// Whether it, or anything in it, lifts captions.
bool lifts(const timeline::Layer& layer);

/// Whether it, or anything in it, is a clip. `files`: of the timeline.
bool plays(const timeline::Layer& layer, const std::vector<timeline::MediaFacts>& files);

/// A layer without what has no part in how high it is and where: colours, movement, lines' sides.
timeline::Layer outline_of(const timeline::Layer& layer);

timeline::Cue seen(const timeline::Cue& cue, FrameRange stretch);

}  // namespace capsule::segment

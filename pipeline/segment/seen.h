#pragma once
#include <cstddef>
#include <cstdint>
#include <vector>

#include "base/hash.h"
#include "timeline/timeline.h"

// What a stretch of the film sees of a layer or a cue: times that lie so far outside that no picture inside
// depends on them become "long before" and "long after", and how a layer came and goes is left out where it
// does neither. So a static logo over the whole film looks the same to every segment, and a cue that ends
// later changes only the segment in which it ends.
namespace capsule::segment {

/// More frames than any film has.
inline constexpr std::int64_t kNeverAtRest = std::int64_t{1} << 40;

/// How far from its begin, and from its end, what a layer shows changes with time, in frames; kNeverAtRest:
/// all the time.
struct Unrest {
  std::int64_t after_begin = 0, before_end = 0;
};

/// Rates of films end there; see Dim.
inline constexpr FrameRate kFastest{240, 1};

/// Of a layer by itself; children of stacks have their own. `files` and `rate`: of the timeline.
Unrest unrest_of(const timeline::Layer& layer, const std::vector<timeline::MediaFacts>& files,
                 FrameRate rate = kFastest);

/// `seen` as a copy for the frames of `stretch`; children of stacks too. How a layer is drawn may depend on
/// effects that are left out: see note_ways().
timeline::Layer seen(const timeline::Layer& layer, FrameRange stretch,
                     const std::vector<timeline::MediaFacts>& files, FrameRate rate);

/// What a layer's effects decide of how it is drawn, even while it rests: a text in one piece or line by
/// line, a stack as one picture or child by child, which differ in the last bit. Children of stacks too.
void note_ways(Hasher& to, const timeline::Layer& layer);

/// Until when a scene is seen: its outgoing picture runs on underneath the next one's transition, and so do
/// its layers that last to its end.
FrameIndex end_of(const timeline::Timeline& timeline, std::size_t scene);
FrameIndex end_of(const timeline::Layer& layer, const timeline::Timeline& timeline, std::size_t scene);

/// Whether it, or anything in it, lifts captions.
bool lifts(const timeline::Layer& layer);
/// Whether it does so at any time of `during`.
bool lifts_during(const timeline::Layer& layer, FrameRange during);

/// Whether it, or anything in it, is a clip. `files`: of the timeline.
bool plays(const timeline::Layer& layer, const std::vector<timeline::MediaFacts>& files);

/// What captions that show `during` a range may depend on of a layer that lifts them: what it lays out, how
/// high, how wide and where, and which parts of it show then. Colours, effects and times are left out; where
/// captions are `only_raised`, whatever stands beside them, so are the sides that its parts keep to.
timeline::Layer outline_of(const timeline::Layer& layer, FrameRange during, bool only_raised);

timeline::Cue seen(const timeline::Cue& cue, FrameRange stretch);

}  // namespace capsule::segment

#pragma once
#include "timeline/cues.h"

// Where captions ask to stand, roughly: for formats with fewer places, and for those that share one.
namespace capsule::timeline {

/// The third of the picture that it is in: that of its point or its line, else its own.
VAlign row_of(const TimedLook& look);

/// The place of the picture where a caption stands: the row of the usual ones, the middle, the top, or one of
/// some fields for those that have a point or a box of their own. Those that move share no place with others.
int place_of(const TimedLook& look);

/// Where its anchor stands at this time, as a share of the picture. Of captions with an anchor only.
PointF anchor_at(const TimedLook& look, Time at);

}  // namespace capsule::timeline

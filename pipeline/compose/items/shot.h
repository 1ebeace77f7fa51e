#pragma once
#include "base/geometry.h"
#include "base/time.h"
#include "timeline/timeline.h"

namespace capsule::compose {

/// What a media layer in motion shows at one instant.
struct Shot {
  RectF window;           ///< The part of the picture (its pixels) that fills the box.
  double dx = 0, dy = 0;  ///< Movement of the whole box.
};

/// How much larger than its box a picture is prepared, 1..2, so that a zoom or pan inside it stays sharp.
double oversize_of(const timeline::Media& media, SizeF box);
/// Share of a slow movement that is done: 0 at range.begin, 1 at the last frame, constant speed between soft
/// ends.
double travelled(FrameRange range, FrameIndex n, FrameRate rate);
/// `picture`: the size of what was prepared; `done`: travelled().
Shot shot_at(const timeline::Media& media, Size picture, SizeF box, double done);

}  // namespace capsule::compose

#pragma once
#include "base/canvas.h"
#include "timeline/timeline.h"

namespace capsule::compose {

/// How far one scene has taken the other's place: 0 = not at all, kTransitionDone = wholly.
inline constexpr int kTransitionDone = 4096;

/// Frame `frame` (0 = the new scene's first) of a transition → its progress; already moving at frame 0, whole
/// at `frames`.
int progress_of(const timeline::Transition& transition, std::int64_t frame);

/// Old and new picture → the picture between them, all of one size.
void between(const timeline::Transition& transition, int progress, const Canvas& old_picture,
             const Canvas& new_picture, Canvas& out);

// One file each beside this one.
void crossfade(Canvas& out, const Canvas& a, const Canvas& b, timeline::Side side, int progress);
void wipe(Canvas& out, const Canvas& a, const Canvas& b, timeline::Side side, int progress);
void slide(Canvas& out, const Canvas& a, const Canvas& b, timeline::Side side, int progress);
void push(Canvas& out, const Canvas& a, const Canvas& b, timeline::Side side, int progress);

}  // namespace capsule::compose

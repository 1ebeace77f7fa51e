#pragma once
#include <vector>

#include "base/time.h"
#include "timeline/timeline.h"

namespace capsule::segment {

/// A frame of the film at which a clip that fills most of the picture begins anew in its own file.
struct Restart {
  FrameIndex at;
  /// The clip's encoder broke its own rhythm here, for a new picture, as a cut in the clip is; or a cut was
  /// found where it did not (MediaFacts::cuts).
  bool cut = false;
};

/// A stretch of a file, from its first picture on.
struct Stretch {
  int file = 0;  ///< Index into Timeline::files.
  Time from, until;
};

/// What scenes show of clips that fill most of the picture: where restarts() looks for cuts.
std::vector<Stretch> stretches(const timeline::Timeline& timeline);

/// Those inside a scene, in order. A pure function of the timeline: from the clips' indexes and from what was
/// found out about them before, nothing is decoded. A key frame is no proof of a cut, but at each the noise
/// that a clip's encoder left is another, so that a key frame of ours costs less there than anywhere else
/// (J1: half).
std::vector<Restart> restarts(const timeline::Timeline& timeline, const timeline::Scene& scene);

}  // namespace capsule::segment

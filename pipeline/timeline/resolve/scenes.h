#pragma once
#include <vector>

#include "timeline/resolve/captions.h"
#include "timeline/resolve/context.h"

namespace capsule::timeline {

inline constexpr int kLongestFilm = 30 * 60;  ///< Seconds (RELIABILITY.md §5, P5).

/// Exact film time at which every scene begins, and behind them the film's end. A scene without a duration
/// lasts
/// - as long as its clip (the rearmost moving one that shows from its start), trimmed, at its speed; else
/// - as long as its texts take to be read (reading_speed) and half a second more, at least 2 s, and until the
/// cues
///   that begin in that time have ended; the last scene also until all cues have ended, and the voice, and
///   half a second more.
/// Problems: "scene-too-short" (below 0.1 s or one frame), "film-too-long".
std::vector<Time> scene_starts(Context& context, const std::vector<RawCue>& cues);

}  // namespace capsule::timeline

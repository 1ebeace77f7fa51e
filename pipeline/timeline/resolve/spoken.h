#pragma once
#include <string_view>
#include <vector>

#include "timeline/cues.h"
#include "timeline/timeline.h"

namespace capsule::timeline {

/// The words of a caption of which only the whole time is known: evenly by letters (grapheme clusters that
/// hold a letter or a digit; vowel marks weigh nothing) over `from`..`to`. A sign that stands alone goes with
/// the word before it.
std::vector<TimedPart> spread_words(std::string_view text, Time from, Time to, std::string_view language);

/// Times → frames of the film. A part may be empty where it is shorter than a frame.
std::vector<SpokenPart> in_frames(const std::vector<TimedPart>& words, FrameRate rate);

}  // namespace capsule::timeline

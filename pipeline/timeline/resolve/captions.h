#pragma once
#include <string>
#include <vector>

#include "timeline/cues.h"
#include "timeline/resolve/context.h"

namespace capsule::timeline {

/// A cue as its author wrote it, before it meets the film.
struct RawCue {
  Time from, to;
  std::string text, second;
  Where where;
  std::vector<TimedPart> words{};
  TimedLook look{};
  std::vector<TimedStyle> styles{};
};

/// All cues of the film's language, inline ones and those of its file, in order of their begins. In a
/// bilingual film with the second language too: of an inline cue its own text, of a file the cue of the same
/// place that overlaps longest, else of another place where the file has none meanwhile. Fills in the
/// captions' languages.
std::vector<RawCue> read_captions(Context& context);

/// Cues → Timeline::captions, for a film of `frames`: what begins behind its end is left out ("cue-outside"),
/// what ends behind it is clipped; overlaps are resolved as untangle() does (`cue-overlap`, one warning with
/// the count), each place by itself; letters keep their looks, but Arabic is not slanted (`cue-upright`);
/// with a highlight each cue gets its words, spread evenly where the file has no times for them; the first
/// cue of each place starts at frame 0 when it was to start before 0.5 s. Styles and zone (the lower half of
/// the safe box) too.
void place_captions(Context& context, const std::vector<RawCue>& cues, FrameIndex frames);

}  // namespace capsule::timeline

#pragma once
#include <vector>

#include "timeline/cues.h"
#include "timeline/resolve/captions.h"
#include "timeline/resolve/context.h"
#include "timeline/timeline.h"

namespace capsule::timeline {

/// A cue as its file's kind of caption has it, without its second language.
TimedText timed(const RawCue& cue);

/// The letters of a cue that have another colour than the rest; `usual` is the captions' own. Letters that go
/// back to it inside a coloured caption say so too.
std::vector<ColorSpan> spans_of(const RawCue& cue, Color usual);

/// How letters of a cue stand out, colours aside.
std::vector<Emphasis> emphasis_of(const RawCue& cue);

/// Says once in how many captions Arabic is to be slanted, which it never is ("cue-upright").
void warn_of_upright(const Context& context, const std::vector<TimedText>& cues);

}  // namespace capsule::timeline

#pragma once
#include <map>
#include <string>
#include <string_view>

#include "timeline/cues/ass_tags.h"
#include "timeline/cues/markup.h"

namespace capsule::timeline {

/// The styles of an ASS file by name.
using AssStyles = std::map<std::string, TimedLook, std::less<>>;

/// The Text field of an ASS event → its text, the instants of its karaoke, its look (`look` is that of its
/// style; `styles` are those that `\rName` may name). Anchors are in PlayRes pixels still.
Stripped read_ass_text(std::u32string_view text, Time from, const TimedLook& look,
                       const AssStyles& styles = {});

/// A line of text so that it reads back as itself: braces and backslashes escaped.
std::u32string escape_ass(std::u32string_view line);

}  // namespace capsule::timeline

#pragma once
#include <string>
#include <string_view>

#include "timeline/cues/markup.h"

namespace capsule::timeline {

/// The Text field of an ASS event → its text, the instants of its karaoke, its look (`look` is that of its
/// style). Anchors are in PlayRes pixels still.
Stripped read_ass_text(std::u32string_view text, Time from, const TimedLook& look);

/// `&HAABBGGRR&`, `&HBBGGRR&` or a decimal number; alpha counts the other way round in ASS.
std::optional<Color> read_ass_color(std::string_view text);

/// A line of text so that it reads back as itself: braces and backslashes escaped.
std::u32string escape_ass(std::u32string_view line);

}  // namespace capsule::timeline

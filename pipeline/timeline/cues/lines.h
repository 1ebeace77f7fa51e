#pragma once
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "base/geometry.h"

namespace capsule::timeline {

/// The lines of a cue's text that are not empty; an empty one would end the cue in most formats.
std::vector<std::string_view> lines_of(std::string_view text);

/// The direction of the first strong letter (UAX #9, P2), which players take for the line's; nullopt where
/// there is none.
std::optional<Direction> first_direction(std::string_view line);

/// Takes out the marks (LRM, RLM) that write_vtt() and write_ass() put at the begin of a line whose first
/// strong letter would turn it, in a player that does not know the language. An empty language changes
/// nothing.
std::u32string without_marks(std::u32string text, std::string_view language);

}  // namespace capsule::timeline

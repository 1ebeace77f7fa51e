#pragma once
#include <string_view>
#include <vector>

#include "text/bidi.h"

namespace capsule::text {

/// Stretches that the Unicode algorithm would turn round or tear inside text of the other direction, and that
/// stay on one line when they can: phone numbers, numbers grouped by spaces, dates, ranges, scores and times,
/// URLs, e-mail addresses, @handles, #hashtags, file names, versions, and words such as C++, C# and 5G.
/// Handles and hashtags take the direction of their first strong character, the rest is left to right.
/// Sorted, without overlap.
std::vector<Isolation> find_tokens(std::u32string_view paragraph);

}  // namespace capsule::text

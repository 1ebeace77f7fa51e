#pragma once
#include <span>
#include <string>
#include <string_view>

#include "text/paragraph.h"
#include "text/tokens.h"

namespace capsule::text {

/// The text as it is set, code point for code point: what an author types with the space bar and the digit
/// keys, spelled as the language prints it. French: the space before ; ! ? is U+202F, the one before : and
/// inside « » U+00A0. Digits as the style asks. Tokens but measures (URLs, times, phone numbers…) stay as
/// they were typed; so does all of it under Isolate::kNone.
std::u32string spelled(std::u32string_view text, const ParagraphStyle& style, std::span<const Token> tokens);

/// Whether the vowel signs of a text are part of what it says: one or more for every five letters, or a sign
/// of the Quran. A tanwin here and there is ordinary spelling.
bool is_vocalised(std::u32string_view text);

}  // namespace capsule::text

#pragma once
#include <cstdint>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "text/font.h"

namespace capsule::text {

/// Which of `fonts` draws each code point: the first that has all letters of a joining group (a word of
/// Arabic letters with its marks), all of a grapheme of other scripts, a colour font first for emoji. A
/// number in the sign of an aya or a year goes to the first font that puts one into the other. Spaces, digits
/// and other signs stay with the letters before them where that font has them; a closing bracket with its
/// opener. Where no font has a letter the group's choice stands and `missing` gets it, once.
std::vector<std::uint16_t> choose_fonts(std::u32string_view paragraph, std::span<const FacePtr> fonts,
                                        std::u32string& missing);

}  // namespace capsule::text

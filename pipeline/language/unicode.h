#pragma once
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

#include "base/geometry.h"

namespace capsule::language {

/// Properties of Unicode 15 (ICU 72). Values are ICU's own enumerators as integers, named by the functions
/// below where other rooms need them. UCharDirection (u_charDirection).
int bidi_class(char32_t c);
/// Of a letter, by its bidi class L, R or AL; nullopt for all others.
std::optional<Direction> strong_direction(char32_t c);

enum class BracketKind { kNone, kOpen, kClose };

struct Bracket {
  BracketKind kind = BracketKind::kNone;
  char32_t pair = 0;  ///< Bidi_Paired_Bracket.
};

Bracket bidi_bracket(char32_t c);

/// ISO 15924 tag as four bytes, big-endian ('Arab' = 0x41726162); 'Zyyy' common, 'Zinh' inherited.
std::uint32_t script_of(char32_t c);
/// Script_Extensions contains `script`.
bool has_script(char32_t c, std::uint32_t script);

enum class Joining { kNone, kCausing, kDual, kLeft, kRight, kTransparent };
Joining joining_type(char32_t c);

/// The letter without the marks that it is composed with: é → e.
char32_t base_letter(char32_t c);

/// Letters with their code points and Unicode names, for messages: "ڭ (U+06AD ARABIC LETTER NG), …". At most
/// twelve are named, the rest counted: "… +3".
std::string names_of(std::u32string_view letters);

bool is_mark(char32_t c);                ///< General category M*.
bool is_letter(char32_t c);              ///< General category L*.
bool is_digit(char32_t c);               ///< General category Nd.
bool is_space(char32_t c);               ///< White_Space.
bool is_control(char32_t c);             ///< General category Cc.
bool is_default_ignorable(char32_t c);   ///< Default_Ignorable_Code_Point.
bool is_emoji_presentation(char32_t c);  ///< Emoji_Presentation.
bool is_emoji(char32_t c);               ///< Emoji.
bool is_extended_pictographic(char32_t c);

}  // namespace capsule::language

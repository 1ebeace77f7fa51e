#pragma once
#include <cstdint>
#include <string_view>

#include "language/unicode.h"

// Questions about single code points that tokens, numbers and stretches of text ask.
namespace capsule::text {

/// U+0000 outside the text.
inline char32_t at(std::u32string_view text, std::int32_t i) {
  return i >= 0 && i < static_cast<std::int32_t>(text.size()) ? text[static_cast<std::size_t>(i)] : U'\0';
}

inline bool is_left_to_right(char32_t c) {
  return language::strong_direction(c) == Direction::kLeftToRight;
}

inline bool is_right_to_left(char32_t c) {
  return language::strong_direction(c) == Direction::kRightToLeft;
}

/// Digits and signs that run as numbers do, but among letters that run from right to left.
inline bool is_arabic_number(char32_t c) {
  return language::bidi_class(c) == 5;
}

/// A letter of a script that runs from left to right: Latin, Tifinagh, Greek…
inline bool is_latin(char32_t c) {
  return language::is_letter(c) && is_left_to_right(c);
}

inline bool is_gap(char32_t c) {
  return c == U' ' || c == 0x00A0 || c == 0x202F;
}

/// ¹ ² ³, which are written onto units.
inline bool is_power(char32_t c) {
  return c == 0x00B2 || c == 0x00B3 || c == 0x00B9;
}

inline bool is_trade_mark(char32_t c) {
  return c == 0x2122 || c == 0x00AE || c == 0x2120;
}

}  // namespace capsule::text

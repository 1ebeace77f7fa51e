#pragma once
#include <cstdint>
#include <string>
#include <vector>

#include "base/canvas.h"
#include "language/segmentation.h"

namespace capsule::text::test {

/// Strings of Arabic letters with and without marks, lam-alef, tatweel, joiners, digits, Latin, brackets,
/// Tifinagh and emoji: always the same ones.
inline std::vector<std::string> made_strings(int count) {
  static const char32_t* const kPieces[] = {
      U"لا",   U"لَا",     U"لآ",     U"ال", U"كُ",    U"مّ", U"ـ",   U"ي", U"ُ",     U"ْ",
      U"ر",    U"و",      U"ج",      U"ڭ",  U"ف",    U"ةً", U" ",   U" ", U" ",    U"12",
      U"3.5",  U"(",      U")",      U"«",  U"»",    U"؟", U"abc", U"é", U"ⴰⵣⵓⵍ", U"🇲🇦",
      U"👍🏽", U"\u200c", U"\u200d", U"،",  U"الله", U"ٱ", U"سَ",   U"حِ", U"هـ",   U"ئ"};
  std::uint32_t seed = 20261122;
  const auto next = [&seed](std::size_t below) {
    seed = seed * 1664525U + 1013904223U;
    return static_cast<std::size_t>(seed >> 8U) % below;
  };
  std::vector<std::string> out;
  for (int i = 0; i < count; ++i) {
    std::u32string text = U"م";
    const std::size_t pieces = 4 + next(16);
    for (std::size_t j = 0; j < pieces; ++j) {
      text += kPieces[next(std::size(kPieces))];
    }
    out.push_back(language::to_utf8(text));
  }
  return out;
}

inline std::uint8_t coverage(const Mask& mask, int x, int y) {
  const Rect b = mask.bounds();
  return x >= b.x && y >= b.y && x < b.right() && y < b.bottom() ? mask.row(y - b.y)[x - b.x]
                                                                 : std::uint8_t{0};
}

inline bool same(const Mask& a, const Mask& b) {
  if (!(a.bounds() == b.bounds())) {
    return false;
  }
  for (int y = 0; y < a.bounds().height; ++y) {
    for (int x = 0; x < a.bounds().width; ++x) {
      if (a.row(y)[x] != b.row(y)[x]) {
        return false;
      }
    }
  }
  return true;
}

}  // namespace capsule::text::test

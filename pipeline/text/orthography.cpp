#include "text/orthography.h"

#include <algorithm>

#include "language/tag.h"
#include "language/unicode.h"
#include "text/script.h"

namespace capsule::text {
namespace {

constexpr char32_t kNoBreak = 0x00A0;
constexpr char32_t kNarrowNoBreak = 0x202F;

char32_t at(std::u32string_view text, std::size_t i) {
  return i < text.size() ? text[i] : U'\0';
}

bool ends_here(char32_t c) {
  return c == 0 || language::is_space(c) || c == U'»' || c == U'"' || c == U'”';
}

/// What stands for the plain space at `i` in French. A sign that opens a smiley is no punctuation.
char32_t french_space(std::u32string_view text, std::size_t i) {
  const char32_t before = i == 0 ? U'\0' : text[i - 1];
  const char32_t next = at(text, i + 1);
  if (before == U'«' || next == U'»') {
    return kNoBreak;
  }
  if (i == 0 || language::is_space(before)) {
    return U' ';
  }
  if (next == U'!' || next == U'?') {
    return kNarrowNoBreak;
  }
  const bool sign = (next == U';' || next == U':') && ends_here(at(text, i + 2));
  return !sign ? U' ' : next == U';' ? kNarrowNoBreak : kNoBreak;
}

char32_t digit_as(char32_t c, Digits digits) {
  constexpr char32_t kArabicIndic = 0x0660;
  constexpr char32_t kExtended = 0x06F0;
  const auto value = [c](char32_t zero) { return c >= zero && c < zero + 10; };
  const char32_t zero = value(U'0') ? U'0' : value(kArabicIndic) ? kArabicIndic : kExtended;
  if (digits == Digits::kAsTyped || !value(zero)) {
    return c;
  }
  return c - zero + (digits == Digits::kWestern ? U'0' : kArabicIndic);
}

bool is_vowel_sign(char32_t c) {
  return (c >= 0x064B && c <= 0x0652) || c == 0x0670;
}

bool is_quranic(char32_t c) {
  return (c >= 0x06D6 && c <= 0x06ED && c != 0x06E5 && c != 0x06E6) || c == 0xFD3E || c == 0xFD3F;
}

}  // namespace

std::u32string spelled(std::u32string_view text, const ParagraphStyle& style, std::span<const Token> tokens) {
  std::u32string out(text);
  if (style.isolate == Isolate::kNone) {
    return out;
  }
  const bool french = language::primary_subtag(style.language) == "fr";
  std::size_t token = 0;
  bool latin = false;
  for (std::size_t i = 0; i < out.size(); ++i) {
    while (token < tokens.size() && static_cast<std::size_t>(tokens[token].end) <= i) {
      ++token;
    }
    if (token < tokens.size() && tokens[token].kind != TokenKind::kMeasure &&
        static_cast<std::size_t>(tokens[token].start) <= i) {
      continue;
    }
    latin = language::is_letter(out[i]) ? !joins(out[i]) : latin;
    // Arabic-Indic figures in Latin words would run the other way.
    const Digits digits = latin && style.digits == Digits::kArabicIndic ? Digits::kAsTyped : style.digits;
    out[i] = french && out[i] == U' ' ? french_space(text, i) : digit_as(out[i], digits);
  }
  return out;
}

bool is_vocalised(std::u32string_view text) {
  constexpr std::ptrdiff_t kLettersPerSign = 5;
  if (std::any_of(text.begin(), text.end(), is_quranic)) {
    return true;
  }
  const auto signs = std::count_if(text.begin(), text.end(), is_vowel_sign);
  const auto letters = std::count_if(text.begin(), text.end(), [](char32_t c) {
    return language::is_letter(c) && c != 0x0640 && language::joining_type(c) != language::Joining::kNone;
  });
  return signs > 0 && signs * kLettersPerSign >= letters;
}

}  // namespace capsule::text

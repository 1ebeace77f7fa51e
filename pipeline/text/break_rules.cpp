#include "text/break_rules.h"

#include <algorithm>

#include "base/ascii.h"
#include "language/segmentation.h"
#include "text/counting.h"
#include "text/letters.h"
#include "text/token_number.h"

namespace capsule::text {
namespace {

bool parts_sign(std::u32string_view text, std::int32_t at) {
  constexpr std::u32string_view kKeepBefore = U":;!?»%؟؛،٪€";
  constexpr std::u32string_view kKeepAfter = U"«";
  const auto next = static_cast<std::size_t>(at);
  if (next >= text.size() || !language::is_space(text[next - 1])) {
    return false;
  }
  std::size_t before = next;
  while (before > 0 && language::is_space(text[before - 1])) {
    --before;
  }
  return kKeepBefore.find(text[next]) != std::u32string_view::npos ||
         (before > 0 && kKeepAfter.find(text[before - 1]) != std::u32string_view::npos);
}

// Words that lean on the next one: prepositions, particles, articles, possessives.
constexpr std::u32string_view kLeaning[] = {
    U"و",   U"في",  U"من",  U"على",  U"إلى", U"عن",   U"مع",    U"أو",    U"بين",  U"عند", U"يا",
    U"لا",  U"لن",  U"لم",  U"قد",   U"أن",  U"إن",   U"هل",    U"كل",    U"هذا",  U"هذه", U"le",
    U"la",  U"les", U"un",  U"une",  U"des", U"du",   U"de",    U"à",     U"au",   U"aux", U"en",
    U"et",  U"ou",  U"par", U"pour", U"sur", U"sous", U"dans",  U"avec",  U"sans", U"ce",  U"cet",
    U"ces", U"mon", U"ma",  U"mes",  U"ton", U"ta",   U"tes",   U"son",   U"sa",   U"ses", U"vos",
    U"nos", U"qui", U"que", U"ne",   U"se",  U"très", U"cette", U"votre", U"notre"};

bool is_leaning(std::u32string_view word) {
  return std::find(std::begin(kLeaning), std::end(kLeaning), word) != std::end(kLeaning) ||
         (!word.empty() && std::all_of(word.begin(), word.end(), language::is_digit));
}

/// Whether the gap before `next` parts a number from the Latin word that it belongs to or from its unit: C++
/// 17, Windows 11, 50 DH.
bool parts_number(std::u32string_view text, std::int32_t next) {
  const char32_t last = at(text, next - 2);
  if (!is_gap(at(text, next - 1))) {
    return false;
  }
  if (ascii::is_digit(at(text, next))) {
    return (is_latin(last) || last == U'+' || last == U'#') &&
           !counts_what_follows(text, plain_number_end(text, next));
  }
  return ascii::is_digit(last) && is_latin(at(text, next)) && is_unit(text, next);
}

/// Whether the word before `next` wants the one after it on the same line. Vowel signs and tatweel do not
/// count.
bool leans(std::u32string_view text, std::int32_t next) {
  auto end = static_cast<std::size_t>(next);
  while (end > 0 && language::is_space(text[end - 1])) {
    --end;
  }
  constexpr std::size_t kLongest = 24;
  std::u32string word;
  for (std::size_t i = end; i > 0 && !language::is_space(text[i - 1]) && word.size() < kLongest; --i) {
    const char32_t c = text[i - 1];
    if (language::is_letter(c) ? c != 0x0640 : !language::is_mark(c) && c != U'«' && c != U'(') {
      word.insert(word.begin(), ascii::lower(c));
    }
  }
  return end < static_cast<std::size_t>(next) && is_leaning(word);
}

}  // namespace

BreakRules break_rules(std::u32string_view paragraph, std::string_view language,
                       std::span<const Token> tokens, Isolate isolate) {
  BreakRules rules;
  std::size_t next = 0;
  for (const std::int32_t at : language::boundaries(paragraph, language::Breaks::kLine, language)) {
    while (next < tokens.size() && tokens[next].end <= at) {
      ++next;
    }
    const bool in_token = next < tokens.size() && tokens[next].start < at;
    if (in_token || parts_sign(paragraph, at) || (isolate == Isolate::kAuto && parts_number(paragraph, at))) {
      rules.reluctant.push_back(at);
      continue;
    }
    rules.breaks.push_back(at);
    if (!leans(paragraph, at)) {
      rules.graceful.push_back(at);
    }
  }
  return rules;
}

}  // namespace capsule::text

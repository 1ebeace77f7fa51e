#include <algorithm>
#include <array>
#include <string_view>

#include "base/ascii.h"
#include "batch/logo.h"
#include "language/segmentation.h"
#include "language/unicode.h"

namespace capsule::batch {
namespace {

constexpr std::u32string_view kThe = U"ال";
constexpr std::uint32_t kArabic = 0x41726162;
constexpr std::uint32_t kLatin = 0x4C61746E;

/// What associations are, rather than what they are called; as plain() has it, and without the article.
constexpr std::array<std::u32string_view, 54> kCommon{
    U"جمعية",       U"تعاونية",     U"منظمة",    U"مؤسسة",      U"شبكة",       U"نادي",
    U"نادى",        U"فدرالية",     U"فيدرالية", U"رابطة",      U"مركز",       U"تنسيقية",
    U"ودادية",      U"اتحاد",       U"إتحاد",    U"مجموعة",     U"مجموعه",     U"جمعيه",
    U"تعاونيه",     U"هيئة",        U"من",       U"أجل",        U"في",         U"و",
    U"association", U"cooperative", U"ong",      U"federation", U"fondation",  U"reseau",
    U"club",        U"centre",      U"union",    U"groupe",     U"groupement", U"collectif",
    U"de",          U"du",          U"des",      U"d",          U"l",          U"la",
    U"le",          U"les",         U"et",       U"pour",       U"the",        U"of",
    U"for",         U"and",         U"a",        U"en",         U"ⵜⴰⵎⵙⵎⵓⵏⵜ",   U"ⵏ"};

/// Latin in small letters without accents, as people type names in a hurry; other scripts as they are.
char32_t plain(char32_t c) {
  return language::script_of(c) == kLatin ? ascii::lower(language::base_letter(c)) : c;
}

/// The runs of letters; marks and the tatweel fall out, digits and signs part.
std::vector<std::u32string> words_of(std::string_view name) {
  constexpr char32_t kTatweel = 0x640;
  std::vector<std::u32string> words(1);
  for (const char32_t c : language::to_utf32(language::to_nfc(name))) {
    if (language::is_mark(c) || c == kTatweel) {
      continue;
    }
    if (language::is_letter(c) && c != 0xFFFD) {
      words.back() += c;
    } else if (!words.back().empty()) {
      words.emplace_back();
    }
  }
  std::erase(words, std::u32string());
  return words;
}

std::u32string without_article(const std::u32string& word) {
  return word.size() > kThe.size() + 1 && word.starts_with(kThe) ? word.substr(kThe.size()) : word;
}

bool is_common(const std::u32string& word) {
  std::u32string small = without_article(word);
  std::ranges::transform(small, small.begin(), plain);
  return std::ranges::find(kCommon, small) != kCommon.end();
}

char32_t raised(char32_t c) {
  const bool plain = c >= U'a' && c <= U'z';
  const bool accented = c >= 0xE0 && c <= 0xFE && c != 0xF7;
  return plain || accented ? c - 0x20 : c;
}

}  // namespace

std::string logo_letters(std::string_view name) {
  const std::vector<std::u32string> words = words_of(name);
  std::vector<std::u32string> telling;
  std::ranges::copy_if(words, std::back_inserter(telling), [](const auto& w) { return !is_common(w); });
  if (telling.empty()) {
    telling = words;
  }
  if (telling.empty()) {
    return "";
  }
  const std::u32string first = without_article(telling.front());
  std::u32string letters(1, raised(first.front()));
  if (language::script_of(first.front()) == kArabic) {
    // Alone, a heh is taken for a five or a teh marbuta: people write it joined to a stroke.
    letters += first.front() == U'ه' ? U"ـ" : U"";
  } else if (language::script_of(first.front()) == kLatin && telling.size() > 1 &&
             language::script_of(telling[1].front()) == kLatin) {
    letters += raised(telling[1].front());
  }
  return language::to_utf8(letters);
}

}  // namespace capsule::batch

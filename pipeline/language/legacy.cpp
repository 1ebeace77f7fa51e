#include "language/legacy.h"

#include <unicode/ucnv.h>

#include <algorithm>
#include <array>
#include <memory>
#include <string>
#include <utility>

#include "base/cptr.h"
#include "language/segmentation.h"

namespace capsule::language {
namespace {

// The meaning of each byte; 0xFFFD where the code page has none.
using CodePage = std::array<char32_t, 256>;

std::optional<CodePage> load(const char* name) {
  UErrorCode status = U_ZERO_ERROR;
  const CPtr<UConverter, ucnv_close> converter(ucnv_open(name, &status));
  if (U_FAILURE(status) != 0) {
    return std::nullopt;
  }
  CodePage page{};
  for (std::size_t i = 0; i < page.size(); ++i) {
    const char byte = static_cast<char>(i);
    std::array<UChar, 4> units{};
    status = U_ZERO_ERROR;
    ucnv_toUChars(converter.get(), units.data(), static_cast<std::int32_t>(units.size()), &byte, 1, &status);
    page[i] = units[0];
  }
  return page;
}

bool in(std::u32string_view set, char32_t c) {
  return set.find(c) != std::u32string_view::npos;
}

bool is_vowel_mark(char32_t c) {
  return c >= U'\u064B' && c <= U'\u0652';
}

bool is_tanween(char32_t c) {
  return c >= U'\u064B' && c <= U'\u064D';
}

bool is_arabic_letter(char32_t c) {
  return (c >= U'\u0621' && c <= U'\u064A' && c != U'\u0640') || in(U"گپچژ", c);
}

bool is_arabic(char32_t c) {
  return is_arabic_letter(c) || is_vowel_mark(c) || in(U"\u0640،؛؟", c);
}

bool is_small_french(char32_t c) {
  return in(U"àâçèéêëîïôùûüœ", c);
}

bool is_large_french(char32_t c) {
  return in(U"ÀÂÇÈÉÊËÎÏÔÙÛÜŒ", c);
}

bool is_small_latin(char32_t c) {
  return (c >= U'a' && c <= U'z') || is_small_french(c);
}

bool is_latin(char32_t c) {
  return is_small_latin(c) || (c >= U'A' && c <= U'Z') || is_large_french(c);
}

bool is_typographic(char32_t c) {
  return in(U"\u00A0«»‘’“”„…–—•°©®™€\u200C\u200D\u200E\u200F", c);
}

// How likely a letter is in running Arabic or French, in tenths of bits against the rarest.
int likelihood(char32_t c) {
  struct Rank {
    std::u32string_view letters;
    int tenths;
  };

  static constexpr std::array<Rank, 8> kRanks{{{U"ال", 40},
                                               {U"يمونرت", 30},
                                               {U"بعةدهسف", 23},
                                               {U"كقحأجىشص", 14},
                                               {U"طخضذءإزثغ", 4},
                                               {U"é", 36},
                                               {U"èàêÉ", 26},
                                               {U"çâîôûùœÀÇÊÈ", 14}}};
  for (const Rank& rank : kRanks) {
    if (in(rank.letters, c)) {
      return rank.tenths;
    }
  }
  return is_arabic(c) || is_typographic(c) ? 0 : -30;
}

constexpr int kUnlikely = -60;

// What no spelling has: a word of two scripts; ة, ى or a tanween before another letter; a vowel sign at the
// begin of a word; a capital behind a small letter.
int joint(char32_t before, char32_t c) {
  const bool mixed = (is_latin(c) && is_arabic_letter(before)) || (is_arabic_letter(c) && is_latin(before));
  const bool ended = in(U"ةى", before) || (is_tanween(before) && c != U'ا');
  const bool split = is_arabic_letter(c) && ended;
  const bool hanging = is_vowel_mark(c) && !is_arabic_letter(before) && !is_vowel_mark(before);
  const bool inner_capital = is_large_french(c) && is_small_latin(before);
  return mixed || split || hanging || inner_capital ? kUnlikely : 0;
}

// Words that make up a third of any Arabic.
bool is_frequent(std::u32string_view word) {
  static constexpr std::array<std::u32string_view, 44> kWords = {
      U"في",   U"من",  U"على",  U"إلى",   U"الى",    U"لا",    U"ما",   U"هذا", U"هذه", U"ذلك", U"أن",
      U"ان",   U"إن",  U"هو",   U"هي",    U"كان",    U"قد",    U"يا",   U"نعم", U"كل",  U"مع",  U"عن",
      U"الله", U"أنا", U"انا",  U"أنت",   U"انت",    U"هل",    U"لم",   U"لن",  U"ثم",  U"أو",  U"لقد",
      U"هنا",  U"كيف", U"شكرا", U"مرحبا", U"السلام", U"عليكم", U"واحد", U"لك",  U"له",  U"بعد", U"قبل"};
  return std::find(kWords.begin(), kWords.end(), word) != kWords.end();
}

int word_score(std::u32string_view word) {
  if (word.empty() || !is_arabic_letter(word.front())) {
    return 0;
  }
  const bool joined = word.size() > 2 && in(U"وف", word.front());
  int score = is_frequent(word) || (joined && is_frequent(word.substr(1))) ? 60 : 0;
  score += word.size() > 3 && word.starts_with(U"ال") ? 30 : 0;
  score += word.size() > 2 && word.back() == U'ة' ? 15 : 0;
  score -= in(U"ءئؤةى", word.front()) ? 40 : 0;
  return score;
}

struct Reading {
  std::u32string text;
  Encoding encoding = Encoding::kWindows1252;
  long score = 0;
};

// nullopt where a byte has no meaning, or a control code, or too few letters come out of the high bytes.
std::optional<Reading> read(std::string_view bytes, const CodePage& page, Encoding encoding) {
  Reading reading{{}, encoding, 0};
  reading.text.reserve(bytes.size());
  long high = 0;
  long plausible = 0;
  long letters = 0;
  char32_t before = 0;
  std::size_t word = 0;
  for (const char byte : bytes) {
    const char32_t c = page[static_cast<unsigned char>(byte)];
    if (c == U'\uFFFD' || (c >= 0x7F && c < 0xA0)) {
      return std::nullopt;
    }
    if (c >= 0xA0) {
      const bool letter = is_arabic_letter(c) || is_small_french(c) || is_large_french(c);
      ++high;
      letters += letter ? 1 : 0;
      plausible += letter || is_arabic(c) || is_typographic(c) ? 1 : 0;
      reading.score += likelihood(c);
    }
    reading.score += joint(before, c);
    if (!is_arabic_letter(c)) {
      reading.score += word_score(std::u32string_view(reading.text).substr(word));
      word = reading.text.size() + 1;
    }
    before = c;
    reading.text.push_back(c);
  }
  reading.score += word_score(std::u32string_view(reading.text).substr(std::min(word, reading.text.size())));
  return plausible * 10 >= high * 9 && letters * 4 >= high ? std::optional(std::move(reading)) : std::nullopt;
}

// The bytes that stand for a text in a code page; nullopt where it has a sign that the page lacks. A control
// sign from U+0080 on stands for its own byte: programs that know ISO-8859-1 only leave them.
std::optional<std::string> bytes_in(std::u32string_view text, const CodePage& page) {
  std::string out;
  for (const char32_t c : text) {
    const auto found = c < 0x80 ? page.begin() + c : std::find(page.begin() + 0x80, page.end(), c);
    const bool control = c >= 0x80 && c < 0xA0;
    if (found == page.end() && !control) {
      return std::nullopt;
    }
    out += control ? static_cast<char>(c) : static_cast<char>(found - page.begin());
  }
  return out;
}

bool is_plausible(std::u32string_view text) {
  constexpr std::int64_t kFewest = 2;
  const auto foreign = std::ranges::count_if(text, [](char32_t c) {
    return c >= 0x80 && !is_arabic(c) && !is_small_french(c) && !is_large_french(c) && !is_typographic(c);
  });
  const auto letters = std::ranges::count_if(
      text, [](char32_t c) { return is_arabic_letter(c) || is_small_french(c) || is_large_french(c); });
  return letters >= kFewest && foreign * 10 <= letters;
}

}  // namespace

std::optional<DecodedText> decode_twice(std::string_view utf8) {
  constexpr std::string_view kMark = "\xEF\xBB\xBF";
  const std::u32string text = to_utf32(utf8);
  for (const auto& [name, encoding] : {std::pair("windows-1252", Encoding::kTwiceByWindows1252),
                                       std::pair("windows-1256", Encoding::kTwiceByWindows1256)}) {
    const std::optional<CodePage> page = load(name);
    std::optional<std::string> bytes = page ? bytes_in(text, *page) : std::nullopt;
    if (bytes && is_valid_utf8(*bytes) && is_plausible(to_utf32(*bytes))) {
      const bool marked = bytes->starts_with(kMark);
      return DecodedText{marked ? bytes->substr(kMark.size()) : std::move(*bytes), encoding, marked};
    }
  }
  return std::nullopt;
}

std::optional<DecodedText> decode_legacy(std::string_view bytes) {
  struct Candidate {
    const char* name;
    Encoding encoding;
    int rare;  ///< How seldom it is met, as in likelihood().
  };

  // Of two that read the same the first is named: French is the same in the Western and the Arabic pages.
  static constexpr std::array<Candidate, 4> kCandidates{{{"windows-1252", Encoding::kWindows1252, 0},
                                                         {"ISO-8859-15", Encoding::kIso885915, 0},
                                                         {"windows-1256", Encoding::kWindows1256, 0},
                                                         {"ISO-8859-6", Encoding::kIso88596, 40}}};
  std::optional<Reading> best;
  for (const Candidate& candidate : kCandidates) {
    const std::optional<CodePage> page = load(candidate.name);
    std::optional<Reading> reading = page ? read(bytes, *page, candidate.encoding) : std::nullopt;
    if (reading) {
      reading->score -= candidate.rare;
    }
    if (reading && (!best || reading->score > best->score)) {
      best = std::move(reading);
    }
  }
  if (!best) {
    return std::nullopt;
  }
  return DecodedText{to_utf8(best->text), best->encoding, false};
}

}  // namespace capsule::language

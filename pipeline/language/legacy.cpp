#include "language/legacy.h"

#include <unicode/ucnv.h>

#include <array>
#include <memory>
#include <string>

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

bool is_arabic_letter(char32_t c) {
  return c >= U'\u0621' && c <= U'\u064A' && c != U'\u0640';
}

bool is_arabic(char32_t c) {
  return (c >= U'\u0621' && c <= U'\u0652') || c == U'\u060C' || c == U'\u061B' || c == U'\u061F';
}

bool is_french_letter(char32_t c) {
  return std::u32string_view(U"àâçèéêëîïôùûüœŒ").find(c) != std::u32string_view::npos;
}

bool is_latin_letter(char32_t c) {
  return (c | 0x20U) - U'a' < 26 || is_french_letter(c);
}

bool is_typographic(char32_t c) {
  return std::u32string_view(U"\u00A0«»‘’“”„…–—•°©®™€\u200C\u200D\u200E\u200F").find(c) !=
         std::u32string_view::npos;
}

// How often a letter stands among a thousand of running Arabic, roughly: enough to tell two code pages apart.
int frequency(char32_t c) {
  static constexpr std::array<std::u32string_view, 5> kByRank = {U"ال", U"يمونرت", U"بعةدهسف", U"كقحأجىشص",
                                                                 U"طخضذءإزثغ"};
  static constexpr std::array<int, 5> kPerMille = {120, 60, 38, 20, 9};
  for (std::size_t rank = 0; rank < kByRank.size(); ++rank) {
    if (kByRank[rank].find(c) != std::u32string_view::npos) {
      return kPerMille[rank];
    }
  }
  return 0;
}

struct Reading {
  std::u32string text;
  long score = 0;
};

// nullopt where a byte has no meaning, or a control code, or too few letters come out of the high bytes.
std::optional<Reading> read(std::string_view bytes, const CodePage& page) {
  Reading reading;
  reading.text.reserve(bytes.size());
  long high = 0;
  long plausible = 0;
  long letters = 0;
  char32_t before = 0;
  for (const char byte : bytes) {
    const char32_t c = page[static_cast<unsigned char>(byte)];
    if (c == U'\uFFFD' || (c >= 0x7F && c < 0xA0)) {
      return std::nullopt;
    }
    if (c >= 0xA0) {
      ++high;
      letters += is_arabic_letter(c) || is_french_letter(c) ? 1 : 0;
      plausible += is_arabic(c) || is_french_letter(c) || is_typographic(c) ? 1 : 0;
      reading.score += frequency(c);
    }
    // No word mixes scripts: Arabic hangs on Latin by a space or a tatweel.
    const bool mixed =
        (is_latin_letter(c) && is_arabic_letter(before)) || (is_arabic_letter(c) && is_latin_letter(before));
    reading.score -= mixed ? 500 : 0;
    before = c;
    reading.text.push_back(c);
  }
  return plausible * 10 >= high * 9 && letters * 2 >= high ? std::optional(std::move(reading)) : std::nullopt;
}

}  // namespace

std::optional<DecodedText> decode_legacy(std::string_view bytes) {
  const std::optional<CodePage> windows_page = load("windows-1256");
  const std::optional<CodePage> iso_page = load("ISO-8859-6");
  const std::optional<Reading> windows = windows_page ? read(bytes, *windows_page) : std::nullopt;
  const std::optional<Reading> iso = iso_page ? read(bytes, *iso_page) : std::nullopt;
  if (iso && (!windows || iso->score > windows->score)) {
    return DecodedText{to_utf8(iso->text), Encoding::kIso88596, false};
  }
  if (windows) {
    return DecodedText{to_utf8(windows->text), Encoding::kWindows1256, false};
  }
  return std::nullopt;
}

}  // namespace capsule::language

#pragma once
#include <unicode/locid.h>
#include <unicode/numberformatter.h>

#include <string>
#include <string_view>

namespace capsule::language {

/// The ICU locale of a tag; bare "ar" is Morocco's, what ICU does not know is the root locale. Inside
/// language/ only.
icu::Locale locale_of(std::string_view tag);

/// How a number is written. Morocco and France group with U+202F whatever CLDR says of the former
/// (PRODUCT.md).
struct NumberStyle {
  int min_decimals = 0;
  int max_decimals = 0;
  bool group_four_digits = true;  ///< "1 080"; else only from five digits on.
};

/// To be kept where many numbers are written: it takes longer to make than to use. Threads may share it.
icu::number::LocalizedNumberFormatter number_formatter(const icu::Locale& locale, const NumberStyle& style);

std::string format_with(const icu::Locale& locale, double value, const NumberStyle& style);
std::string format_with(const icu::Locale& locale, std::int64_t value, const NumberStyle& style);

/// Text of ICU as UTF-8.
inline std::string utf8_of(const icu::UnicodeString& text) {
  std::string out;
  text.toUTF8String(out);
  return out;
}

}  // namespace capsule::language

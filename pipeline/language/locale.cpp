#include "language/locale.h"

#include <unicode/dcfmtsym.h>

namespace capsule::language {
namespace {

bool is_moroccan_or_french(const icu::Locale& locale) {
  const std::string_view language = locale.getLanguage();
  const std::string_view country = locale.getCountry();
  return country == "MA" || language == "zgh" || language == "tzm" || language == "shi" ||
         language == "rif" || (language == "fr" && country.empty());
}

}  // namespace

icu::number::LocalizedNumberFormatter number_formatter(const icu::Locale& locale, const NumberStyle& style) {
  UErrorCode status = U_ZERO_ERROR;
  icu::DecimalFormatSymbols symbols(locale, status);
  if (is_moroccan_or_french(locale)) {
    symbols.setSymbol(icu::DecimalFormatSymbols::kGroupingSeparatorSymbol, icu::UnicodeString(u'\u202F'));
    symbols.setSymbol(icu::DecimalFormatSymbols::kDecimalSeparatorSymbol, icu::UnicodeString(u','));
  }
  return icu::number::NumberFormatter::withLocale(locale)
      .symbols(symbols)
      .grouping(style.group_four_digits ? UNUM_GROUPING_ON_ALIGNED : UNUM_GROUPING_MIN2)
      .precision(icu::number::Precision::minMaxFraction(style.min_decimals, style.max_decimals))
      .roundingMode(UNUM_ROUND_HALFUP);
}

icu::Locale locale_of(std::string_view tag) {
  if (tag == "ar") {
    tag = "ar-MA";
  }
  UErrorCode status = U_ZERO_ERROR;
  icu::Locale locale =
      icu::Locale::forLanguageTag({tag.data(), static_cast<std::int32_t>(tag.size())}, status);
  return U_SUCCESS(status) != 0 && locale.isBogus() == 0 ? locale : icu::Locale::getRoot();
}

std::string format_with(const icu::Locale& locale, double value, const NumberStyle& style) {
  UErrorCode status = U_ZERO_ERROR;
  return utf8_of(number_formatter(locale, style).formatDouble(value, status).toString(status));
}

std::string format_with(const icu::Locale& locale, std::int64_t value, const NumberStyle& style) {
  UErrorCode status = U_ZERO_ERROR;
  return utf8_of(number_formatter(locale, style).formatInt(value, status).toString(status));
}

}  // namespace capsule::language

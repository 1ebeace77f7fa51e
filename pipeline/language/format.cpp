#include "language/format.h"

#include <fmt/format.h>
#include <unicode/gregocal.h>
#include <unicode/smpdtfmt.h>

#include <algorithm>
#include <chrono>
#include <memory>

#include "language/locale.h"

namespace capsule::language {

std::string format_number(double value, int decimals, std::string_view language) {
  const int digits = std::clamp(decimals, 0, 15);
  return format_with(locale_of(language), value, NumberStyle{digits, digits, true});
}

std::string format_integer(std::int64_t value, std::string_view language) {
  return format_with(locale_of(language), value, NumberStyle{});
}

Result<std::string> format_date(int year, int month, int day, std::string_view language) {
  const std::string plain = fmt::format("{}-{}-{}", year, month, day);
  const bool exists =
      year >= 1 && year <= 9999 && month >= 1 && month <= 12 && day >= 1 &&
      std::chrono::year_month_day(std::chrono::year(year), std::chrono::month(static_cast<unsigned>(month)),
                                  std::chrono::day(static_cast<unsigned>(day)))
          .ok();
  if (!exists) {
    return fail(Code{"bad-date"}, {{"text", plain}});
  }
  // Some locales prefer another calendar; what is given here is a day of the Gregorian one.
  icu::Locale locale = locale_of(language);
  UErrorCode status = U_ZERO_ERROR;
  locale.setUnicodeKeywordValue("ca", "gregory", status);
  const std::unique_ptr<icu::DateFormat> format(
      icu::DateFormat::createDateInstance(icu::DateFormat::kLong, locale));
  icu::GregorianCalendar calendar(*icu::TimeZone::getGMT(), locale, status);
  if (U_FAILURE(status) != 0 || format == nullptr) {
    return fail(Code{"bad-date"}, {{"text", plain}});
  }
  format->setTimeZone(*icu::TimeZone::getGMT());
  // Noon, so that no calendar change at midnight moves the day.
  calendar.set(year, month - 1, day, 12, 0, 0);
  icu::UnicodeString text;
  format->format(calendar.getTime(status), text);
  const std::string written = utf8_of(text);
  const bool french_first =
      day == 1 && std::string_view(locale.getLanguage()) == "fr" && written.starts_with("1 ");
  return french_first ? "1er" + written.substr(1) : written;
}

}  // namespace capsule::language

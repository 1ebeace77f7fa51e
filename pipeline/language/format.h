#pragma once
#include <cstdint>
#include <string>
#include <string_view>

#include "base/result.h"

namespace capsule::language {

/// A number as the language writes it, with exactly `decimals` (0..15) digits behind the decimal sign, halves
/// rounded away from zero. Moroccan and French: decimal comma, U+202F between thousands, Western digits ("1
/// 234,5").
std::string format_number(double value, int decimals, std::string_view language);
std::string format_integer(std::int64_t value, std::string_view language);
/// A Gregorian date with the month in letters: "12 غشت 2025", "1er mai 2025", "August 12, 2025".
/// "bad-date" where the calendar has no such day.
Result<std::string> format_date(int year, int month, int day, std::string_view language);

}  // namespace capsule::language

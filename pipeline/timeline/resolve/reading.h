#pragma once
#include <cstdint>
#include <string>
#include <string_view>

#include "base/time.h"

namespace capsule::timeline {

/// Letters that the eye reads: code points without marks (diacritics), tatweel, direction signs and other
/// invisible ones. Spaces and line ends count.
std::int64_t reading_letters(std::string_view utf8);

/// Letters read in a second: 12 in Arabic and Tifinagh, 14 in other languages (DELIVERY.md 3.2).
int reading_speed(std::string_view language);

}  // namespace capsule::timeline

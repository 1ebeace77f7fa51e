#pragma once
#include <string>
#include <string_view>

#include "base/result.h"

namespace capsule::preset {

/// Whether a reference may end with "| word": date, number.
bool is_way_of_writing(std::string_view word);

/// A value as a language writes it: date: "2025-8-12" → «12 غشت 2025», "12 août 2025"; number: "1250.5" → "1
/// 250,5", with the decimals that it was given with. "bad-date", "bad-number".
Result<std::string> written(const std::string& value, std::string_view way, std::string_view language);

}  // namespace capsule::preset

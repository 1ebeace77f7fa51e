#pragma once
#include <cstdint>
#include <string_view>

namespace capsule::text {

/// The end of the phone number, signed, grouped or hyphenated number that starts at `start`; `start` if there
/// is none.
std::int32_t number_token_end(std::u32string_view text, std::int32_t start);

}  // namespace capsule::text

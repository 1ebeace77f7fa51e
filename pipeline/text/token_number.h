#pragma once
#include <cstdint>
#include <string_view>

namespace capsule::text {

struct NumberToken {
  std::int32_t end = 0;
  bool measure = false;  ///< A plain number that only its sign makes a token: 50%, 5°, $20.
};

/// The phone or account number, the signed, grouped or hyphenated number, the sum (5+3=8) or the measure (50
/// %, 25 °C) that starts at `start`; ends there if there is none.
NumberToken number_token(std::u32string_view text, std::int32_t start);

/// The end of the number without its signs that starts at `start`: digits of one set, joined by . , : /
std::int32_t plain_number_end(std::u32string_view text, std::int32_t start);

}  // namespace capsule::text

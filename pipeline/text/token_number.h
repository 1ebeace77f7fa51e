#pragma once
#include <cstdint>
#include <string_view>

namespace capsule::text {

struct NumberToken {
  std::int32_t end = 0;
  bool measure = false;  ///< A plain number that only its sign makes a token: 50%, 5°, $20.
};

/// The phone or account number, the signed, grouped or hyphenated number, the sum (5+3=8) or the measure that
/// starts at `start`; ends there if there is none.
NumberToken number_token(std::u32string_view text, std::int32_t start);

/// The end of the number without its signs that starts at `start`: digits of one set, joined by . , : /
std::int32_t plain_number_end(std::u32string_view text, std::int32_t start);

/// Whether a number that ends at `end` counts the Arabic word behind it, names its day or its time of day:
/// «24 ساعة», «12 غشت», «50 في المائة». Then it does not belong to what stands before it.
bool counts_what_follows(std::u32string_view text, std::int32_t end);

/// Whether a unit in Latin letters stands at `start`, which is behind a number: DH, km, GB, °C, rue, a
/// letter.
bool is_unit(std::u32string_view text, std::int32_t start);

}  // namespace capsule::text

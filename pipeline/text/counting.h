#pragma once
#include <cstdint>
#include <string_view>

namespace capsule::text {

/// Whether a number that ends at `end` counts the Arabic word behind it, names its day or its time of day:
/// «24 ساعة», «12 غشت», «50 في المائة». Then it does not belong to what stands before it. Hamzas and the dots
/// of ة may be left out, as people do: «3 ايام».
bool counts_what_follows(std::u32string_view text, std::int32_t end);

/// Whether a unit in Latin letters stands at `start`, which is behind a number: DH, km, GB, rue, a letter.
bool is_unit(std::u32string_view text, std::int32_t start);

}  // namespace capsule::text

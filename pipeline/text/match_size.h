#pragma once
#include <cstdint>
#include <vector>

#include "text/analysis.h"

namespace capsule::text {

/// Scales the items of a paragraph of Arabic that are not in its Arabic font, so that Latin capitals,
/// Tifinagh, digits, emoji and words of another Arabic font look as large as the letters beside them: alif
/// and dal against capitals and x. Nothing within 6 %, where designs agree, nor beyond 15 %. Text without
/// Arabic keeps its size.
void match_sizes(std::vector<Item>& items);

}  // namespace capsule::text

#pragma once
#include <cstdint>
#include <string_view>

namespace capsule::media {

/// More elements than any drawing by hand or program comes near after its references are followed; librsvg
/// stops at 500 000 itself, but libav passes the half-drawn picture on as if it were whole.
inline constexpr std::int64_t kMostSvgElements = 200'000;

/// How many elements a renderer visits when every <use> is followed (SVG 2, 5.5), saturating above
/// kMostSvgElements. A cycle counts as too many. Reads tags only; what is not well-formed counts as it
/// stands.
std::int64_t expanded_elements(std::string_view svg);

}  // namespace capsule::media

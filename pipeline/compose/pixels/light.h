#pragma once
#include <array>
#include <cstdint>

#include "base/canvas.h"
#include "base/color.h"

// Soft edges that mix as light does. Players mix the samples that are stored, in which a half-covered edge of
// white on black is too dark. Where the colours of both sides are known, another coverage mixed the usual way
// gives the right luma, so that nothing is slower after the letters were drawn.
namespace capsule::compose {

using CoverageTable = std::array<std::uint8_t, 256>;

/// Coverage → the coverage whose plain mix of `ink` over `ground` has the luma of their mix in linear light
/// (sRGB's curve, IEC 61966-2-1). 0 and 255 stay; all of it where the two have nearly the same luma.
CoverageTable light_table(Color ink, Color ground);

/// What is likely behind letters of a colour that can be read: black behind light ones, white behind dark.
Color likely_ground(Color ink);

/// Coverage → what the table says, in place. An empty mask stays.
void recover(Mask& mask, const CoverageTable& table);

}  // namespace capsule::compose

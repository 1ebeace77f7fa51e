#pragma once
#include "base/canvas.h"
#include "base/color.h"
#include "base/geometry.h"
#include "compose/pixels/sprite.h"

// In-place blending of the covered rectangle, in integers. `clip` is in canvas pixels; a chroma sample
// belongs to it when its site does. Opacity runs from 0 to kOpaque.
namespace capsule::compose {

inline constexpr int kOpaque = 256;

/// The chroma samples whose sites lie in a luma rectangle.
Rect chroma_of(const Rect& luma);

/// Blends a sprite where it stands. Within one step of the exact result; coverage 0 and 255 are exact.
void blend(Canvas& canvas, const Sprite& sprite, const Rect& clip, int opacity = kOpaque);
/// Mixes a picture whose top-left corner is at the even position (x, y).
void blend(Canvas& canvas, const Canvas& picture, Rect at, const Rect& clip, int opacity = kOpaque);
/// Mixes one colour.
void blend(Canvas& canvas, YCbCr color, const Rect& clip, int opacity = kOpaque);

/// out = a + (b - a) × share / 256, one pass; all of one size.
void mix_into(Canvas& out, const Canvas& a, const Canvas& b, int share);
/// One row of it with a share per sample.
void mix_row(std::uint8_t* out, const std::uint8_t* a, const std::uint8_t* b, const std::uint16_t* shares,
             int count);

}  // namespace capsule::compose

#pragma once
#include "base/geometry.h"

// Internal to source/: where a picture's pixels come from and where they go.
namespace capsule::source {

/// The part of a picture of size `shown` that fills `size`, around `focus` (fractions of the picture), never
/// leaving the picture.
RectF cover_crop(Size shown, Size size, PointF focus);
/// The largest even-sized rectangle of the picture's shape inside `size`, centred on even positions.
Rect contain_rect(Size shown, Size size);
/// The size that the whole picture must have for `size` to be covered by it.
Size cover_size(Size shown, Size size);

}  // namespace capsule::source

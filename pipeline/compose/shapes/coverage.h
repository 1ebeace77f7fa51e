#pragma once
#include "base/canvas.h"
#include "base/geometry.h"

namespace capsule::compose {

/// Coverage of a box with round corners (radius 0 = sharp), exact on its straight sides.
Mask rounded_rect(const RectF& box, double radius);
/// The largest circle in the middle of a box.
Mask disc(const RectF& box);

struct RingShape {
  double thickness = 0;
  double sweep = 1;  ///< Share of the circle from the top.
  bool clockwise = true;
};

/// A ring inside the largest circle of a box.
Mask ring(const RectF& box, const RingShape& shape);

}  // namespace capsule::compose

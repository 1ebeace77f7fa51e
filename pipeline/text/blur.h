#pragma once
#include "base/canvas.h"
#include "base/result.h"

namespace capsule::text {

/// The mask moved by any distance; fractions are shared out linearly.
Result<Mask> shifted(const Mask& mask, PointF by);

/// The mask blurred by a Gaussian of `sigma` pixels (three extended box filters: Gwosdek and others,
/// "Theoretical foundations of Gaussian convolution by extended box filtering"), its bounds grown to hold all
/// of it.
Result<Mask> blurred(const Mask& mask, double sigma);

}  // namespace capsule::text

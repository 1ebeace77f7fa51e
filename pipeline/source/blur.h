#pragma once
#include "base/canvas.h"

// Internal to source/.
namespace capsule::source {

/// Gaussian blur with a standard deviation in pixels, worked out on a reduced picture: what is blurred has no
/// detail that a small picture could not hold.
Canvas blurred(const Canvas& in, double sigma);
Rgba blurred(const Rgba& in, double sigma);
/// How many times smaller a picture may be made before a blur of this deviation without its being seen.
int reduction_for(double sigma);
/// `in` blown up to `size`, smoothly; `keep` (0..1) of its light is kept.
Canvas backdrop(const Canvas& in, Size size, double keep);

}  // namespace capsule::source

#pragma once
#include "base/canvas.h"
#include "base/geometry.h"

// Internal to source/.
namespace capsule::source {

/// Where the eye goes, as fractions of the picture: the centre of mass of luma edges, weighted towards the
/// middle. Strong edges count, flat sky and walls do not; a picture without edges gives its centre. Same
/// picture, same point.
PointF salient_point(const Canvas& small);

}  // namespace capsule::source

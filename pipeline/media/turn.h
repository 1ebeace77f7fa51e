#pragma once
#include "base/canvas.h"
#include "media/orientation.h"

// Internal to media/.
namespace capsule::media {

/// Samples of `from` turned into `to`, whose sides fit the orientation.
void turn(const ConstPlaneView& from, const PlaneView& to, const Orientation& o);
Canvas turn(const Canvas& from, const Orientation& o);
Rgba turn(const Rgba& from, const Orientation& o);

}  // namespace capsule::media

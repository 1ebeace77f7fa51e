#pragma once
#include <memory>

#include "base/geometry.h"
#include "base/time.h"
#include "media/orientation.h"

struct AVFrame;

namespace capsule::media {

/// A decoded picture, as stored: not yet turned, scaled or converted. Shared; the same pointer is the same
/// picture.
struct Frame {
  std::shared_ptr<const AVFrame> data;
  Time time;   ///< On the file's own clock.
  Size shown;  ///< After sample aspect and orientation.
  Orientation orientation;
  bool alpha = false;
  bool premultiplied = false;
};

}  // namespace capsule::media

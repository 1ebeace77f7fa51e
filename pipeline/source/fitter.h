#pragma once
#include "base/result.h"
#include "media/scale.h"
#include "source/source.h"

// Internal to source/.
namespace capsule::source {

/// Decoded pictures → pictures of a request's size: cover, contain or blur-fill, then blur. One per worker.
class Fitter {
 public:
  explicit Fitter(const PictureRequest& request);
  /// `clip`: opaque moving pictures keep black borders, since a canvas is cheaper than coverage; stills get
  /// transparent ones.
  Result<Pixels> fit(const media::Frame& frame, bool clip);

  [[nodiscard]] PointF focus() const { return focus_; }

  void set_focus(PointF focus) { focus_ = focus; }

 private:
  Result<Pixels> opaque(const media::Frame& frame, bool clip);
  Result<Pixels> translucent(const media::Frame& frame);
  Result<Picture> blur_fill(const media::Frame& frame);
  Result<Picture> melted(const media::Frame& frame, int reduction);
  Result<Picture> framed(const media::Frame& frame);

  media::Scaler scaler_;
  Size size_;
  timeline::Fit fit_;
  PointF focus_;
  double blur_;
};

}  // namespace capsule::source

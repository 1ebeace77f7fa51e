#pragma once
#include <memory>
#include <variant>
#include <vector>

#include "base/canvas_pool.h"
#include "base/color.h"
#include "compose/effects/pose.h"
#include "compose/pixels/blend.h"
#include "compose/pixels/resample.h"
#include "compose/pixels/sprite.h"

namespace capsule::compose {

/// One thing on the canvas, every number quantised: two equal draws give the same samples.
struct Draw {
  std::variant<Picture, SpritePtr, YCbCr> what;
  Placement at;  ///< Of the picture or sprite; a colour has none.
  Rect clip;     ///< Canvas pixels.
  int opacity = kOpaque;
  friend bool operator==(const Draw&, const Draw&) = default;
};

/// Back to front. It keeps what it names alive, so equal lists mean equal pictures.
using DrawList = std::vector<Draw>;

/// A layer's pictures as they stand at rest → draws under a pose.
class Easel {
 public:
  Easel(Size canvas, DrawList& list) : canvas_(canvas), list_(list) {}

  /// A sprite that rests at its bounds.
  void add(const SpritePtr& sprite, const Pose& pose);
  /// A picture shown in the resting box: `window` is the part of the picture that the box shows.
  void add(const std::variant<Picture, SpritePtr>& what, const RectF& box, const RectF& window,
           const Pose& pose);
  /// One colour over the resting box.
  void add(YCbCr color, const RectF& box, double opacity, const Pose& pose);

 private:
  [[nodiscard]] Rect clip_of(const RectF& box, const Pose& pose) const;
  void push(Draw draw);
  Size canvas_;
  DrawList& list_;
};

/// Carries draw lists out. Keeps its buffers; one per worker.
class Painter {
 public:
  /// Background and list → picture; a list that is one picture over the whole canvas is that picture.
  Picture paint(const DrawList& list, Size canvas, YCbCr background);
  /// Blends a list onto a canvas.
  void paint_onto(Canvas& canvas, const DrawList& list);
  /// A canvas to paint on, samples undefined. Canvases that nobody else holds any more come back: fresh
  /// memory costs more in page faults than a frame costs in blending.
  std::shared_ptr<Canvas> blank(Size size);
  std::shared_ptr<Canvas> copy(const Canvas& picture);

 private:
  void paint_one(Canvas& canvas, const Draw& draw);
  CanvasPool pool_;
  Resampler resampler_;
  Sprite moved_;
};

}  // namespace capsule::compose

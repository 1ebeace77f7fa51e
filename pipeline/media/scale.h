#pragma once
#include <memory>

#include "base/canvas.h"
#include "base/geometry.h"
#include "base/result.h"
#include "media/frame.h"

namespace capsule::media {

/// Decoded pictures → upright pictures in the project's colour, cropped and scaled in one pass. Keeps its
/// tables from picture to picture; one per worker.
class Scaler {
 public:
  Scaler();
  ~Scaler();
  Scaler(Scaler&&) noexcept;
  Scaler& operator=(Scaler&&) noexcept;
  Scaler(const Scaler&) = delete;
  Scaler& operator=(const Scaler&) = delete;

  /// `crop` (pixels of frame.shown) as a canvas of `size` (even): BT.709 limited, HLG and PQ tone-mapped.
  /// Coverage is ignored. A frame that already is such a canvas is lent without a copy.
  Result<Picture> picture(const Frame& frame, RectF crop, Size size);
  /// The same with coverage, premultiplied, R'G'B'.
  Result<std::shared_ptr<Rgba>> rgba(const Frame& frame, RectF crop, Size size);

 private:
  struct State;
  std::unique_ptr<State> state_;
};

}  // namespace capsule::media

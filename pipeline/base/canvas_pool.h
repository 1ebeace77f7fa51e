#pragma once
#include <memory>

#include "base/canvas.h"

namespace capsule {

/// Canvases whose memory comes back when they go: fresh pages cost a 1080p picture more than its blending
/// does. Thread-safe; canvases may outlive the pool.
class CanvasPool {
 public:
  CanvasPool();

  /// Uninitialised samples, as Canvas::make.
  Canvas make(Size size);

 private:
  struct Blocks;
  std::shared_ptr<Blocks> blocks_;
};

}  // namespace capsule

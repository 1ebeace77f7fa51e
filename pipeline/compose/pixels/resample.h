#pragma once
#include <cstdint>
#include <vector>

#include "base/canvas.h"
#include "base/geometry.h"
#include "compose/pixels/sprite.h"

namespace capsule::compose {

/// Where outputs lie in a row of samples, in 1/2^32 of a sample: output i shows the input at start + i ×
/// step.
struct AxisMap {
  std::int64_t start = 0;
  std::int64_t step = 0;
};

/// How a picture lies on the canvas: an upright scale and shift. A point of the canvas p shows the point
/// (p - corner) × step of the picture.
struct Placement {
  std::int64_t x = 0, y = 0;  ///< Corner of the picture on the canvas, 1/65536 pixel.
  std::int64_t step = std::int64_t{1}
                      << 32;  ///< Picture pixels per canvas pixel, 1/2^32; at most twice that.
  friend bool operator==(const Placement&, const Placement&) = default;
  /// Nothing has to be interpolated: not scaled, and on an even position.
  [[nodiscard]] bool at_rest() const;
};

/// Bilinear, separable, axis by axis with exact positions (no 1/32-pixel grid, so nothing jitters). Edges are
/// extended. Integer maths: the same bytes on every machine. Keeps its buffers; one per worker.
class Resampler {
 public:
  /// Fills `out` from `in`. Steps from 0 to 2 samples.
  void run(const ConstPlaneView& in, const PlaneView& out, AxisMap across, AxisMap down);
  /// Fills the part `area` of the canvas with a picture.
  void run(const Canvas& in, Canvas& out, const Rect& area, const Placement& placement);
  /// The part `area` (canvas pixels, even) of a sprite that was moved or scaled; bounds of the result = area.
  void run(const Sprite& in, Sprite& out, const Rect& area, const Placement& placement);

  /// Eight outputs: where their inputs begin and how each pair of inputs is weighed.
  struct Block {
    int base = 0;
    bool wide = false;  ///< The inputs do not fit in 16 samples.
    std::uint8_t pick[16] = {};
    std::uint8_t weight[16] = {};
    int index[8] = {};
  };

 private:
  void plan(int in_width, int out_width, AxisMap across);
  void row(const ConstPlaneView& in, int y, std::vector<std::int16_t>& out);
  std::vector<Block> blocks_;
  std::vector<std::int16_t> upper_, lower_;
};

}  // namespace capsule::compose

#pragma once
#include <cstdint>
#include <memory>
#include <vector>

#include "base/canvas.h"
#include "base/geometry.h"
#include "compose/pixels/art.h"

namespace capsule::compose {

/// 8-bit samples of our own, rows without padding.
class Plane {
 public:
  Plane() = default;
  /// Width and height in samples.
  Plane(int width, int height, std::uint8_t value);
  /// Keeps the memory when it is large enough; the samples are then undefined.
  void reshape(int width, int height);

  [[nodiscard]] PlaneView view() { return {samples_.data(), width_, width_, height_}; }

  [[nodiscard]] ConstPlaneView view() const { return {samples_.data(), width_, width_, height_}; }

 private:
  int width_ = 0, height_ = 0;
  std::vector<std::uint8_t> samples_;
};

/// A layer as it is blended: 4:2:0, premultiplied, 8 bit, chroma sited left like the canvas.
/// cb and cr hold 128 + (value - 128) × coverage, so that neutral colours stay neutral to the last bit.
struct Sprite {
  Rect bounds;  ///< Where it stands at rest, on the canvas; all four numbers even. Its border is transparent.
  Plane y, a;   ///< bounds.width × bounds.height
  Plane cb, cr, ca;  ///< Half of that each way; ca is the coverage at the chroma samples.
};

using SpritePtr = std::shared_ptr<const Sprite>;

enum class Rounding { kNearest, kDithered };

/// Art → sprite. Chroma is filtered [1 2 1]/4 across and [1 1]/2 down around its site, colour and coverage
/// alike. Dithered: rounds with still noise, for runs of colours; whole values stay as they are.
SpritePtr make_sprite(const Art& art, Rounding rounding = Rounding::kNearest);

}  // namespace capsule::compose

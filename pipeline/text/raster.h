#pragma once
#include <memory>
#include <vector>

#include "base/canvas.h"
#include "base/result.h"
#include "text/paragraph.h"

namespace capsule::text {

/// What is painted; lengths in pixels. Colours are the compositor's affair: masks only.
struct PaintStyle {
  double outline = 0;  ///< Width outside the letters.
  double shadow_blur =
      0;  ///< Standard deviation of the Gaussian; the shadow mask is made when shadow is true.
  bool shadow = false;
  PointF shadow_offset;
  bool box = false;  ///< A box per line, merged where lines touch.
  double box_pad_x = 0, box_pad_y = 0, box_radius = 0;
};

/// Coverage of a paragraph, each layer united before it is painted: no seams at joins at any opacity. Bounds
/// are relative to the paragraph's box moved by `offset` (whole and fractional pixels). Ink never touches a
/// mask's border.
struct Masks {
  Mask box;
  Mask shadow;
  Mask outline;  ///< The stroke together with the fill's area.
  Mask fill;
  std::vector<Rect> boxes;  ///< Per line, before merging.
  /// Colour glyphs, premultiplied; empty when there are none. `emoji_at` is its top-left corner.
  std::shared_ptr<const Rgba> emoji;
  PointF emoji_at;
};

Result<Masks> rasterise(const Paragraph& paragraph, const PaintStyle& paint, PointF offset = {});

}  // namespace capsule::text

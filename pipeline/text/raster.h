#pragma once
#include <memory>
#include <vector>

#include "base/canvas.h"
#include "base/result.h"
#include "text/paragraph.h"
#include "text/spans.h"

namespace capsule::text {

/// What is painted; lengths in pixels. Colours are the compositor's affair: masks only.
struct PaintStyle {
  double outline = 0;  ///< Width outside the letters.
  double shadow_blur =
      0;  ///< Standard deviation of the Gaussian; the shadow mask is made when shadow is true.
  bool shadow = false;
  PointF shadow_offset;
  double glow = 0;   ///< Standard deviation of the light around the letters.
  bool box = false;  ///< A box per line, merged where lines touch.
  double box_pad_x = 0, box_pad_y = 0, box_radius = 0;
};

/// Coverage of a paragraph, each layer united before it is painted: no seams at joins at any opacity. Bounds
/// are relative to the paragraph's box moved by `offset` (whole and fractional pixels). Ink never touches a
/// mask's border.
struct Masks {
  Mask box;
  Mask shadow;
  Mask glow;     ///< The outline or fill softened, twice as strong, so that it is full beside the letters.
  Mask outline;  ///< The stroke together with the fill's area.
  Mask fill;
  std::vector<Rect> boxes;  ///< Per line, before merging.
  /// Colour glyphs, premultiplied; empty when there are none. `emoji_at` is its top-left corner.
  std::shared_ptr<const Rgba> emoji;
  PointF emoji_at;
};

Result<Masks> rasterise(const Paragraph& paragraph, const PaintStyle& paint, PointF offset = {});
/// Only some letters, in the forms and places that they have among the others. Boxes are those of all lines.
Result<Masks> rasterise(const Paragraph& paragraph, const PaintStyle& paint, const std::vector<Range>& only,
                        PointF offset = {});

/// Who owns the ink: for each range, how much (255 = all) of a pixel of `fill` belongs to its letters. What
/// all ranges and the letters of none of them have adds up to 255 wherever there is ink; where outlines of
/// neighbours overlap, the pen position between them parts them. The ranges must not overlap. `fill` is
/// Masks::fill of the same paragraph at the same offset.
Result<std::vector<Mask>> ownership(const Paragraph& paragraph, const std::vector<Range>& ranges,
                                    const Mask& fill, PointF offset = {});

}  // namespace capsule::text

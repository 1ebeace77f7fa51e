#pragma once
#include <vector>

#include "base/canvas.h"
#include "base/geometry.h"
#include "base/result.h"
#include "text/paragraph.h"

namespace capsule::text {

/// A closed polygon, in pixels, y down.
using Contour = std::vector<PointF>;

/// Where a glyph of a line has its origin, in pixels, the paragraph's box at `offset`.
PointF origin_of(const Line& line, const Glyph& glyph, PointF offset);

/// The outlines of a paragraph's letters, moved by `offset`, for drawings that are kept as shapes. Colour
/// glyphs have none.
std::vector<Contour> contours_of(const Paragraph& paragraph, PointF offset = {});

/// Coverage of what the contours wind around (non-zero): a hole is wound the other way. "text-too-large"
/// above 64 million pixels.
Result<Mask> fill_contours(const std::vector<Contour>& contours);

}  // namespace capsule::text

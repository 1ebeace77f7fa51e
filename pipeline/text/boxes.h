#pragma once
#include <vector>

#include "base/geometry.h"
#include "text/edges.h"
#include "text/paragraph.h"
#include "text/raster.h"

namespace capsule::text {

/// The padded box of every line that has width, moved by `offset`. Neighbours that all but touch are made to
/// meet, and edges that differ by less than a corner are made flush.
std::vector<RectF> line_boxes(const Paragraph& paragraph, const PaintStyle& paint, PointF offset);

/// Rectangles with round corners as polygons of the fill set.
Edges rounded(const std::vector<RectF>& boxes, double radius);

}  // namespace capsule::text

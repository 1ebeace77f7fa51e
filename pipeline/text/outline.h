#pragma once
#include <cstdint>
#include <vector>

#include "base/geometry.h"
#include "text/edges.h"
#include "text/face.h"

namespace capsule::text {

/// Closed contours of straight sides, in pixels, y down; wound so that the glyph's area is positive.
using Contours = std::vector<std::vector<PointF>>;

/// How an outline becomes pixels.
struct Placement {
  double scale = 1;             ///< Pixels per font unit.
  PointF at;                    ///< Of the glyph's origin.
  double tolerance = 1.0 / 30;  ///< How far a straight side may lie off its curve, in pixels.
};

Contours glyph_contours(const Face& face, std::uint32_t glyph, const Placement& placement);

/// The part of a closed contour between two uprights, closed along them: it winds around the same points
/// there.
std::vector<PointF> sliced(const std::vector<PointF>& contour, double left, double right);

/// Adds everything nearer than `width` to a side of the contour, with round corners, as polygons of the
/// stroke set.
void add_stroke(Edges& edges, const std::vector<PointF>& contour, double width);

}  // namespace capsule::text

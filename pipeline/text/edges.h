#pragma once
#include <array>
#include <cstdint>
#include <vector>

#include "base/canvas.h"
#include "base/result.h"

namespace capsule::text {

/// Closed polygons whose areas are united: a pixel is covered where the winding number of any set is not
/// zero. Two sets exist so that contours of opposite turning (a letter and its stroke) never cancel each
/// other.
class Edges {
 public:
  static constexpr int kFill = 0;
  static constexpr int kStroke = 1;

  /// `sub_scanlines`: how many lines a pixel is cut into, a divisor of 256; along them coverage is exact to
  /// 1/256 of a pixel.
  explicit Edges(int sub_scanlines = 16) : sub_scanlines_(sub_scanlines) {}

  /// A side of a polygon, in pixels, y down. Coordinates beyond ±100 000 are clamped.
  void add(PointF from, PointF to, int set);
  /// A closed polygon; fewer than three points enclose nothing.
  void add_polygon(const std::vector<PointF>& points, int set);

  [[nodiscard]] bool empty() const { return edges_.empty(); }

  /// Pixels that coverage may touch, with a margin of one empty pixel all round.
  [[nodiscard]] Rect bounds() const;

  /// One side: from the first to the last sub-scanline it crosses.
  struct Edge {
    std::int32_t first = 0, last = 0;  ///< Sub-scanlines, half-open.
    std::int64_t x = 0;                ///< At the centre of `first`, 1/65536 of 1/256 pixel.
    std::int64_t step = 0;             ///< Per sub-scanline.
    std::int8_t winding = 0;
    std::uint8_t set = 0;
  };

  [[nodiscard]] const std::vector<Edge>& edges() const { return edges_; }

  [[nodiscard]] int sub_scanlines() const { return sub_scanlines_; }

 private:
  int sub_scanlines_;
  std::vector<Edge> edges_;
  double left_ = 1e9, top_ = 1e9, right_ = -1e9, bottom_ = -1e9;
};

/// Coverage of the union within edges.bounds(). Integers only. "text-too-large" above 64 million pixels.
Result<Mask> fill_edges(const Edges& edges);

/// "text-too-large" for a mask or picture that would be too large.
Status check_area(const Rect& bounds);

}  // namespace capsule::text

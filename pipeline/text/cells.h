#pragma once
#include <cstdint>
#include <string_view>
#include <vector>

#include "text/paragraph.h"

namespace capsule::text {

/// One grapheme cluster on a line: its place between pen positions, and its glyphs. Pixels from the line's x.
struct Cell {
  std::int32_t start = 0;  ///< Code points of the paragraph, half-open.
  std::int32_t end = 0;
  double left = 0, right = 0;
  std::vector<int> whole;  ///< Indices into Run::glyphs that are this cluster's alone.
  int shared = -1;         ///< The glyph of a ligature, of which the cluster has the slice below.
  double slice_left = 0, slice_right = 0;
};

/// The clusters of one run, in logical order.
struct RunCells {
  int run = 0;
  bool right_to_left = false;
  std::vector<Cell> cells;
};

/// All runs of a line, in logical order. `text` is the paragraph's, `graphemes` the bounds of its grapheme
/// clusters, both ends included. Every glyph is in one cell, or shared by neighbouring cells that slice it.
std::vector<RunCells> cells_of(const Line& line, std::u32string_view text,
                               const std::vector<std::int32_t>& graphemes);

}  // namespace capsule::text

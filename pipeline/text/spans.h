#pragma once
#include <cstdint>
#include <vector>

#include "base/geometry.h"
#include "text/paragraph.h"

// Where letters stand on a line that was shaped once: highlights, colours and reveals are cuts of it, never
// another shaping.
namespace capsule::text {

/// Code points of Paragraph::text, half-open.
struct Range {
  std::int32_t start = 0, end = 0;
  friend bool operator==(const Range&, const Range&) = default;
};

/// What letters of one run have of a line's breadth. Pixels in the paragraph's box.
struct Span {
  int line = 0, run = 0;  ///< Indices into Paragraph::lines and Line::runs.
  bool right_to_left = false;
  Range letters;               ///< Whole grapheme clusters.
  double left = 0, right = 0;  ///< Between pen positions.
  /// Around the ink of these letters and [left, right]; a letter's tail may reach under its neighbour.
  double ink_left = 0, ink_right = 0;
};

/// The letters of a range, in logical order, those that stand side by side in one run as one. A bound inside
/// a grapheme cluster counts as the cluster's begin. Inside a ligature letters part at the font's carets
/// (GDEF), or share its advance equally where it has none. Line ends and letters of other lines have no span.
std::vector<Span> spans_of(const Paragraph& paragraph, Range range);

/// What is passed after `progress` (0..1, of the advance) of the way through a range: spans as above, the
/// last one cut at the edge, which moves leftwards in right-to-left runs and rightwards in others. Grows with
/// progress; all of spans_of() at 1.
std::vector<Span> swept(const Paragraph& paragraph, Range range, double progress);

/// A span as a rectangle of the paragraph's box: between pen positions, as high as its line's own box.
RectF box_of(const Paragraph& paragraph, const Span& span);

/// Bounds of the grapheme clusters of the text: 0, …, its length.
std::vector<std::int32_t> clusters_of(const Paragraph& paragraph);

/// A glyph that letters own, or the upright slice of a ligature that is theirs.
struct OwnedGlyph {
  int line = 0, run = 0, glyph = 0;
  /// Set: only what lies between these x, in pixels from the glyph's origin.
  bool sliced = false;
  double from = 0, to = 0;
};

/// The glyphs of a range. Every glyph, or slice of one, belongs to exactly one grapheme cluster: marks to
/// their letter, also where they reach over a neighbour. Ranges that share no letter share no ink but where
/// outlines of neighbours overlap.
std::vector<OwnedGlyph> glyphs_of(const Paragraph& paragraph, Range range);

}  // namespace capsule::text

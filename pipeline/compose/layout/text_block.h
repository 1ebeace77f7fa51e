#pragma once
#include <optional>
#include <string>
#include <vector>

#include "compose/pixels/art.h"
#include "compose/pixels/light.h"
#include "compose/workshop.h"
#include "text/paragraph.h"
#include "text/spans.h"

namespace capsule::compose {

/// A paragraph with its plate, placed on the canvas.
struct TextBlock {
  text::Paragraph paragraph;
  RectF lines;  ///< Around the advance boxes of all lines, in the paragraph's box.
  double pad_left = 0, pad_right = 0, pad_y = 0;  ///< Between the lines and the edge of the plate.
  PointF origin;  ///< Top-left of the paragraph's box on the canvas, whole pixels.
  /// Of the plate, or of the lines where there is none.
  [[nodiscard]] SizeF size() const;
  [[nodiscard]] RectF box() const;
  /// Moves the block so that its box has this top-left corner, to the nearest pixel.
  void put(PointF corner);
};

/// The room a text may take, plate included. Width 0 = as wide as it likes; height 0 = as high.
struct Room {
  double width = 0, height = 0;
  double scale = 1;  ///< Of the font size, never below the style's smallest.
};

/// Wraps, then shrinks to the style's smallest size; warns once of letters without a glyph. `shown` is what
/// is drawn.
Result<TextBlock> lay_text(Workshop& shop, const timeline::Text& text, const std::string& shown,
                           const Room& room);
/// Warns once that a text is too large even at its smallest size.
void warn_unless_fits(Workshop& shop, const TextBlock& block);

/// Around all that is drawn.
RectF ink_of(const TextBlock& block, const timeline::TextStyle& style);

/// What letters' edges are seen against: their outline, else their box, else what they are likely to stand
/// on. The same whatever colour they take, so that their coverage is.
struct LightTables {
  CoverageTable outline, fill;
};

LightTables light_tables(const timeline::TextStyle& style);

/// Which letters of a block are drawn, and in which colours.
struct Letters {
  std::optional<Color> color{};                    ///< Instead of the style's.
  std::vector<timeline::ColorSpan> spans{};        ///< The later one wins.
  std::optional<std::vector<text::Range>> only{};  ///< The others are left out; none moves.
  const LightTables* light = nullptr;              ///< Those of the style, where they are at hand.
};

/// The plate behind all lines (empty where there is none or it is per line).
Art plate_art(const TextBlock& block, const timeline::TextStyle& style);
/// The lines: per-line boxes, shadow, glow, outline, letters, emoji.
Result<Art> letters_art(const TextBlock& block, const timeline::TextStyle& style,
                        const Letters& letters = {});
/// Plate and letters united.
Result<Art> text_art(const TextBlock& block, const timeline::TextStyle& style, const Letters& letters = {});
/// The boxes of a plate per line, one art for each line (empty where there is none), that together cover no
/// pixel twice.
Result<std::vector<Art>> boxes_art(const TextBlock& block, const timeline::TextStyle& style);
/// A plate around a box of any kind: colour, round corners, a bar at its edge side.
Art plate_art(const RectF& box, const timeline::Plate& plate);
/// Union of two arts, `above` on top.
Art united(Art below, const Art& above);

}  // namespace capsule::compose

#pragma once
#include <cstdint>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "text/bidi.h"
#include "text/paragraph.h"
#include "text/shape.h"
#include "text/tokens.h"

namespace capsule::text {

/// A stretch of one level, script and font, shaped as a whole with the paragraph around it.
struct Item {
  std::int32_t start = 0, end = 0;
  std::uint8_t level = 0;
  std::uint32_t script = 0;
  FacePtr face;
  double em = 0;                    ///< Size of a font unit in em, `scale` included.
  std::vector<ShapedGlyph> glyphs;  ///< Visual order.
  double scale = 1;                 ///< Of the paragraph's size (match_size.h).
  bool joins = false;               ///< Has letters that join.
};

/// Everything about the text between two explicit line ends that does not depend on size and width.
/// Indices count from the start of this text; lengths are in em.
struct Analysis {
  std::int32_t offset = 0;  ///< Of this text in the whole.
  std::u32string text;      ///< As it is shaped: controls without a shape are zero-width.
  std::string language;     ///< Primary subtag.
  double tracking = 0;      ///< Em.
  Levels levels;
  std::vector<Token> tokens;
  std::vector<Item> items;  ///< Logical order, no gaps.
  std::vector<double> sum;  ///< sum[i] = advances of the clusters before i; size + 1 entries.
  std::vector<bool> safe;   ///< Whether the text may be cut before i without shaping again; size + 1 entries.
  std::vector<std::int32_t> breaks;     ///< Where a line may end (break_rules.h).
  std::vector<std::int32_t> graceful;   ///< Where it may end well.
  std::vector<std::int32_t> reluctant;  ///< Where a line may end when it is too wide otherwise.
};

/// `text` has no line ends. Letters that no font has are added to `missing`.
Analysis analyse(std::u32string_view text, const ParagraphStyle& style, Shaper& shaper,
                 std::u32string& missing);

/// The glyphs of [start, end), which lies inside one item: a slice, or shaped again where a cut is unsafe.
std::vector<ShapedGlyph> glyphs_between(const Analysis& analysis, const Item& item, std::int32_t start,
                                        std::int32_t end, Shaper& shaper);

/// Width in em of [start, end) set as a line of its own, without its trailing white space.
double line_width(const Analysis& analysis, std::int32_t start, std::int32_t end, Shaper& shaper);

/// The first item that reaches beyond `start`.
std::vector<Item>::const_iterator first_item(const Analysis& analysis, std::int32_t start);

/// `end` without the white space before it.
std::int32_t trimmed_end(const Analysis& analysis, std::int32_t start, std::int32_t end);

}  // namespace capsule::text

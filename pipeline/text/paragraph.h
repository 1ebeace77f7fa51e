#pragma once
#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "base/geometry.h"
#include "base/result.h"
#include "text/font.h"

namespace capsule::text {

enum class DirectionRule { kLanguage, kAuto, kRightToLeft, kLeftToRight };
enum class Wrap { kBalanced, kGreedy };
/// kNone: the plain algorithms of Unicode, without the house's tokens and spelling (orthography.h).
enum class Isolate { kAuto, kNone };
enum class Digits { kAsTyped, kWestern, kArabicIndic };
/// Logical: start is the right edge in a right-to-left paragraph.
enum class Align { kStart, kCenter, kEnd };

/// Letters that stand out.
struct Emphasis {
  std::int32_t start = 0, end = 0;  ///< Code points of the text, half-open.
  bool bold = false;
  bool italic = false;  ///< Latin, Greek and Cyrillic only: Arabic has no slanted hand.
  bool underline = false, strike = false;
  friend bool operator==(const Emphasis&, const Emphasis&) = default;
};

/// How a paragraph is laid out. Lengths in pixels.
struct ParagraphStyle {
  std::vector<FacePtr>
      fonts;  ///< In order of preference; the first that has all letters of a joining group wins.
  std::string language = "ar-MA";
  DirectionRule direction = DirectionRule::kLanguage;
  double size = 40;  ///< Pixels per em.
  double min_size =
      0;  ///< > 0: shrink down to it (steps of 2 %) until the text fits width, height and max_lines.
  double width = 0;       ///< Wrap width; 0 = never wrap.
  double max_height = 0;  ///< 0 = no limit.
  int max_lines = 0;      ///< 0 = no limit.
  Wrap wrap = Wrap::kBalanced;
  Isolate isolate = Isolate::kAuto;
  Align align = Align::kStart;
  double line_height = 1.3;  ///< Baseline distance in em; grown where the ink of neighbours would touch.
  double tracking = 0;       ///< Em added after each letter; never between letters that join.
  bool kashida = false;      ///< Short lines grow to the widest by tatweels; never in vocalised text.
  bool ellipsis = false;     ///< What is too long even at min_size ends with "…".
  Digits digits = Digits::kAsTyped;
  std::vector<Emphasis> emphasis{};  ///< In order, never overlapping.
  std::vector<FontCuts> cuts{};  ///< FontLibrary::cuts() of `fonts`, where a part of the emphasis needs them.
};

struct Glyph {
  std::uint32_t id = 0;
  std::int32_t cluster = 0;  ///< Code point index in the paragraph's text.
  double x = 0, y = 0;       ///< Pen position in the line before the offsets, y down from the baseline.
  double advance = 0;
  double x_offset = 0, y_offset = 0;  ///< Right and up, as HarfBuzz gives them.
};

/// Glyphs of one face, level, script and size, in visual order.
struct Run {
  FacePtr face;
  double size = 0;  ///< May differ from the paragraph's for size-matched fallbacks.
  int level = 0;
  std::string script;    ///< "Arab"
  std::string language;  ///< "ar"
  std::vector<Glyph> glyphs;
};

struct Line {
  std::int32_t start = 0, end = 0;  ///< Code points, half-open.
  double x = 0;                     ///< Left edge of the line's advance box in the paragraph's box.
  double baseline = 0;              ///< y of the baseline from the paragraph's top, down.
  double width = 0;                 ///< Sum of advances without trailing white space.
  double ascent = 0, descent = 0;   ///< Of the fonts used, both positive.
  RectF ink;                ///< Around all glyph outlines and bars, relative to (x, baseline), y down.
  std::vector<Run> runs;    ///< Visual order, left to right.
  std::vector<RectF> bars;  ///< Under and through letters, relative to (x, baseline); none meets ink below.
};

/// A laid-out paragraph: pure data, relative to the top-left of its box.
struct Paragraph {
  std::u32string text;  ///< As given, or its beginning and "…" where it was shortened.
  Direction direction = Direction::kRightToLeft;
  double size = 0;   ///< The size used, after shrinking.
  bool fits = true;  ///< False when even min_size was too large for width, height or max_lines.
  double width = 0;  ///< The wrap width, or the widest line where there was none.
  double height = 0;
  /// A line's own box, without grown gaps, reaches from baseline + line_top (negative) to baseline +
  /// line_bottom.
  double line_top = 0, line_bottom = 0;
  RectF ink;  ///< Of all lines, in the paragraph's box.
  std::vector<Line> lines;
  bool tracking_refused = false;  ///< Some of the text joins its letters.
  bool kashida_refused = false;   ///< The text is vocalised.
  bool shortened = false;         ///< `text` ends with an ellipsis that its author did not write.
  /// Letters for which no font had a glyph, once each, for a warning that names them.
  std::u32string missing;
};

/// Lays out UTF-8 text; LF, CR LF, U+2028 and U+2029 end lines. Steps: tokens → UBA levels → itemise → shape
/// whole items with context → break → per-line reorder → place (TEXT.md 6). Errors: "text-limit" (10 000 code
/// points), "font-not-found" without any font. Thread-safe: faces are immutable and every call uses its own
/// buffers.
Result<Paragraph> lay_out(std::string_view utf8, const ParagraphStyle& style);

/// The JSON object of `capsule text --glyphs` (TEXT.md).
std::string glyphs_json(std::string_view utf8, const Paragraph& paragraph);

}  // namespace capsule::text

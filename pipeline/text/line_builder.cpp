#include "text/line_builder.h"

#include <algorithm>
#include <utility>

#include "text/script.h"

namespace capsule::text {
namespace {

/// The part of an item on a line that has one level after rule L1; without an item, the border of an
/// isolation.
struct Piece {
  const Item* item = nullptr;
  std::int32_t start = 0, end = 0;
  std::uint8_t level = 0;
};

/// The end of the stretch from `from` on that has one level, at most `most`.
std::int32_t level_end(const std::vector<std::uint8_t>& levels, std::int32_t from, std::int32_t most) {
  std::int32_t end = from + 1;
  while (end < most && levels[static_cast<std::size_t>(end)] == levels[static_cast<std::size_t>(from)]) {
    ++end;
  }
  return end;
}

std::vector<Piece> pieces_of(const Analysis& analysis, std::int32_t start, std::int32_t end) {
  const auto count = static_cast<std::size_t>(end - start);
  const auto first = analysis.levels.of.begin() + start;
  std::vector<std::uint8_t> levels(first, first + static_cast<std::ptrdiff_t>(count));
  reset_line_end(std::u32string_view(analysis.text).substr(static_cast<std::size_t>(start), count),
                 analysis.levels.base, levels);
  std::vector<Piece> pieces;
  const std::vector<Border>& borders = analysis.levels.borders;
  auto border = std::find_if(borders.begin(), borders.end(),
                             [start](const Border& each) { return each.before > start; });
  for (auto item = first_item(analysis, start); item != analysis.items.end() && item->start < end; ++item) {
    const std::int32_t to = std::min(item->end, end);
    for (std::int32_t i = std::max(item->start, start); i < to;) {
      for (; border != borders.end() && border->before <= i; ++border) {
        pieces.push_back({nullptr, i, i, border->level});
      }
      const std::int32_t most = border == borders.end() ? to : std::min(to, border->before);
      const std::uint8_t level = levels[static_cast<std::size_t>(i - start)];
      const std::int32_t next = start + level_end(levels, i - start, most - start);
      pieces.push_back({&*item, i, next, level});
      i = next;
    }
  }
  return pieces;
}

/// White space whose level L1 changed is cut off its item; it joins nothing, so the item may be sliced there.
std::vector<ShapedGlyph> glyphs_of(const Analysis& analysis, const Piece& piece, std::int32_t line_end,
                                   Shaper& shaper) {
  const std::int32_t item_end = std::min(piece.item->end, line_end);
  std::vector<ShapedGlyph> glyphs = glyphs_between(analysis, *piece.item, piece.start, item_end, shaper);
  std::erase_if(glyphs, [&](const ShapedGlyph& glyph) { return glyph.cluster >= piece.end; });
  return glyphs;
}

Run to_run(const Analysis& analysis, const Piece& piece, std::vector<ShapedGlyph> shaped, double size) {
  Run run;
  run.face = piece.item->face;
  run.size = size * piece.item->scale;
  run.level = piece.level;
  run.script = script_name(piece.item->script);
  run.language = analysis.language;
  const double unit = piece.item->em * size;
  if (piece.item->level % 2 != piece.level % 2) {
    std::reverse(shaped.begin(), shaped.end());
  }
  for (const ShapedGlyph& glyph : shaped) {
    run.glyphs.push_back({glyph.id, glyph.cluster + analysis.offset, 0, 0, glyph.advance * unit,
                          glyph.x_offset * unit, glyph.y_offset * unit});
  }
  return run;
}

}  // namespace

RectF ink_of(const Run& run, const Glyph& glyph) {
  const FaceData* data = run.face->data();
  const RectF box = glyph_ink(*run.face, glyph.id);
  if (data == nullptr || box.empty()) {
    return {};
  }
  const double unit = run.size / data->units_per_em;
  return {glyph.x + glyph.x_offset + box.x * unit, glyph.y - glyph.y_offset + box.y * unit, box.width * unit,
          box.height * unit};
}

Line build_line(const Analysis& analysis, std::int32_t start, std::int32_t end, double size, Shaper& shaper) {
  Line line;
  line.start = start + analysis.offset;
  line.end = end + analysis.offset;
  const std::vector<Piece> pieces = pieces_of(analysis, start, end);
  std::vector<std::uint8_t> levels;
  levels.reserve(pieces.size());
  std::transform(pieces.begin(), pieces.end(), std::back_inserter(levels),
                 [](const Piece& p) { return p.level; });
  for (const std::int32_t index : visual_order(levels)) {
    const Piece& piece = pieces[static_cast<std::size_t>(index)];
    if (piece.item == nullptr) {
      continue;
    }
    // A font without a space has nothing to show for signs that are not seen.
    if (Run run = to_run(analysis, piece, glyphs_of(analysis, piece, end, shaper), size);
        !run.glyphs.empty()) {
      line.runs.push_back(std::move(run));
    }
  }
  const std::int32_t last = trimmed_end(analysis, start, end) + analysis.offset;
  double trailing = 0;
  double whole = 0;
  for (const Run& run : line.runs) {
    for (const Glyph& glyph : run.glyphs) {
      whole += glyph.advance;
      trailing += glyph.cluster >= last ? glyph.advance : 0;
    }
  }
  line.width = whole - trailing;
  double pen = analysis.levels.base % 2 == 1 ? -trailing : 0.0;
  for (Run& run : line.runs) {
    for (Glyph& glyph : run.glyphs) {
      glyph.x = pen;
      pen += glyph.advance;
      line.ink = unite(line.ink, ink_of(run, glyph));
    }
  }
  return line;
}

}  // namespace capsule::text

#include "compose/layout/text_block.h"

#include <cmath>

#include "compose/shapes/coverage.h"
#include "language/segmentation.h"
#include "language/tag.h"
#include "language/unicode.h"
#include "text/raster.h"

namespace capsule::compose {
namespace {

using timeline::HAlign;
using timeline::Plate;
using timeline::Side;
using timeline::TextStyle;

text::Align align_of(HAlign align, Direction direction) {
  if (align == HAlign::kCenter) {
    return text::Align::kCenter;
  }
  const bool at_start = (align == HAlign::kRight) == (direction == Direction::kRightToLeft);
  return at_start ? text::Align::kStart : text::Align::kEnd;
}

RectF lines_of(const text::Paragraph& paragraph) {
  RectF all;
  for (const text::Line& line : paragraph.lines) {
    all = unite(all, RectF{line.x, 0, std::max(line.width, 1.0), std::max(paragraph.height, 1.0)});
  }
  return all;
}

double edge_pad(const Plate& plate, Side side) {
  return plate.edge && plate.edge_side == side ? plate.edge_width : 0;
}

RectF shifted(const RectF& box, PointF by) {
  return {box.x + by.x, box.y + by.y, box.width, box.height};
}

RectF grown(const RectF& box, double by) {
  return {box.x - by, box.y - by, box.width + 2 * by, box.height + 2 * by};
}

text::PaintStyle paint_of(const TextStyle& style) {
  text::PaintStyle paint;
  if (style.outline) {
    paint.outline = style.outline->width;
  }
  if (style.shadow) {
    paint.shadow = true;
    paint.shadow_blur = style.shadow->blur;
    paint.shadow_offset = {style.shadow->dx, style.shadow->dy};
  }
  if (style.glow) {
    paint.glow = style.glow->blur;
  }
  if (style.plate && style.plate->per_line) {
    paint.box = true;
    paint.box_pad_x = style.plate->pad_x;
    paint.box_pad_y = style.plate->pad_y;
    paint.box_radius = style.plate->radius;
  }
  return paint;
}

Rect emoji_at(const text::Masks& masks) {
  if (!masks.emoji) {
    return {};
  }
  return {static_cast<int>(std::lround(masks.emoji_at.x)), static_cast<int>(std::lround(masks.emoji_at.y)),
          masks.emoji->size().width, masks.emoji->size().height};
}

Rect whole_pixels(const RectF& box) {
  const int x = static_cast<int>(std::lround(box.x));
  const int y = static_cast<int>(std::lround(box.y));
  return {x, y, static_cast<int>(std::lround(box.right())) - x,
          static_cast<int>(std::lround(box.bottom())) - y};
}

/// The part of a mask that lies in a rectangle.
Mask cut(const Mask& mask, const Rect& area) {
  const Rect inside = intersect(mask.bounds(), area);
  if (inside.empty()) {
    return {};
  }
  Mask part = Mask::make(inside);
  for (int y = 0; y < inside.height; ++y) {
    const std::uint8_t* from = mask.row(y + inside.y - mask.bounds().y) + (inside.x - mask.bounds().x);
    std::copy(from, from + inside.width, part.row(y));
  }
  return part;
}

Rect bar_of(const Rect& box, Side side, int width) {
  switch (side) {
    case Side::kLeft:
      return {box.x, box.y, width, box.height};
    case Side::kRight:
      return {box.right() - width, box.y, width, box.height};
    case Side::kTop:
      return {box.x, box.y, box.width, width};
    case Side::kBottom:
      break;
  }
  return {box.x, box.bottom() - width, box.width, width};
}

text::Digits digits_of(timeline::DigitForm form) {
  switch (form) {
    case timeline::DigitForm::kWestern:
      return text::Digits::kWestern;
    case timeline::DigitForm::kArabic:
      return text::Digits::kArabicIndic;
    case timeline::DigitForm::kAsTyped:
      break;
  }
  return text::Digits::kAsTyped;
}

text::ParagraphStyle paragraph_style(const timeline::Text& text, const Room& room) {
  const TextStyle& style = text.style;
  text::ParagraphStyle out;
  out.language = text.language;
  out.min_size = std::min(style.min_size, style.size);
  out.size = std::max(style.size * room.scale, out.min_size);
  out.max_lines = style.max_lines;
  out.wrap = style.balanced ? text::Wrap::kBalanced : text::Wrap::kGreedy;
  out.tracking = style.spelling.tracking;
  out.kashida = style.spelling.kashida;
  out.ellipsis = style.spelling.ellipsis;
  out.digits = digits_of(style.spelling.digits);
  out.align = align_of(style.align, language::direction_of(text.language));
  out.line_height = style.line_height;
  return out;
}

/// Spans without overlaps, the later ones on top.
std::vector<timeline::ColorSpan> flattened(const std::vector<timeline::ColorSpan>& spans,
                                           std::size_t length) {
  std::vector<int> on_top(length, -1);
  for (std::size_t i = 0; i < spans.size(); ++i) {
    const auto start = std::clamp<std::int64_t>(spans[i].start, 0, static_cast<std::int64_t>(length));
    const auto end = std::clamp<std::int64_t>(spans[i].end, start, static_cast<std::int64_t>(length));
    std::fill(on_top.begin() + start, on_top.begin() + end, static_cast<int>(i));
  }
  std::vector<timeline::ColorSpan> out;
  for (std::size_t i = 0; i < length; ++i) {
    if (on_top[i] < 0) {
      continue;
    }
    const auto at = static_cast<std::int32_t>(i);
    if (i > 0 && on_top[i] == on_top[i - 1]) {
      out.back().end = at + 1;
    } else {
      out.push_back({at, at + 1, spans[static_cast<std::size_t>(on_top[i])].color});
    }
  }
  return out;
}

/// Letters in colours of their own, and how much of the ink is theirs.
struct Colored {
  std::vector<timeline::ColorSpan> spans;
  std::vector<Mask> shares;
};

/// `fill` as it was rasterised: shares are those of its ink.
Result<Colored> colored(const TextBlock& block, const Mask& fill, const Letters& letters) {
  Colored out{flattened(letters.spans, block.paragraph.text.size()), {}};
  if (out.spans.empty()) {
    return out;
  }
  std::vector<text::Range> ranges;
  ranges.reserve(out.spans.size());
  std::ranges::transform(out.spans, std::back_inserter(ranges), [](const timeline::ColorSpan& span) {
    return text::Range{span.start, span.end};
  });
  TRY_ASSIGN(out.shares, text::ownership(block.paragraph, ranges, fill, block.origin));
  return out;
}

void paint_fill(Art& art, const Mask& fill, Color base, const Colored& parts) {
  if (parts.spans.empty()) {
    paint(art, fill, base);
    return;
  }
  std::vector<Patch> patches;
  for (std::size_t i = 0; i < parts.spans.size(); ++i) {
    patches.push_back({&parts.shares[i], parts.spans[i].color});
  }
  paint(art, fill, base, patches);
}

void stand_out(Workshop& shop, const timeline::Text& text, text::ParagraphStyle& style) {
  bool cut = false;
  for (const timeline::Emphasis& part : text.emphasis) {
    const auto& [start, end, bold, italic, underline, strike] = part;
    style.emphasis.push_back({start, end, bold, italic, underline, strike});
    cut = cut || bold || italic;
  }
  if (cut) {
    style.cuts = shop.cuts(style.fonts);
  }
}

/// What was asked of the text and cannot be.
void warn_of_refusals(Workshop& shop, const text::Paragraph& paragraph) {
  if (!paragraph.missing.empty()) {
    shop.warn({Code{"glyphs-missing"}, {{"letters", language::names_of(paragraph.missing)}}, {}, {}, {}});
  }
  const std::string words = language::to_utf8(paragraph.text);
  if (paragraph.tracking_refused) {
    shop.warn({Code{"tracking-refused"}, {{"text", words}}, {}, {}, {}});
  }
  if (paragraph.kashida_refused) {
    shop.warn({Code{"kashida-refused"}, {{"text", words}}, {}, {}, {}});
  }
}

}  // namespace

LightTables light_tables(const TextStyle& style) {
  constexpr int kSolid = 200;
  const bool boxed = style.plate && style.plate->color.a >= kSolid;
  const auto over = [&](Color ink) { return boxed ? style.plate->color : likely_ground(ink); };
  LightTables out{};
  if (style.outline) {
    out.outline = light_table(style.outline->color, over(style.outline->color));
  }
  out.fill = light_table(style.color, style.outline ? style.outline->color : over(style.color));
  return out;
}

SizeF TextBlock::size() const {
  return {lines.width + pad_left + pad_right, lines.height + 2 * pad_y};
}

RectF TextBlock::box() const {
  const SizeF s = size();
  return {origin.x + lines.x - pad_left, origin.y + lines.y - pad_y, s.width, s.height};
}

void TextBlock::put(PointF corner) {
  origin = {std::round(corner.x + pad_left - lines.x), std::round(corner.y + pad_y - lines.y)};
}

Result<TextBlock> lay_text(Workshop& shop, const timeline::Text& text, const std::string& shown,
                           const Room& room) {
  TextBlock block;
  if (text.style.plate) {
    const Plate& plate = *text.style.plate;
    block.pad_left = plate.pad_x + edge_pad(plate, Side::kLeft);
    block.pad_right = plate.pad_x + edge_pad(plate, Side::kRight);
    block.pad_y = plate.pad_y;
  }
  text::ParagraphStyle style = paragraph_style(text, room);
  TRY_ASSIGN(style.fonts, shop.fonts(text.style.fonts));
  stand_out(shop, text, style);
  if (room.width > 0) {
    style.width = std::max(1.0, room.width - block.pad_left - block.pad_right);
  }
  if (room.height > 0) {
    style.max_height = std::max(1.0, room.height - 2 * block.pad_y);
  }
  TRY_ASSIGN(block.paragraph, text::lay_out(shown, style));
  block.lines = lines_of(block.paragraph);
  warn_of_refusals(shop, block.paragraph);
  return block;
}

void warn_unless_fits(Workshop& shop, const TextBlock& block) {
  if (!block.paragraph.fits) {
    const Code code = block.paragraph.shortened ? Code{"text-shortened"} : Code{"text-does-not-fit"};
    shop.warn({code, {{"text", language::to_utf8(block.paragraph.text)}}, {}, {}, {}});
  }
}

RectF ink_of(const TextBlock& block, const TextStyle& style) {
  RectF ink = shifted(block.paragraph.ink, block.origin);
  const RectF letters = ink;
  if (style.outline) {
    ink = grown(ink, style.outline->width);
  }
  if (style.shadow) {
    const RectF shadow = shifted(letters, {style.shadow->dx, style.shadow->dy});
    ink = unite(ink, grown(shadow, 3 * style.shadow->blur + 1));
  }
  if (style.glow) {
    ink = unite(ink, grown(letters, 3 * style.glow->blur + 1));
  }
  return style.plate ? unite(ink, block.box()) : ink;
}

Art plate_art(const RectF& box, const Plate& plate) {
  const Rect pixels = whole_pixels(box);
  const Mask mask = rounded_rect({static_cast<double>(pixels.x), static_cast<double>(pixels.y),
                                  static_cast<double>(pixels.width), static_cast<double>(pixels.height)},
                                 plate.radius);
  Art art(mask.bounds());
  paint(art, mask, plate.color);
  if (plate.edge) {
    const int width = static_cast<int>(std::lround(plate.edge_width));
    paint(art, cut(mask, bar_of(pixels, plate.edge_side, width)), *plate.edge);
  }
  return art;
}

Art plate_art(const TextBlock& block, const TextStyle& style) {
  if (!style.plate || style.plate->per_line || block.paragraph.lines.empty()) {
    return {};
  }
  return plate_art(block.box(), *style.plate);
}

Result<Art> letters_art(const TextBlock& block, const TextStyle& style, const Letters& letters) {
  const text::PaintStyle how = paint_of(style);
  TRY_ASSIGN(text::Masks masks, letters.only
                                    ? text::rasterise(block.paragraph, how, *letters.only, block.origin)
                                    : text::rasterise(block.paragraph, how, block.origin));
  Rect bounds = unite(masks.box.bounds(), unite(masks.shadow.bounds(), masks.glow.bounds()));
  bounds = unite(bounds, unite(masks.outline.bounds(), masks.fill.bounds()));
  Art art(unite(bounds, emoji_at(masks)));
  if (style.plate && style.plate->per_line) {
    paint(art, masks.box, style.plate->color);
  }
  if (style.shadow) {
    paint(art, masks.shadow, style.shadow->color);
  }
  if (style.glow) {
    paint(art, masks.glow, style.glow->color);
  }
  TRY_ASSIGN(const Colored parts, colored(block, masks.fill, letters));
  if (style.linear) {
    const LightTables tables = letters.light == nullptr ? light_tables(style) : *letters.light;
    recover(masks.outline, tables.outline);
    recover(masks.fill, tables.fill);
  }
  if (style.outline) {
    paint(art, masks.outline, style.outline->color);
  }
  paint_fill(art, masks.fill, letters.color.value_or(style.color), parts);
  if (masks.emoji) {
    paint(art, *masks.emoji, emoji_at(masks).x, emoji_at(masks).y);
  }
  return art;
}

Result<std::vector<Art>> boxes_art(const TextBlock& block, const TextStyle& style) {
  const std::vector<text::Line>& lines = block.paragraph.lines;
  std::vector<Art> out(lines.size());
  if (!style.plate || !style.plate->per_line) {
    return out;
  }
  TRY_ASSIGN(const text::Masks masks,
             text::rasterise(block.paragraph, paint_of(style), std::vector<text::Range>{}, block.origin));
  const Rect all = masks.box.bounds();
  std::size_t box = 0;
  int top = all.y;
  for (std::size_t i = 0; i < lines.size() && box < masks.boxes.size(); ++i) {
    if (lines[i].width <= 0) {
      continue;
    }
    const bool last = box + 1 == masks.boxes.size();
    const int bottom = last ? all.bottom() : (masks.boxes[box].bottom() + masks.boxes[box + 1].y) / 2;
    const Mask part = cut(masks.box, {all.x, top, all.width, bottom - top});
    out[i] = Art(part.bounds());
    paint(out[i], part, style.plate->color);
    top = bottom;
    ++box;
  }
  return out;
}

Result<Art> text_art(const TextBlock& block, const TextStyle& style, const Letters& letters) {
  TRY_ASSIGN(const Art drawn, letters_art(block, style, letters));
  return united(plate_art(block, style), drawn);
}

Art united(Art below, const Art& above) {
  if (below.empty()) {
    return above;
  }
  const Rect bounds = unite(below.bounds(), above.bounds());
  if (!(bounds == below.bounds())) {
    Art larger(bounds);
    paint(larger, below);
    below = std::move(larger);
  }
  paint(below, above);
  return below;
}

}  // namespace capsule::compose

#include "text/raster.h"

#include <algorithm>
#include <cmath>
#include <utility>

#include "text/bars.h"
#include "text/blur.h"
#include "text/boxes.h"
#include "text/contours.h"
#include "text/edges.h"
#include "text/emoji_layer.h"
#include "text/kept.h"
#include "text/layers.h"
#include "text/mask_key.h"
#include "text/outline.h"

namespace capsule::text {
namespace {

/// What the glyphs of a paragraph are made of, in pixels.
struct Shapes {
  Edges fill{16};
  // A stroke has few level edges, on which the number of sub-scanlines shows.
  Edges outline{8};
  std::vector<PlacedPicture> pictures;
  double stroke = 0;
};

/// What is taken of a glyph: all of it, or an upright slice.
struct Slice {
  double left = -1e9, right = 1e9;  ///< Pixels.

  [[nodiscard]] bool all() const { return left <= -1e8 && right >= 1e8; }
};

Slice slice_of(const OwnedGlyph& owned, double origin) {
  return owned.sliced ? Slice{origin + owned.from, origin + owned.to} : Slice{};
}

void add_picture(Shapes& shapes, const Run& run, const ColorGlyph& color, PointF at) {
  const double scale = run.size / color.ppem;
  const Size size = color.picture->size();
  shapes.pictures.push_back(
      {color.picture,
       {at.x + color.left * scale, at.y - color.top * scale, size.width * scale, size.height * scale}});
}

void add_outline(Shapes& shapes, const Face& face, std::uint32_t id, Placement placement, Slice slice) {
  const double thicker = face.data() == nullptr ? 0.0 : face.data()->thicker * placement.scale;
  for (const auto& whole : glyph_contours(face, id, placement)) {
    const auto& contour = slice.all() ? whole : sliced(whole, slice.left, slice.right);
    shapes.fill.add_polygon(contour, Edges::kFill);
    add_stroke(shapes.fill, contour, thicker);
  }
  if (shapes.stroke <= 0) {
    return;
  }
  placement.tolerance = 1.0 / 12;
  for (const auto& whole : glyph_contours(face, id, placement)) {
    const auto& contour = slice.all() ? whole : sliced(whole, slice.left, slice.right);
    shapes.outline.add_polygon(contour, Edges::kFill);
    add_stroke(shapes.outline, contour, shapes.stroke + thicker);
  }
}

void add_bar(Shapes& shapes, const RectF& bar, PointF offset) {
  const double x = bar.x + offset.x;
  const double y = bar.y + offset.y;
  const std::vector<PointF> contour{
      {x, y}, {x + bar.width, y}, {x + bar.width, y + bar.height}, {x, y + bar.height}};
  shapes.fill.add_polygon(contour, Edges::kFill);
  if (shapes.stroke > 0) {
    shapes.outline.add_polygon(contour, Edges::kFill);
    add_stroke(shapes.outline, contour, shapes.stroke);
  }
}

void add_glyph(Shapes& shapes, const Run& run, std::uint32_t id, PointF at, Slice slice) {
  const FaceData* data = run.face->data();
  if (data == nullptr) {
    return;
  }
  if (data->colors != nullptr) {
    if (const auto color = data->colors->glyph(id)) {
      add_picture(shapes, run, *color, at);
      return;
    }
  }
  const Placement placement{run.size / data->units_per_em, at, 1.0 / 30};
  const auto layered = layered_glyph(*run.face, id, placement);
  if (!layered) {
    add_outline(shapes, *run.face, id, placement, slice);
    return;
  }
  for (const std::uint32_t part : layered->plain) {
    add_outline(shapes, *run.face, part, placement, slice);
  }
  if (layered->colored.picture != nullptr) {
    shapes.pictures.push_back(layered->colored);
  }
}

void add_all(Shapes& shapes, const Paragraph& paragraph, PointF offset) {
  for (const Line& line : paragraph.lines) {
    for (const Run& run : line.runs) {
      for (const Glyph& glyph : run.glyphs) {
        add_glyph(shapes, run, glyph.id, origin_of(line, glyph, offset), {});
      }
    }
  }
  for (const RectF& bar : bars_of(paragraph)) {
    add_bar(shapes, bar, offset);
  }
}

void add_range(Shapes& shapes, const Paragraph& paragraph, Range range, PointF offset) {
  for (const OwnedGlyph& owned : glyphs_of(paragraph, range)) {
    const Line& line = paragraph.lines[static_cast<std::size_t>(owned.line)];
    const Run& run = line.runs[static_cast<std::size_t>(owned.run)];
    const Glyph& glyph = run.glyphs[static_cast<std::size_t>(owned.glyph)];
    const PointF at = origin_of(line, glyph, offset);
    add_glyph(shapes, run, glyph.id, at, slice_of(owned, at.x));
  }
  for (const RectF& bar : bars_of(paragraph, range)) {
    add_bar(shapes, bar, offset);
  }
}

/// What throws a shadow: the letters with their stroke, and the pictures.
Result<Mask> caster(const Mask& letters, const EmojiLayer& emoji) {
  if (emoji.picture == nullptr) {
    return letters.clone();
  }
  const Rect bounds = unite(letters.bounds(), emoji.at);
  TRY(check_area(bounds));
  Mask out = Mask::make(bounds);
  for (int y = 0; y < letters.bounds().height; ++y) {
    std::copy_n(letters.row(y), letters.bounds().width,
                out.row(y + letters.bounds().y - bounds.y) + (letters.bounds().x - bounds.x));
  }
  for (int y = 0; y < emoji.at.height; ++y) {
    const std::uint8_t* from = emoji.picture->row(y);
    std::uint8_t* to = out.row(y + emoji.at.y - bounds.y) + (emoji.at.x - bounds.x);
    for (int x = 0; x < emoji.at.width; ++x) {
      to[x] = std::max(to[x], from[static_cast<std::ptrdiff_t>(x) * 4 + 3]);
    }
  }
  return out;
}

Result<Mask> shadow_of(const Mask& letters, const EmojiLayer& emoji, const PaintStyle& paint) {
  TRY_ASSIGN(const Mask solid, caster(letters, emoji));
  TRY_ASSIGN(const Mask soft, blurred(solid, paint.shadow_blur));
  return shifted(soft, paint.shadow_offset);
}

std::vector<Rect> whole_pixels(const std::vector<RectF>& boxes) {
  std::vector<Rect> out;
  for (const RectF& box : boxes) {
    const int x = static_cast<int>(std::floor(box.x));
    const int y = static_cast<int>(std::floor(box.y));
    out.push_back(
        {x, y, static_cast<int>(std::ceil(box.right())) - x, static_cast<int>(std::ceil(box.bottom())) - y});
  }
  return out;
}

/// Full beside the letters, however wide the blur.
Result<Mask> glow_of(const Mask& letters, double sigma) {
  TRY_ASSIGN(Mask soft, blurred(letters, sigma));
  for (int y = 0; y < soft.bounds().height; ++y) {
    std::uint8_t* row = soft.row(y);
    std::transform(row, row + soft.bounds().width, row,
                   [](std::uint8_t value) { return static_cast<std::uint8_t>(std::min(255, 2 * value)); });
  }
  return soft;
}

Result<Masks> masks_of(const Shapes& shapes, const Paragraph& paragraph, const PaintStyle& paint,
                       PointF offset) {
  Masks masks;
  TRY_ASSIGN(masks.fill, fill_edges(shapes.fill));
  if (paint.outline > 0) {
    TRY_ASSIGN(masks.outline, fill_edges(shapes.outline));
  }
  TRY_ASSIGN(const EmojiLayer emoji, draw_pictures(shapes.pictures));
  masks.emoji = emoji.picture;
  masks.emoji_at = {static_cast<double>(emoji.at.x), static_cast<double>(emoji.at.y)};
  const Mask& letters = paint.outline > 0 ? masks.outline : masks.fill;
  if (paint.shadow) {
    TRY_ASSIGN(masks.shadow, shadow_of(letters, emoji, paint));
  }
  if (paint.glow > 0) {
    TRY_ASSIGN(masks.glow, glow_of(letters, paint.glow));
  }
  if (paint.box) {
    const std::vector<RectF> boxes = line_boxes(paragraph, paint, offset);
    masks.boxes = whole_pixels(boxes);
    TRY_ASSIGN(masks.box, fill_edges(rounded(boxes, paint.box_radius)));
  }
  return masks;
}

}  // namespace

Result<Masks> rasterise(const Paragraph& paragraph, const PaintStyle& paint, PointF offset) {
  Workpieces* kept = workpieces_of(paragraph);
  const Digest key = kept == nullptr ? Digest{} : key_of(paragraph, paint, offset);
  if (kept != nullptr) {
    if (const auto found = kept->masks.find(key); found != nullptr) {
      return copy_of(*found);
    }
  }
  Shapes shapes;
  shapes.stroke = paint.outline;
  add_all(shapes, paragraph, offset);
  TRY_ASSIGN(Masks masks, masks_of(shapes, paragraph, paint, offset));
  if (const std::size_t bytes = bytes_of(masks); kept != nullptr && kept->masks.takes(bytes)) {
    kept->masks.add(key, std::make_shared<const Masks>(copy_of(masks)), bytes);
  }
  return masks;
}

Result<Masks> rasterise(const Paragraph& paragraph, const PaintStyle& paint, const std::vector<Range>& only,
                        PointF offset) {
  Shapes shapes;
  shapes.stroke = paint.outline;
  for (const Range& range : only) {
    add_range(shapes, paragraph, range, offset);
  }
  return masks_of(shapes, paragraph, paint, offset);
}

}  // namespace capsule::text

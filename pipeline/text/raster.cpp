#include "text/raster.h"

#include <algorithm>
#include <cmath>
#include <utility>

#include "text/blur.h"
#include "text/boxes.h"
#include "text/edges.h"
#include "text/emoji_layer.h"
#include "text/outline.h"

namespace capsule::text {
namespace {

/// What the glyphs of a paragraph are made of, in pixels.
struct Shapes {
  Edges fill{16};
  // A stroke has few level edges, on which the number of sub-scanlines shows.
  Edges outline{8};
  std::vector<PlacedPicture> pictures;
};

void add_glyph(Shapes& shapes, const Run& run, std::uint32_t id, PointF at, double outline) {
  const FaceData* data = run.face->data();
  if (data == nullptr) {
    return;
  }
  if (data->colors != nullptr) {
    if (const auto color = data->colors->glyph(id)) {
      const double scale = run.size / color->ppem;
      const Size size = color->picture->size();
      shapes.pictures.push_back(
          {color->picture,
           {at.x + color->left * scale, at.y - color->top * scale, size.width * scale, size.height * scale}});
      return;
    }
  }
  const double scale = run.size / data->units_per_em;
  for (const auto& contour : glyph_contours(*run.face, id, {scale, at, 1.0 / 30})) {
    shapes.fill.add_polygon(contour, Edges::kFill);
  }
  if (outline <= 0) {
    return;
  }
  for (const auto& contour : glyph_contours(*run.face, id, {scale, at, 1.0 / 12})) {
    shapes.outline.add_polygon(contour, Edges::kFill);
    add_stroke(shapes.outline, contour, outline);
  }
}

void add_run(Shapes& shapes, const Run& run, PointF origin, double outline) {
  for (const Glyph& glyph : run.glyphs) {
    add_glyph(shapes, run, glyph.id,
              {origin.x + glyph.x + glyph.x_offset, origin.y + glyph.y - glyph.y_offset}, outline);
  }
}

Shapes shapes_of(const Paragraph& paragraph, double outline, PointF offset) {
  Shapes shapes;
  for (const Line& line : paragraph.lines) {
    for (const Run& run : line.runs) {
      add_run(shapes, run, {offset.x + line.x, offset.y + line.baseline}, outline);
    }
  }
  return shapes;
}

Rect unite_pixels(const Rect& a, const Rect& b) {
  if (a.empty() || b.empty()) {
    return a.empty() ? b : a;
  }
  const int x = std::min(a.x, b.x);
  const int y = std::min(a.y, b.y);
  return {x, y, std::max(a.right(), b.right()) - x, std::max(a.bottom(), b.bottom()) - y};
}

/// What throws a shadow: the letters with their stroke, and the pictures.
Result<Mask> caster(const Mask& letters, const EmojiLayer& emoji) {
  if (emoji.picture == nullptr) {
    return letters.clone();
  }
  const Rect bounds = unite_pixels(letters.bounds(), emoji.at);
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

}  // namespace

Result<Masks> rasterise(const Paragraph& paragraph, const PaintStyle& paint, PointF offset) {
  Masks masks;
  const Shapes shapes = shapes_of(paragraph, paint.outline, offset);
  TRY_ASSIGN(masks.fill, fill_edges(shapes.fill));
  if (paint.outline > 0) {
    TRY_ASSIGN(masks.outline, fill_edges(shapes.outline));
  }
  TRY_ASSIGN(const EmojiLayer emoji, draw_pictures(shapes.pictures));
  masks.emoji = emoji.picture;
  masks.emoji_at = {static_cast<double>(emoji.at.x), static_cast<double>(emoji.at.y)};
  if (paint.shadow) {
    TRY_ASSIGN(masks.shadow, shadow_of(paint.outline > 0 ? masks.outline : masks.fill, emoji, paint));
  }
  if (paint.box) {
    const std::vector<RectF> boxes = line_boxes(paragraph, paint, offset);
    masks.boxes = whole_pixels(boxes);
    TRY_ASSIGN(masks.box, fill_edges(rounded(boxes, paint.box_radius)));
  }
  return masks;
}

}  // namespace capsule::text

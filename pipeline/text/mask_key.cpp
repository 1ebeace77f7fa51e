#include "text/mask_key.h"

#include "text/face.h"
#include "text/kept.h"

namespace capsule::text {
namespace {

void add(Hasher& hasher, const Run& run) {
  hasher.add(static_cast<std::int64_t>(run.face->serial)).add(run.size);
  hasher.add(static_cast<std::int64_t>(run.glyphs.size()));
  for (const Glyph& glyph : run.glyphs) {
    hasher.add(std::int64_t{glyph.id}).add(glyph.x + glyph.x_offset).add(glyph.y - glyph.y_offset);
  }
}

std::size_t area(const Mask& mask) {
  return static_cast<std::size_t>(mask.bounds().width) * static_cast<std::size_t>(mask.bounds().height);
}

}  // namespace

Workpieces* workpieces_of(const Paragraph& paragraph) {
  Workpieces* found = nullptr;
  for (const Line& line : paragraph.lines) {
    for (const Run& run : line.runs) {
      Workpieces* own = run.face->workpieces.get();
      if (own == nullptr || (found != nullptr && own != found)) {
        return nullptr;
      }
      found = own;
    }
  }
  return found;
}

Digest key_of(const Paragraph& paragraph, const PaintStyle& paint, PointF offset) {
  Hasher hasher;
  for (const double value : {paint.outline, paint.shadow_blur, paint.shadow_offset.x, paint.shadow_offset.y,
                             paint.glow, paint.box_pad_x, paint.box_pad_y, paint.box_radius, offset.x,
                             offset.y, paragraph.line_top, paragraph.line_bottom, paragraph.size}) {
    hasher.add(value);
  }
  hasher.add(std::int64_t{(paint.shadow ? 1 : 0) + (paint.box ? 2 : 0)});
  for (const Line& line : paragraph.lines) {
    hasher.add(line.x).add(line.baseline).add(line.width).add(static_cast<std::int64_t>(line.runs.size()));
    for (const Run& run : line.runs) {
      add(hasher, run);
    }
    hasher.add(static_cast<std::int64_t>(line.bars.size()));
    for (const RectF& bar : line.bars) {
      hasher.add(bar.x).add(bar.y).add(bar.width).add(bar.height);
    }
  }
  return hasher.digest();
}

Masks copy_of(const Masks& masks) {
  Masks out;
  out.box = masks.box.clone();
  out.shadow = masks.shadow.clone();
  out.glow = masks.glow.clone();
  out.outline = masks.outline.clone();
  out.fill = masks.fill.clone();
  out.boxes = masks.boxes;
  out.emoji = masks.emoji;
  out.emoji_at = masks.emoji_at;
  return out;
}

std::size_t bytes_of(const Masks& masks) {
  constexpr std::size_t kEntry = 1024;
  const std::size_t emoji = masks.emoji == nullptr ? 0
                                                   : static_cast<std::size_t>(masks.emoji->stride()) *
                                                         static_cast<std::size_t>(masks.emoji->size().height);
  return kEntry + area(masks.box) + area(masks.shadow) + area(masks.glow) + area(masks.outline) +
         area(masks.fill) + emoji;
}

}  // namespace capsule::text

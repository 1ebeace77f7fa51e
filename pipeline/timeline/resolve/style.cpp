#include "timeline/resolve/style.h"

#include <algorithm>

namespace capsule::timeline {
namespace {

double shorter(const RectF& box) {
  return std::min(box.width, box.height);
}

Spelling spelling(const preset::Spelling& given) {
  Spelling out{given.tracking, given.kashida, given.ellipsis, DigitForm::kAsTyped};
  if (given.digits != preset::DigitForm::kAsTyped) {
    out.digits = given.digits == preset::DigitForm::kWestern ? DigitForm::kWestern : DigitForm::kArabic;
  }
  return out;
}

}  // namespace

std::optional<Plate> plate(const std::optional<preset::Plate>& plate, const RectF& reference,
                           const Geometry& geometry) {
  if (!plate) {
    return std::nullopt;
  }
  Plate out;
  out.color = plate->color;
  out.pad_x = geometry.pixels(plate->pad_x, reference.width);
  out.pad_y = geometry.pixels(plate->pad_y, reference.height);
  out.radius = geometry.pixels(plate->radius, shorter(reference));
  out.per_line = plate->per_line;
  out.edge = plate->edge;
  out.edge_width = geometry.pixels(plate->edge_width, reference.width);
  out.edge_side = geometry.side(preset::Edge::kStart);
  return out;
}

TextStyle text_style(const preset::TextStyle& style, const RectF& reference, const Geometry& geometry) {
  constexpr double kSmallest = 0.6;
  TextStyle out;
  out.fonts = style.fonts;
  out.size = geometry.pixels(style.size, reference.height);
  const double least =
      style.min_size ? geometry.pixels(*style.min_size, reference.height) : kSmallest * out.size;
  out.min_size = std::min(least, out.size);
  out.color = style.color;
  out.align = geometry.across(style.align);
  out.valign = down(style.valign);
  out.line_height = style.line_height;
  out.max_lines = style.max_lines;
  out.balanced = style.balanced;
  out.spelling = spelling(style.spelling);
  out.linear = style.linear;
  if (style.outline) {
    out.outline = Outline{style.outline->color, geometry.pixels(style.outline->width, shorter(reference))};
  }
  if (style.shadow) {
    const preset::Shadow& shadow = *style.shadow;
    out.shadow = Shadow{shadow.color, geometry.pixels(shadow.dx, reference.width),
                        geometry.pixels(shadow.dy, reference.height),
                        geometry.pixels(shadow.blur, shorter(reference))};
  }
  if (style.glow) {
    out.glow = Glow{style.glow->color, geometry.pixels(style.glow->blur, shorter(reference))};
  }
  out.plate = plate(style.plate, reference, geometry);
  return out;
}

}  // namespace capsule::timeline

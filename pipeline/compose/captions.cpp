#include "compose/captions.h"

#include <algorithm>

namespace capsule::compose {
namespace {

using timeline::Captions;
using timeline::HAlign;
using timeline::TextStyle;

/// Between the two languages, and above a lower third, in parts of the caption's size.
constexpr double kLanguageGap = 0.25;
constexpr double kLiftGap = 0.5;

double left_of(const RectF& zone, HAlign align, double width) {
  const double spare = zone.width - width;
  return zone.x + (align == HAlign::kLeft ? 0 : align == HAlign::kCenter ? spare / 2 : spare);
}

double height_of(const std::optional<TextBlock>& block) {
  return block ? block->size().height : 0;
}

double gap_of(const PlacedCue& cue, const Captions& captions) {
  return cue.text && cue.second ? kLanguageGap * captions.style.size : 0;
}

/// The bottom edge that keeps a cue of this height clear of what it may not cover, as far as the canvas has
/// room.
double lifted(double bottom, double height, double gap, const std::vector<RectF>& obstacles) {
  const auto meets = [&](const RectF& box) {
    return box.y - gap < bottom && box.bottom() > bottom - height && box.y - gap - height >= 0;
  };
  auto next = std::find_if(obstacles.begin(), obstacles.end(), meets);
  while (next != obstacles.end()) {
    bottom = next->y - gap;
    next = std::find_if(obstacles.begin(), obstacles.end(), meets);
  }
  return bottom;
}

void put(TextBlock& block, const TextStyle& style, const RectF& zone, double top) {
  block.put({left_of(zone, style.align, block.size().width), top});
}

Status lay_languages(Workshop& shop, const timeline::Cue& cue, PlacedCue& out) {
  const Captions& captions = shop.timeline().captions;
  const Room room{captions.zone.width, captions.zone.height, 1};
  if (!cue.text.empty()) {
    TRY_ASSIGN(out.text, lay_text(shop, {cue.text, captions.language, out.style, {}}, cue.text, room));
  }
  if (!cue.second.empty()) {
    const std::string& language = captions.second_language;
    TRY_ASSIGN(out.second, lay_text(shop, {cue.second, language, out.second_style, {}}, cue.second, room));
  }
  for (const auto* block : {&out.text, &out.second}) {
    if (*block) {
      warn_unless_fits(shop, **block);
      out.fits = out.fits && (*block)->paragraph.fits;
    }
  }
  return {};
}

/// What the cue asks for itself goes before the captions' style.
void style_cue(const Captions& captions, const timeline::CueLook& look, PlacedCue& out) {
  out.style = captions.style;
  out.second_style = captions.second_style;
  for (TextStyle* style : {&out.style, &out.second_style}) {
    style->align = look.align.value_or(style->align);
    style->color = look.color.value_or(style->color);
  }
  out.style.fonts = look.fonts.empty() ? out.style.fonts : look.fonts;
}

double part_of(timeline::VAlign valign) {
  return valign == timeline::VAlign::kTop ? 0 : valign == timeline::VAlign::kMiddle ? 0.5 : 1;
}

/// The zone of a cue that stands elsewhere: as wide as it is, `height` high, inside the canvas.
RectF own_zone(const timeline::Timeline& film, const timeline::CueLook& look, const TextStyle& style,
               SizeF size) {
  const RectF& safe = film.safe;
  const double down = part_of(look.valign);
  RectF zone{film.captions.zone.x, safe.y + (safe.height - size.height) * down, film.captions.zone.width,
             size.height};
  if (look.anchor) {
    const double across = style.align == HAlign::kLeft ? 0 : style.align == HAlign::kCenter ? 0.5 : 1;
    zone.width = size.width;
    zone.x = look.anchor->x - size.width * across;
    zone.y = look.anchor->y - size.height * down;
  }
  zone.x = std::clamp(zone.x, 0.0, std::max(0.0, film.canvas.width - zone.width));
  zone.y = std::clamp(zone.y, 0.0, std::max(0.0, film.canvas.height - zone.height));
  return zone;
}

double width_of(const std::optional<TextBlock>& block) {
  return block ? block->size().width : 0;
}

}  // namespace

Result<PlacedCue> place_cue(Workshop& shop, const timeline::Cue& cue, const std::vector<Lifting>& lifting) {
  const timeline::Timeline& film = shop.timeline();
  const Captions& captions = film.captions;
  PlacedCue out;
  style_cue(captions, cue.look, out);
  out.spans = cue.spans;
  TRY(lay_languages(shop, cue, out));
  const double gap = gap_of(out, captions);
  const double height = height_of(out.text) + gap + height_of(out.second);
  std::vector<RectF> obstacles;
  for (const Lifting& layer : lifting) {
    if (layer.range.overlaps(cue.range)) {
      obstacles.push_back(layer.box);
    }
  }
  RectF zone = captions.zone;
  double bottom = lifted(zone.bottom(), height, kLiftGap * captions.style.size, obstacles);
  if (cue.look.anchor || cue.look.valign != timeline::VAlign::kBottom) {
    zone = own_zone(film, cue.look, out.style, {std::max(width_of(out.text), width_of(out.second)), height});
    bottom = zone.bottom();
  }
  if (out.text) {
    put(*out.text, out.style, zone, bottom - height);
    out.box = out.text->box();
    out.ink = ink_of(*out.text, out.style);
  }
  if (out.second) {
    put(*out.second, out.second_style, zone, bottom - height_of(out.second));
    out.box = unite(out.box, out.second->box());
    out.ink = unite(out.ink, ink_of(*out.second, out.second_style));
  }
  return out;
}

Result<Art> cue_art(const PlacedCue& cue, const Letters& letters) {
  Art art;
  if (cue.text) {
    Letters own = letters;
    if (!own.color) {
      own.spans = cue.spans;
    }
    TRY_ASSIGN(art, text_art(*cue.text, cue.style, own));
  }
  if (cue.second) {
    TRY_ASSIGN(const Art second, text_art(*cue.second, cue.second_style));
    art = united(std::move(art), second);
  }
  return art;
}

}  // namespace capsule::compose

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
    TRY_ASSIGN(out.text, lay_text(shop, {cue.text, captions.language, captions.style, {}}, cue.text, room));
  }
  if (!cue.second.empty()) {
    const std::string& language = captions.second_language;
    TRY_ASSIGN(out.second,
               lay_text(shop, {cue.second, language, captions.second_style, {}}, cue.second, room));
  }
  for (const auto* block : {&out.text, &out.second}) {
    if (*block) {
      warn_unless_fits(shop, **block);
      out.fits = out.fits && (*block)->paragraph.fits;
    }
  }
  return {};
}

}  // namespace

Result<PlacedCue> place_cue(Workshop& shop, const timeline::Cue& cue, const std::vector<Lifting>& lifting) {
  const Captions& captions = shop.timeline().captions;
  PlacedCue out;
  TRY(lay_languages(shop, cue, out));
  const double gap = gap_of(out, captions);
  const double height = height_of(out.text) + gap + height_of(out.second);
  std::vector<RectF> obstacles;
  for (const Lifting& layer : lifting) {
    if (layer.range.overlaps(cue.range)) {
      obstacles.push_back(layer.box);
    }
  }
  const double bottom = lifted(captions.zone.bottom(), height, kLiftGap * captions.style.size, obstacles);
  if (out.text) {
    put(*out.text, captions.style, captions.zone, bottom - height);
    out.box = out.text->box();
    out.ink = ink_of(*out.text, captions.style);
  }
  if (out.second) {
    put(*out.second, captions.second_style, captions.zone, bottom - height_of(out.second));
    out.box = unite(out.box, out.second->box());
    out.ink = unite(out.ink, ink_of(*out.second, captions.second_style));
  }
  return out;
}

Result<SpritePtr> cue_sprite(const PlacedCue& cue, const Captions& captions) {
  Art art;
  if (cue.text) {
    TRY_ASSIGN(art, text_art(*cue.text, captions.style));
  }
  if (cue.second) {
    TRY_ASSIGN(const Art second, text_art(*cue.second, captions.second_style));
    art = united(std::move(art), second);
  }
  return make_sprite(art);
}

}  // namespace capsule::compose

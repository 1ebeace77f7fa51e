#include "compose/captions.h"

#include <algorithm>

#include "compose/clearing.h"

namespace capsule::compose {
namespace {

using timeline::Captions;
using timeline::HAlign;
using timeline::TextStyle;

/// Between the two languages, and above a lower third, in parts of the caption's size.
constexpr double kLanguageGap = 0.25;
constexpr double kLiftGap = 0.5;
/// Between a cue and one that it gave way to.
constexpr double kCueGap = 0.2;

double left_of(const RectF& zone, HAlign align, double width) {
  const double spare = zone.width - width;
  return zone.x + (align == HAlign::kLeft ? 0 : align == HAlign::kCenter ? spare / 2 : spare);
}

double width_of(const std::optional<TextBlock>& block) {
  return block ? block->size().width : 0;
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

Status lay_languages(Workshop& shop, const timeline::Cue& cue, double width, PlacedCue& out) {
  const Captions& captions = shop.timeline().captions;
  const Room room{width, captions.zone.height, 1};
  if (!cue.text.empty()) {
    const timeline::Text text{cue.text, captions.language, out.style, {}, {}, cue.emphasis};
    TRY_ASSIGN(out.text, lay_text(shop, text, cue.text, room));
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
}

double part_of(timeline::VAlign valign) {
  return valign == timeline::VAlign::kTop ? 0 : valign == timeline::VAlign::kMiddle ? 0.5 : 1;
}

double part_of(HAlign align) {
  return align == HAlign::kLeft ? 0 : align == HAlign::kCenter ? 0.5 : 1;
}

/// As near as an extent of this length can be to `at` within `begin`..`end`.
double within(double at, double length, double begin, double end) {
  return std::clamp(at, begin, std::max(begin, end - length));
}

/// The left edge and the width that a cue's lines may take.
RectF column_of(const timeline::Timeline& film, const timeline::CueLook& look, HAlign align) {
  RectF column = film.captions.zone;
  if (!look.box) {
    return column;
  }
  const double part = part_of(look.box->edge.value_or(align));
  const double at = look.box->position.value_or(100 * part_of(align));
  const double most = part == 0 ? 100 - at : part == 1 ? at : 2 * std::min(at, 100 - at);
  // Narrower, nothing could be read.
  constexpr double kLeast = 15;
  const double percent = std::max(std::min(look.box->size, most), kLeast);
  const double whole = percent * film.canvas.width / 100;
  column.width = std::min(whole, film.safe.width);
  column.x = at * film.canvas.width / 100 - whole * part + (whole - column.width) * part_of(align);
  return column;
}

/// The top edge of a cue whose file says its line.
double top_of(const timeline::Timeline& film, const timeline::CueLine& line, double height) {
  const TextStyle& style = film.captions.style;
  const RectF& safe = film.safe;
  const double row = style.size * style.line_height + (style.plate ? 2 * style.plate->pad_y : 0);
  const double top = !line.row      ? line.at * film.canvas.height / 100 - height * part_of(line.edge)
                     : line.at >= 0 ? safe.y + line.at * row
                                    : safe.bottom() + line.at * row;
  return within(top, height, safe.y, safe.bottom());
}

/// Where a cue of this size rests when nothing is in its way, and which way it gives way.
struct Rest {
  RectF zone;  ///< Its lines are aligned in it; as high as the cue.
  Way way = Way::kAny;
};

Rest rest_of(const timeline::Timeline& film, const timeline::CueLook& look, const TextStyle& style,
             const RectF& column, SizeF size) {
  const RectF& safe = film.safe;
  const double down = part_of(look.valign);
  RectF zone{column.x, safe.y + (safe.height - size.height) * down, column.width, size.height};
  if (look.anchor) {
    zone = {look.anchor->x - size.width * part_of(style.align), look.anchor->y - size.height * down,
            size.width, size.height};
    if (!look.move) {
      zone.x = within(zone.x, zone.width, 0, film.canvas.width);
      zone.y = within(zone.y, zone.height, 0, film.canvas.height);
    }
    return {zone, Way::kAny};
  }
  if (look.box) {
    const double x = left_of(zone, style.align, size.width);
    zone.x += within(x, size.width, safe.x, safe.right()) - x;
  }
  if (look.box && look.box->line) {
    const timeline::CueLine& line = *look.box->line;
    zone.y = top_of(film, line, size.height);
    return {zone, !line.row ? Way::kAny : line.at < 0 ? Way::kUp : Way::kDown};
  }
  zone.y = within(zone.y, zone.height, 0, film.canvas.height);
  return {zone, down == 0 ? Way::kDown : Way::kUp};
}

bool is_usual(const timeline::CueLook& look) {
  return !look.anchor && look.valign == timeline::VAlign::kBottom && !(look.box && look.box->line);
}

RectF shifted(const RectF& box, PointF by) {
  return {box.x + by.x, box.y + by.y, box.width, box.height};
}

/// Puts both languages where they stand.
void put_down(const RectF& zone, double gap, PlacedCue& cue) {
  cue.box = cue.ink = {};
  if (cue.text) {
    put(*cue.text, cue.style, zone, zone.y);
    cue.box = cue.text->box();
    cue.ink = ink_of(*cue.text, cue.style);
  }
  if (cue.second) {
    put(*cue.second, cue.second_style, zone, zone.y + (cue.text ? height_of(cue.text) + gap : 0));
    cue.box = unite(cue.box, cue.second->box());
    cue.ink = unite(cue.ink, ink_of(*cue.second, cue.second_style));
  }
}

/// Of letters without their shadows, which may lie on others.
RectF room_of(const PlacedCue& cue) {
  RectF room = cue.box;
  for (const auto* block : {&cue.text, &cue.second}) {
    if (*block) {
      room = unite(room, shifted((*block)->paragraph.ink, (*block)->origin));
    }
  }
  return room;
}

/// All along its way.
RectF swept(const RectF& room, const timeline::CueLook& look) {
  return look.move ? unite(room, shifted(room, moved_by(look, look.move->range.end))) : room;
}

/// Moves a cue clear of what is taken.
void give_way(Workshop& shop, const timeline::Cue& cue, const Rest& rest, const std::vector<RectF>& taken,
              PlacedCue& out) {
  const timeline::Timeline& film = shop.timeline();
  const RectF canvas{0, 0, static_cast<double>(film.canvas.width), static_cast<double>(film.canvas.height)};
  const double gap = kCueGap * film.captions.style.size;
  std::optional<PointF> by = way_out(out.room, film.safe, rest.way, taken, gap);
  by = by ? by : way_out(out.room, canvas, rest.way, taken, gap);
  if (!by) {
    shop.warn({Code{"cue-covered"},
               {{"at", start_of(cue.range.begin, film.rate).to_seconds()}},
               cue.where,
               {},
               {}});
  } else if (by->x != 0 || by->y != 0) {
    put_down(shifted(rest.zone, *by), gap_of(out, film.captions), out);
    out.room = swept(room_of(out), cue.look);
  }
}

}  // namespace

std::vector<std::size_t> first_beside(const std::vector<timeline::Cue>& cues) {
  constexpr std::size_t kMost = 64;
  std::vector<std::size_t> out;
  FrameIndex reach;
  for (std::size_t i = 0; i < cues.size(); ++i) {
    const timeline::Cue& cue = cues[i];
    const bool alone = out.empty() || cue.range.begin >= reach || i - out.back() >= kMost;
    out.push_back(alone ? i : out.back());
    reach = cue.hidden ? reach : std::max(alone ? FrameIndex{} : reach, cue.range.end);
  }
  return out;
}

PointF moved_by(const timeline::CueLook& look, FrameIndex n) {
  if (!look.move || !look.anchor) {
    return {};
  }
  const FrameRange& range = look.move->range;
  const auto done =
      static_cast<double>(std::clamp(n, range.begin, std::max(range.begin, range.end)) - range.begin);
  const double share =
      range.empty() ? (n < range.begin ? 0.0 : 1.0) : done / static_cast<double>(range.size());
  return {(look.move->to.x - look.anchor->x) * share, (look.move->to.y - look.anchor->y) * share};
}

Result<PlacedCue> place_cue(Workshop& shop, const timeline::Cue& cue, const std::vector<Lifting>& lifting,
                            std::vector<RectF> taken) {
  const timeline::Timeline& film = shop.timeline();
  const Captions& captions = film.captions;
  PlacedCue out;
  style_cue(captions, cue.look, out);
  out.spans = cue.spans;
  const RectF column = column_of(film, cue.look, out.style.align);
  TRY(lay_languages(shop, cue, column.width, out));
  const double gap = gap_of(out, captions);
  const double height = height_of(out.text) + gap + height_of(out.second);
  std::vector<RectF> obstacles;
  for (const Lifting& layer : lifting) {
    if (layer.range.overlaps(cue.range)) {
      obstacles.push_back(layer.box);
    }
  }
  const double width = std::max(width_of(out.text), width_of(out.second));
  Rest rest = rest_of(film, cue.look, out.style, column, {width, height});
  const bool usual = is_usual(cue.look);
  if (usual) {
    rest.zone.y = lifted(captions.zone.bottom(), height, kLiftGap * captions.style.size, obstacles) - height;
  }
  put_down(rest.zone, gap, out);
  out.room = swept(room_of(out), cue.look);
  if (!usual || !taken.empty()) {
    taken.insert(taken.end(), obstacles.begin(), obstacles.end());
    give_way(shop, cue, rest, taken, out);
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

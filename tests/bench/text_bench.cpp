// Milliseconds of text work against gate T9, one thread: a caption of two lines, 1080 wide. Build it in
// release.
#include <cstdio>

#include "compose/pixels/art.h"
#include "compose/pixels/blend.h"
#include "compose/pixels/sprite.h"
#include "tests/bench/clock.h"
#include "text/paragraph.h"
#include "text/raster.h"

namespace capsule::compose {
namespace {

using bench::milliseconds;

/// Says whether the gate holds.
bool say(const char* what, double ms, double most) {
  std::printf("%-44s %8.4f ms   gate %4.1f ms %s\n", what, ms, most, ms <= most ? "" : "  MISSED");
  return ms <= most;
}

SpritePtr sprite_of(const text::Masks& masks) {
  Art art(unite(unite(masks.box.bounds(), masks.shadow.bounds()), masks.outline.bounds()));
  paint(art, masks.box, Color{19, 32, 31, 200});
  paint(art, masks.shadow, Color{0, 0, 0, 160});
  paint(art, masks.outline, Color{0, 0, 0, 255});
  paint(art, masks.fill, Color{247, 241, 229, 255});
  return make_sprite(art);
}

int run() {
  text::FontLibrary fonts;
  text::ParagraphStyle style;
  style.fonts = fonts.fallbacks(true);
  style.size = 52;
  style.width = 940;
  style.max_lines = 2;
  style.align = text::Align::kCenter;
  const char* caption = "انطلقت ورشات التكوين في البرمجة C++ يوم 12/05/2026 بمشاركة 25 شاباً";
  const auto warm = text::lay_out(caption, style);
  if (!warm) {
    std::puts("the fonts are missing");
    return 2;
  }
  text::PaintStyle paint;
  paint.outline = 4;
  paint.shadow = true;
  paint.shadow_blur = 8;
  paint.box = true;
  paint.box_pad_x = 24;
  paint.box_pad_y = 12;
  paint.box_radius = 16;
  Canvas canvas = Canvas::make({1080, 1920});
  canvas.fill({81, 90, 240});
  const auto masks = text::rasterise(*warm, paint, {70, 1400});
  if (!masks) {
    return 2;
  }
  const SpritePtr sprite = sprite_of(*masks);
  bool good = say("layout of a two-line caption, warm",
                  milliseconds(50, [&](int) { static_cast<void>(text::lay_out(caption, style)); }), 1);
  int place = 0;
  good &= say("its masks: box, shadow, outline, fill",
              milliseconds(10,
                           [&](int) {
                             // Each at a place of its own, in every round: none is kept from the one before.
                             static_cast<void>(text::rasterise(*warm, paint, {70 + ++place / 64.0, 1400}));
                           }),
              10);
  good &= say("the same again, kept",
              milliseconds(50,
                           [&](int) {
                             static_cast<void>(text::rasterise(*warm, paint, {70, 1400}));
                           }),
              0.5);
  good &= say("its blend onto a frame, 1080 wide",
              milliseconds(200,
                           [&](int) {
                             blend(canvas, *sprite, {0, 0, 1080, 1920});
                           }),
              0.5);
  std::printf("%zu lines, sprite %dx%d\n", warm->lines.size(), sprite->bounds.width, sprite->bounds.height);
  return good ? 0 : 1;
}

}  // namespace
}  // namespace capsule::compose

int main() {
  return capsule::compose::run();
}

// CPU milliseconds per operation of the pixel loops, one thread. Build it in release: capsule_bench_compose.
#include <cstdint>
#include <cstdio>

#include "compose/draw.h"
#include "compose/effects/pose.h"
#include "compose/pixels/art.h"
#include "compose/pixels/blend.h"
#include "compose/pixels/resample.h"
#include "compose/pixels/sprite.h"
#include "compose/shapes/coverage.h"
#include "tests/bench/clock.h"
#include "tests/compose/pictures.h"

namespace capsule::compose {
namespace {

using bench::milliseconds;

Canvas noisy(Size size) {
  return test::noisy(size, 1);
}

SpritePtr box_sprite(const RectF& box) {
  const Mask mask = rounded_rect(box, 16);
  Art art(mask.bounds());
  paint(art, mask, Color{19, 32, 31, 200});
  return make_sprite(art);
}

void say(const char* what, double ms) {
  std::printf("%-44s %8.4f ms\n", what, ms);
}

void blends() {
  Canvas canvas = noisy({1920, 1080});
  const Canvas other = noisy({1920, 1080});
  Canvas out = Canvas::make({1920, 1080});
  const Rect all{0, 0, 1920, 1080};
  const SpritePtr caption = box_sprite({210, 900, 1500, 120});
  const SpritePtr logo = box_sprite({1740, 40, 140, 140});
  say("blend of a 1500x120 box", milliseconds(200, [&](int) { blend(canvas, *caption, all); }));
  say("the same at half opacity", milliseconds(200, [&](int) { blend(canvas, *caption, all, 128); }));
  say("blend of a 140x140 logo", milliseconds(500, [&](int) { blend(canvas, *logo, all); }));
  say("crossfade 1080p", milliseconds(50, [&](int i) { mix_into(out, canvas, other, i + 1); }));
  say("clone of a 1080p canvas", milliseconds(50, [&](int) { out = canvas.clone(); }));
}

void movements() {
  const Canvas photo = noisy({2112, 1188});
  Canvas out = Canvas::make({1920, 1080});
  Resampler resampler;
  const auto zoom = [&](int i) {
    const double step = 1.1 / (1 + 0.001 * i);
    const Placement at{static_cast<std::int64_t>(-65536.0 * i / 7), 0,
                       static_cast<std::int64_t>(step * 4294967296.0)};
    resampler.run(photo, out, {0, 0, 1920, 1080}, at);
  };
  say("Ken Burns 1080p from 2112x1188", milliseconds(50, zoom));
  const SpritePtr layer = box_sprite({0, 0, 1920, 1080});
  Painter painter;
  const auto parallax = [&](int i) {
    DrawList list;
    Easel({1920, 1080}, list).add(layer, Pose{1, 1, 0.3 * i + 0.1, 0, {}, {}});
    painter.paint_onto(out, list);
  };
  say("a full-canvas layer with coverage, shifted", milliseconds(30, parallax));
}

void makings() {
  const Mask mask = rounded_rect({210, 900, 1500, 120}, 16);
  say("art of a 1500x120 box", milliseconds(20, [&](int) {
        Art art(mask.bounds());
        paint(art, mask, Color{255, 255, 255, 255});
      }));
  Art art(mask.bounds());
  paint(art, mask, Color{255, 255, 255, 255});
  say("its sprite", milliseconds(20, [&](int) { make_sprite(art); }));
  say("full-canvas gradient, mask to sprite", milliseconds(2, [&](int) {
        const RectF box{0, 0, 1920, 1080};
        Art field({0, 0, 1920, 1080});
        paint(field, rounded_rect(box, 0),
              Fill{{15, 76, 74, 0}, Color{19, 32, 31, 180}, timeline::Side::kBottom, box});
        make_sprite(field, Rounding::kDithered);
      }));
}

}  // namespace
}  // namespace capsule::compose

int main() {
  capsule::compose::blends();
  capsule::compose::movements();
  capsule::compose::makings();
}

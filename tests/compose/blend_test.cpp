#include "compose/pixels/blend.h"

#include <doctest/doctest.h>

#include <cmath>

#include "tests/compose/pictures.h"

namespace capsule::compose {
namespace {

int chroma_coverage(int row) {
  return row == 127 ? 255 : 2 * row;
}

/// A sprite whose planes hold every coverage against every value, without its usual border.
Sprite chart() {
  Sprite sprite;
  sprite.bounds = {0, 0, 256, 256};
  sprite.y = Plane(256, 256, 0);
  sprite.a = Plane(256, 256, 0);
  sprite.cb = Plane(128, 128, 128);
  sprite.cr = Plane(128, 128, 128);
  sprite.ca = Plane(128, 128, 0);
  for (int a = 0; a < 256; ++a) {
    for (int v = 0; v < 256; ++v) {
      sprite.a.view().row(a)[v] = static_cast<std::uint8_t>(a);
      sprite.y.view().row(a)[v] = static_cast<std::uint8_t>(std::lround(v * a / 255.0));
    }
  }
  for (int a = 0; a < 128; ++a) {
    for (int v = 0; v < 128; ++v) {
      const double coverage = chroma_coverage(a) / 255.0;
      sprite.ca.view().row(a)[v] = static_cast<std::uint8_t>(chroma_coverage(a));
      sprite.cb.view().row(a)[v] = static_cast<std::uint8_t>(std::lround(128 + (2 * v - 127) * coverage));
    }
  }
  return sprite;
}

}  // namespace

TEST_CASE("blending is within one step of the exact result, whatever colour meets whatever coverage") {
  const Sprite sprite = chart();
  for (const int under : {0, 1, 16, 100, 127, 128, 200, 235, 254, 255}) {
    Canvas canvas =
        test::plain({256, 256}, {static_cast<std::uint8_t>(under), static_cast<std::uint8_t>(under), 128});
    blend(canvas, sprite, {0, 0, 256, 256});
    int worst = 0;
    for (int a = 0; a < 256; ++a) {
      for (int v = 0; v < 256; ++v) {
        const double exact = (v * a + under * (255 - a)) / 255.0;
        worst = std::max(worst, static_cast<int>(std::ceil(std::abs(exact - canvas.y().row(a)[v]) - 1e-9)));
      }
    }
    CHECK(worst <= 1);
    worst = 0;
    for (int a = 0; a < 128; ++a) {
      for (int v = 0; v < 128; ++v) {
        const double coverage = chroma_coverage(a) / 255.0;
        const double exact = (128 + 2 * v - 127) * coverage + under * (1 - coverage);
        const double clamped = std::clamp(exact, 0.0, 255.0);
        worst =
            std::max(worst, static_cast<int>(std::ceil(std::abs(clamped - canvas.cb().row(a)[v]) - 1e-9)));
      }
    }
    CHECK(worst <= 1);
  }
}

TEST_CASE("no coverage leaves a picture as it is, full coverage replaces it") {
  Canvas canvas = test::noisy({64, 32}, 5);
  const Canvas before = canvas.clone();
  Art art({0, 0, 64, 32});
  blend(canvas, *make_sprite(art), {0, 0, 64, 32});
  CHECK(test::same(canvas, before));

  Mask full = Mask::make({0, 0, 64, 32});
  for (int y = 0; y < 32; ++y) {
    std::fill_n(full.row(y), 64, std::uint8_t{255});
  }
  const Color teal{15, 76, 74, 255};
  paint(art, full, teal);
  blend(canvas, *make_sprite(art), {0, 0, 64, 32});
  CHECK(test::same(canvas, test::plain({64, 32}, to_ycbcr(teal))));
}

TEST_CASE("opacity is linear and its ends are exact") {
  Canvas canvas = test::plain({64, 32}, {200, 90, 170});
  const Canvas before = canvas.clone();
  const Canvas other = test::plain({64, 32}, {16, 128, 128});
  const Rect all{0, 0, 64, 32};
  blend(canvas, other, {}, all, 0);
  CHECK(test::same(canvas, before));
  blend(canvas, other, {}, all, kOpaque / 2);
  CHECK(test::at(canvas, 5, 5) == YCbCr{108, 109, 149});
  blend(canvas, other, {}, all, kOpaque);
  CHECK(test::same(canvas, other));

  Canvas out = before.clone();
  mix_into(out, before, other, 0);
  CHECK(test::same(out, before));
  mix_into(out, before, other, kOpaque);
  CHECK(test::same(out, other));
}

TEST_CASE("a faded sprite is between nothing and all of it") {
  Mask mask = Mask::make({8, 8, 40, 16});
  for (int y = 0; y < 16; ++y) {
    std::fill_n(mask.row(y), 40, std::uint8_t{255});
  }
  Art art(mask.bounds());
  paint(art, mask, Color{255, 255, 255, 255});
  Canvas canvas = test::plain({64, 32}, {35, 60, 190});
  blend(canvas, *make_sprite(art), {0, 0, 64, 32}, 64);
  CHECK(test::at(canvas, 20, 16) == YCbCr{85, 77, 174});
  CHECK(test::at(canvas, 2, 2) == YCbCr{35, 60, 190});
}

TEST_CASE("nothing outside the clip is touched, even at odd edges and over the canvas's border") {
  Canvas canvas = test::noisy({32, 32}, 9);
  const Canvas before = canvas.clone();
  const Canvas white = test::plain({32, 32}, {235, 128, 128});
  blend(canvas, white, {20, -10, 0, 0}, {23, 3, 100, 7});
  const Rect changed = test::difference(canvas, before);
  CHECK(changed == Rect{23, 3, 9, 7});
  CHECK(canvas.cb().row(1)[12] == before.cb().row(1)[12]);
  CHECK(canvas.cb().row(2)[12] == 128);
}

}  // namespace capsule::compose

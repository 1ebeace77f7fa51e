#include "compose/pixels/sprite.h"

#include <doctest/doctest.h>

#include <cmath>
#include <set>

#include "compose/pixels/blend.h"
#include "compose/shapes/coverage.h"
#include "tests/compose/pictures.h"

namespace capsule::compose {
namespace {

Art disc_art(Color color, double x = 20.3, double y = 15.7, double size = 25) {
  const Mask mask = disc({x, y, size, size});
  Art art(mask.bounds());
  paint(art, mask, color);
  return art;
}

}  // namespace

TEST_CASE("white on grey stays without colour, down to every edge sample") {
  Canvas canvas = test::plain({64, 64}, {126, 128, 128});
  blend(canvas, *make_sprite(disc_art({255, 255, 255, 255})), {0, 0, 64, 64});
  for (int y = 0; y < 32; ++y) {
    for (int x = 0; x < 32; ++x) {
      CHECK(canvas.cb().row(y)[x] == 128);
      CHECK(canvas.cr().row(y)[x] == 128);
    }
  }
  CHECK(test::at(canvas, 32, 28).y == 235);
}

TEST_CASE("full coverage has exactly the colour, in every plane") {
  for (const Color color : {Color{242, 169, 59, 255}, Color{31, 58, 147, 255}, Color{255, 0, 0, 255}}) {
    Canvas canvas = test::noisy({64, 64}, 3);
    blend(canvas, *make_sprite(disc_art(color)), {0, 0, 64, 64});
    CHECK(test::at(canvas, 32, 28) == to_ycbcr(color));
  }
}

TEST_CASE("a pixel of colour keeps its share: chroma is filtered, not dropped") {
  // One opaque red column; wherever it stands, the sum over the chroma samples is the same.
  std::set<int> sums;
  for (int x = 20; x < 24; ++x) {
    Mask mask = Mask::make({x, 10, 1, 8});
    for (int y = 0; y < 8; ++y) {
      mask.row(y)[0] = 255;
    }
    Art art(mask.bounds());
    paint(art, mask, Color{255, 0, 0, 255});
    Canvas canvas = test::plain({64, 32}, {126, 128, 128});
    blend(canvas, *make_sprite(art), {0, 0, 64, 32});
    int sum = 0;
    for (int c = 0; c < 32; ++c) {
      sum += canvas.cr().row(6)[c] - 128;
    }
    sums.insert(sum);
  }
  CHECK(*sums.rbegin() - *sums.begin() <= 2);
  CHECK(*sums.begin() >= 54);
}

TEST_CASE("a field that fills the canvas is full at its edges") {
  Canvas canvas = test::plain({64, 32}, {16, 200, 60});
  const Mask mask = rounded_rect({0, 0, 64, 32}, 0);
  Art art(mask.bounds());
  const Color blue{20, 40, 220, 255};
  paint(art, mask, blue);
  blend(canvas, *make_sprite(art), {0, 0, 64, 32});
  CHECK(test::same(canvas, test::plain({64, 32}, to_ycbcr(blue))));
}

TEST_CASE("layers are united before they are blended: a stroke's edge is not seen under its letter") {
  const Mask mask = disc({10, 10, 30, 30});
  Art art(mask.bounds());
  paint(art, mask, Color{0, 0, 0, 255});
  paint(art, mask, Color{255, 255, 255, 255});
  Canvas canvas = test::plain({64, 64}, {235, 128, 128});
  blend(canvas, *make_sprite(art), {0, 0, 64, 64});
  CHECK(test::at(canvas, 25, 25).y == 235);
}

TEST_CASE("premultiplied pictures come out in their colours") {
  Rgba picture = Rgba::make({16, 16});
  for (int y = 0; y < 16; ++y) {
    for (int x = 0; x < 16; ++x) {
      std::uint8_t* p = picture.row(y) + x * 4;
      const int alpha = x < 8 ? 255 : 128;
      p[0] = static_cast<std::uint8_t>(200 * alpha / 255);
      p[1] = static_cast<std::uint8_t>(30 * alpha / 255);
      p[2] = static_cast<std::uint8_t>(90 * alpha / 255);
      p[3] = static_cast<std::uint8_t>(alpha);
    }
  }
  Art art({8, 8, 16, 16});
  paint(art, picture, 8, 8);
  Canvas canvas = test::plain({32, 32}, {16, 128, 128});
  blend(canvas, *make_sprite(art), {0, 0, 32, 32});
  const YCbCr solid = to_ycbcr({200, 30, 90, 255});
  const YCbCr seen = test::at(canvas, 12, 16);
  CHECK(std::abs(seen.y - solid.y) <= 1);
  CHECK(std::abs(seen.cb - solid.cb) <= 1);
  CHECK(std::abs(seen.cr - solid.cr) <= 1);
  CHECK(std::abs(test::at(canvas, 20, 16).y - (solid.y + 16) / 2) <= 1);
}

TEST_CASE("a run of colours has no bands: any 16 columns of it average to the exact value") {
  const RectF box{0, 0, 512, 128};
  Art art({0, 0, 512, 128});
  paint(art, rounded_rect(box, 0),
        Fill{{40, 40, 40, 255}, Color{60, 60, 60, 255}, timeline::Side::kRight, box});
  Canvas canvas = test::plain({512, 128}, {16, 128, 128});
  blend(canvas, *make_sprite(art, Rounding::kDithered), {0, 0, 512, 128});
  const double from = to_ycbcr({40, 40, 40, 255}).y;
  const double to = to_ycbcr({60, 60, 60, 255}).y;
  for (int left = 0; left < 512; left += 16) {
    double sum = 0;
    for (int y = 0; y < 128; ++y) {
      for (int x = left; x < left + 16; ++x) {
        sum += canvas.y().row(y)[x];
      }
    }
    const double exact = from + (to - from) * (left + 8) / 512;
    CHECK(sum / (16 * 128) == doctest::Approx(exact).epsilon(0.002));
  }
}

TEST_CASE("grain moves a flat field by one step at most and not at all on average") {
  Art art({0, 0, 128, 128});
  paint(art, rounded_rect({0, 0, 128, 128}, 0), Color{15, 76, 74, 255});
  add_grain(art);
  Canvas canvas = test::plain({128, 128}, {16, 128, 128});
  blend(canvas, *make_sprite(art), {0, 0, 128, 128});
  const int flat = to_ycbcr({15, 76, 74, 255}).y;
  int sum = 0;
  int moved = 0;
  for (int y = 0; y < 128; ++y) {
    for (int x = 0; x < 128; ++x) {
      const int step = canvas.y().row(y)[x] - flat;
      CHECK(std::abs(step) <= 1);
      moved += step != 0 ? 1 : 0;
      sum += step;
    }
  }
  CHECK(moved > 128 * 128 / 2);
  CHECK(std::abs(sum) < 500);
}

TEST_CASE("shapes have the area that geometry gives them") {
  const auto area = [](const Mask& mask) {
    double sum = 0;
    for (int y = 0; y < mask.bounds().height; ++y) {
      for (int x = 0; x < mask.bounds().width; ++x) {
        sum += mask.row(y)[x];
      }
    }
    return sum / 255;
  };
  const double pi = 3.14159265358979;
  CHECK(area(rounded_rect({3.25, 4.5, 50.5, 20.25}, 0)) == doctest::Approx(50.5 * 20.25).epsilon(0.001));
  CHECK(area(rounded_rect({3.25, 4.5, 50.5, 20.25}, 8)) ==
        doctest::Approx(50.5 * 20.25 - (4 - pi) * 64).epsilon(0.005));
  CHECK(area(disc({1, 2, 60, 40})) == doctest::Approx(pi * 400).epsilon(0.005));
  const double whole = pi * (30 * 30 - 22 * 22);
  for (const double sweep : {0.1, 0.25, 0.5, 0.6, 0.9, 1.0}) {
    CHECK(area(ring({0, 0, 60, 60}, {8, sweep, true})) == doctest::Approx(whole * sweep).epsilon(0.01));
    CHECK(area(ring({0, 0, 60, 60}, {8, sweep, false})) == doctest::Approx(whole * sweep).epsilon(0.01));
  }
  CHECK(ring({0, 0, 60, 60}, {8, 0.25, true}).row(10)[46] == 255);
  CHECK(ring({0, 0, 60, 60}, {8, 0.25, false}).row(10)[46] == 0);
}

}  // namespace capsule::compose

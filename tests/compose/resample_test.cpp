#include "compose/pixels/resample.h"

#include <doctest/doctest.h>

#include <cmath>

#include "compose/draw.h"
#include "compose/items/shot.h"
#include "compose/shapes/coverage.h"
#include "tests/compose/pictures.h"

namespace capsule::compose {
namespace {

constexpr std::int64_t kOneStep = std::int64_t{1} << 32;

/// Centre of brightness above black.
PointF centroid(const Canvas& canvas) {
  double sum = 0;
  double x_sum = 0;
  double y_sum = 0;
  for (int y = 0; y < canvas.size().height; ++y) {
    for (int x = 0; x < canvas.size().width; ++x) {
      const double light = canvas.y().row(y)[x] - 16.0;
      sum += light;
      x_sum += light * x;
      y_sum += light * y;
    }
  }
  return {x_sum / sum, y_sum / sum};
}

Canvas with_disc(Size size, double x, double y, double radius) {
  Canvas canvas = test::plain(size, {16, 128, 128});
  const Mask mask = disc({x - radius, y - radius, 2 * radius, 2 * radius});
  Art art(mask.bounds());
  paint(art, mask, Color{255, 255, 255, 255});
  blend(canvas, *make_sprite(art), {0, 0, size.width, size.height});
  return canvas;
}

double sampled(const ConstPlaneView& in, double x, double y) {
  const auto at = [&in](int column, int row) {
    return static_cast<double>(
        in.row(std::clamp(row, 0, in.height - 1))[std::clamp(column, 0, in.width - 1)]);
  };
  const int column = static_cast<int>(std::floor(x));
  const int row = static_cast<int>(std::floor(y));
  const double fx = x - column;
  const double fy = y - row;
  return (at(column, row) * (1 - fx) + at(column + 1, row) * fx) * (1 - fy) +
         (at(column, row + 1) * (1 - fx) + at(column + 1, row + 1) * fx) * fy;
}

}  // namespace

TEST_CASE("a picture that is not moved comes out as it went in") {
  const Canvas in = test::noisy({70, 34}, 11);
  Canvas out = test::plain({70, 34}, {16, 128, 128});
  Resampler().run(in, out, {0, 0, 70, 34}, {0, 0, kOneStep});
  CHECK(test::same(in, out));
}

TEST_CASE("samples are those of exact bilinear interpolation") {
  const Canvas in = test::noisy({96, 40}, 4);
  for (const double step : {0.37, 0.9, 1.0, 1.13, 1.7, 2.0}) {
    Plane out(50, 20, 0);
    const double start_x = -3.7;
    const double start_y = 2.21;
    const auto fixed = [](double v) { return static_cast<std::int64_t>(std::llround(v * 4294967296.0)); };
    Resampler().run(in.y(), out.view(), {fixed(start_x), fixed(step)}, {fixed(start_y), fixed(step)});
    double worst = 0;
    for (int y = 0; y < 20; ++y) {
      for (int x = 0; x < 50; ++x) {
        const double exact = sampled(in.y(), std::clamp(start_x + x * step, 0.0, 95.0), start_y + y * step);
        worst = std::max(worst, std::abs(exact - out.view().row(y)[x]));
      }
    }
    // Weights of 1/128 spread by noise: at most one 128th of full contrast off, and rounding.
    CHECK(worst <= 255.0 / 128 + 0.6);
  }
}

TEST_CASE("narrow planes and single samples are no trouble") {
  for (const int width : {2, 4, 10, 30}) {
    const Canvas in = test::plain({width, 2}, {77, 99, 111});
    Canvas out = test::plain({64, 64}, {16, 128, 128});
    Resampler().run(in, out, {0, 0, 64, 64}, {65536 / 3, 65536 / 5, kOneStep / 3});
    CHECK(test::same(out, test::plain({64, 64}, {77, 99, 111})));
  }
}

TEST_CASE("a slow zoom and a slow pan move evenly, without a jerk") {
  timeline::Media media;
  media.motion.kind = timeline::MotionKind::kKenBurns;
  media.motion.from = 1;
  media.motion.to = 1.15;
  media.motion.anchor = {0.2, 0.3};
  SUBCASE("zoom") {}
  SUBCASE("pan") {
    media.motion = {timeline::MotionKind::kPan, 1, 1, {0.5, 0.5}, 37, -11};
  }
  SUBCASE("very slow pan") {
    media.motion = {timeline::MotionKind::kPan, 1, 1, {0.5, 0.5}, 7, 3};
  }
  const SizeF box{320, 180};
  const double larger = oversize_of(media, box);
  const Size size{2 * static_cast<int>(160 * larger), 2 * static_cast<int>(90 * larger)};
  const Canvas photo = with_disc(size, 0.7 * size.width, 0.6 * size.height, 30);
  const Picture picture = std::make_shared<const Canvas>(photo.clone());
  const FrameRange range{{0}, {120}};
  Painter painter;
  std::vector<PointF> path;
  for (std::int64_t n = 0; n < 120; ++n) {
    const Shot shot = shot_at(media, size, box, travelled(range, {n}, {30, 1}));
    DrawList list;
    Easel({320, 180}, list).add(picture, {0, 0, 320, 180}, shot.window, Pose{});
    path.push_back(centroid(*painter.paint(list, {320, 180}, {16, 128, 128})));
  }
  const auto step = [&path](std::size_t n) {
    return std::hypot(path[n].x - path[n - 1].x, path[n].y - path[n - 1].y);
  };
  double mean = 0;
  for (std::size_t n = 30; n < 90; ++n) {
    mean += step(n) / 60;
  }
  CHECK(mean > 0.05);
  for (std::size_t n = 30; n < 90; ++n) {
    CHECK(step(n) == doctest::Approx(mean).epsilon(0.05));
  }
  CHECK(step(1) < mean / 4);
  CHECK(step(119) < mean / 4);
}

TEST_CASE("chroma moves with luma") {
  // A red disc: its centres of brightness and of redness must stay together, at any shift.
  const Mask mask = disc({40, 30, 60, 60});
  Art art(mask.bounds());
  paint(art, mask, Color{255, 0, 0, 255});
  const SpritePtr sprite = make_sprite(art);
  for (const double shift : {0.0, 0.25, 0.5, 1.0, 1.5, 3.0}) {
    Canvas canvas = test::plain({160, 120}, {16, 128, 128});
    DrawList list;
    Easel({160, 120}, list).add(sprite, Pose{1, 1, shift, shift, {}, {}});
    Painter().paint_onto(canvas, list);
    double sum = 0;
    double x_sum = 0;
    double y_sum = 0;
    for (int y = 0; y < 60; ++y) {
      for (int x = 0; x < 80; ++x) {
        const double red = canvas.cr().row(y)[x] - 128.0;
        sum += red;
        x_sum += red * (2 * x);
        y_sum += red * (2 * y + 0.5);
      }
    }
    const PointF light = centroid(canvas);
    CHECK(light.x == doctest::Approx(69.5 + shift).epsilon(0.0006));
    CHECK(x_sum / sum == doctest::Approx(light.x).epsilon(0.001));
    CHECK(y_sum / sum == doctest::Approx(light.y).epsilon(0.001));
  }
}

}  // namespace capsule::compose

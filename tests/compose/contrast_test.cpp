#include "compose/contrast.h"

#include <doctest/doctest.h>

#include <algorithm>
#include <cmath>

#include "base/color.h"
#include "compose/pixels/light.h"
#include "tests/compose/support.h"

namespace capsule::compose {
namespace {

constexpr Size kCanvas{640, 360};

void fill(Canvas& canvas, const Rect& area, Color color) {
  const YCbCr c = to_ycbcr(color);
  for (int y = area.y; y < area.bottom(); ++y) {
    std::fill_n(canvas.y().row(y) + area.x, area.width, c.y);
    std::fill_n(canvas.cb().row(y / 2) + area.x / 2, area.width / 2, c.cb);
    std::fill_n(canvas.cr().row(y / 2) + area.x / 2, area.width / 2, c.cr);
  }
}

/// A stroke of full coverage, 40 by 4, with an edge of half coverage around it.
Mask stroke() {
  Mask mask = Mask::make({20, 20, 44, 8});
  for (int y = 0; y < 8; ++y) {
    for (int x = 0; x < 44; ++x) {
      const bool inside = x >= 2 && x < 42 && y >= 2 && y < 6;
      const bool edge = x >= 1 && x < 43 && y >= 1 && y < 7;
      mask.row(y)[x] = inside ? 255 : edge ? 128 : 0;
    }
  }
  return mask;
}

double measured(Color ink, Color ground) {
  Canvas canvas = test::plain({96, 64}, to_ycbcr(ground));
  fill(canvas, {22, 22, 40, 4}, ink);
  const std::optional<double> ratio = contrast_around(canvas, stroke(), 4);
  REQUIRE(ratio.has_value());
  return *ratio;
}

Timeline captioned(Color background, Color letters) {
  Timeline film = test::film(kCanvas, 60);
  film.background = background;
  film.scenes = {test::scene({{0}, {60}}, {})};
  film.captions.zone = {20, 180, 600, 160};
  film.captions.style = test::style(40, letters, HAlign::kCenter);
  film.captions.second_style = film.captions.style;
  film.captions.cues = {{{{0}, {60}}, "السلام عليكم ورحمة الله"}};
  return film;
}

double contrast_of(const Timeline& film) {
  test::Studio studio;
  Compositor compositor = open(film, studio);
  const Picture picture = frame(compositor, 10);
  const auto found = text_contrast(film, studio.services(), {10}, *picture);
  REQUIRE(found.has_value());
  REQUIRE(found->size() == 1);
  REQUIRE(found->front().ratio.has_value());
  return *found->front().ratio;
}

}  // namespace

TEST_CASE("contrast: what is measured in a picture is WCAG's ratio of its two colours") {
  const Color pairs[][2] = {{{255, 255, 255, 255}, {0, 0, 0, 255}},
                            {{255, 255, 255, 255}, {15, 76, 74, 255}},
                            {{242, 169, 59, 255}, {15, 76, 74, 255}},
                            {{30, 30, 30, 255}, {200, 220, 240, 255}},
                            {{119, 119, 119, 255}, {255, 255, 255, 255}}};
  for (const auto& [ink, ground] : pairs) {
    CHECK(measured(ink, ground) == doctest::Approx(contrast_ratio(ink, ground)).epsilon(0.03));
    CHECK(measured(ground, ink) == doctest::Approx(contrast_ratio(ink, ground)).epsilon(0.03));
  }
}

TEST_CASE("contrast: a twentieth of the surroundings decides, less does not") {
  const auto with_patch = [&](int width) {
    Canvas canvas = test::plain({96, 64}, to_ycbcr({0, 0, 0, 255}));
    fill(canvas, {20, 14, width, 20}, kWhite);
    fill(canvas, {22, 22, 40, 4}, kWhite);
    return contrast_around(canvas, stroke(), 4).value_or(0);
  };
  CHECK(with_patch(0) > 20.5);
  CHECK(with_patch(12) < 1.1);
  Canvas canvas = test::plain({96, 64}, to_ycbcr({0, 0, 0, 255}));
  fill(canvas, {22, 22, 40, 4}, kWhite);
  fill(canvas, {20, 16, 4, 4}, kWhite);
  CHECK(contrast_around(canvas, stroke(), 4).value_or(0) > 20);
  CHECK_FALSE(contrast_around(canvas, {}, 4).has_value());
}

TEST_CASE("contrast: one unreadable word of a long line decides, and stains elsewhere do not") {
  Mask line = Mask::make({20, 20, 440, 8});
  Canvas canvas = test::plain({480, 48}, to_ycbcr({0, 0, 0, 255}));
  for (int y = 2; y < 6; ++y) {
    std::fill_n(line.row(y) + 2, 436, std::uint8_t{255});
  }
  fill(canvas, {22, 22, 436, 4}, kWhite);
  CHECK(contrast_around(canvas, line, 4, 40).value_or(0) > 20);
  // A pale patch around 18 of 436 pixels: less than a twentieth, but all of what is read there.
  fill(canvas, {100, 12, 18, 10}, {230, 230, 230, 255});
  fill(canvas, {100, 26, 18, 10}, {230, 230, 230, 255});
  CHECK(contrast_around(canvas, line, 4).value_or(0) > 20);
  CHECK(contrast_around(canvas, line, 4, 40).value_or(0) < 1.5);
}

TEST_CASE("contrast: text layers have theirs, with their line, at rest only, large ones a lower limit") {
  Timeline film = captioned({225, 230, 235, 255}, {0, 0, 0, 255});
  Layer title = test::layer({{0}, {60}}, {20, 20, 600, 80}, test::arabic("عنوان", test::style(30, kWhite)));
  title.where = {"film.yaml", 7, 3};
  Layer entering =
      test::layer({{5}, {60}}, {20, 110, 600, 60}, test::arabic("داخل", test::style(16, {0, 0, 0, 255})));
  entering.enter = {EffectKind::kFade, Side::kRight, 12, 0, 0, 0};
  film.scenes[0].layers = {title, entering};
  test::Studio studio;
  Compositor compositor = open(film, studio);
  const auto at = [&](std::int64_t n) {
    auto found = text_contrast(film, studio.services(), {n}, *frame(compositor, n));
    REQUIRE(found.has_value());
    return std::move(*found);
  };
  const auto early = at(10);
  REQUIRE(early.size() == 3);
  CHECK(early[0].text == "عنوان");
  CHECK(early[0].where.line == 7);
  CHECK_FALSE(early[0].caption);
  CHECK(early[0].ratio.value_or(0) == doctest::Approx(contrast_ratio(kWhite, film.background)).epsilon(0.05));
  // Of 360 rows 30 are 32 of a telephone's 390: large; 16 are not.
  CHECK(early[0].limit == 3);
  CHECK_FALSE(early[1].ratio.has_value());
  CHECK(early[2].caption);
  CHECK(early[2].ratio.value_or(0) > 12);
  const auto late = at(30);
  REQUIRE(late.size() == 3);
  CHECK(late[1].ratio.value_or(0) > 12);
  CHECK(late[1].limit == 4.5);
  CHECK(at(2).size() == 2);
}

TEST_CASE("contrast: a caption's own, and what an outline, a shadow or a box does for it") {
  const Color pale{225, 230, 235, 255};
  Timeline film = captioned(pale, kWhite);
  const double bare = contrast_of(film);
  CHECK(bare == doctest::Approx(contrast_ratio(kWhite, pale)).epsilon(0.05));
  film.captions.style.shadow = Shadow{{0, 0, 0, 200}, 0, 2, 6};
  const double shadowed = contrast_of(film);
  CHECK(shadowed > bare * 1.2);
  film.captions.style.shadow.reset();
  film.captions.style.outline = Outline{{0, 0, 0, 255}, 4};
  CHECK(contrast_of(film) > 12);
  film.captions.style.outline.reset();
  film.captions.style.plate = Plate{{15, 76, 74, 255}, 12, 8, 0, true, {}, 0, Side::kRight};
  CHECK(contrast_of(film) == doctest::Approx(contrast_ratio(kWhite, {15, 76, 74, 255})).epsilon(0.06));
}

TEST_CASE("soft edges as light: the luma of their mix is that of linear light, to a step") {
  const auto linear = [](double s) { return s <= 0.04045 ? s / 12.92 : std::pow((s + 0.055) / 1.055, 2.4); };
  const auto encoded = [](double l) {
    return l <= 0.0031308 ? l * 12.92 : 1.055 * std::pow(l, 1 / 2.4) - 0.055;
  };
  const Color pairs[][2] = {{{255, 255, 255, 255}, {0, 0, 0, 255}},
                            {{0, 0, 0, 255}, {255, 255, 255, 255}},
                            {{242, 169, 59, 255}, {15, 76, 74, 255}},
                            {{255, 0, 0, 255}, {255, 255, 255, 255}}};
  for (const auto& [ink, ground] : pairs) {
    const CoverageTable table = light_table(ink, ground);
    CHECK(table[0] == 0);
    CHECK(table[255] == 255);
    for (int c = 0; c < 256; ++c) {
      const double share = c / 255.0;
      const auto mix = [&](std::uint8_t below, std::uint8_t above) {
        return encoded(linear(below / 255.0) * (1 - share) + linear(above / 255.0) * share);
      };
      const double right =
          0.2126 * mix(ground.r, ink.r) + 0.7152 * mix(ground.g, ink.g) + 0.0722 * mix(ground.b, ink.b);
      const auto luma = [](Color k) { return (0.2126 * k.r + 0.7152 * k.g + 0.0722 * k.b) / 255; };
      const double got = luma(ground) + (luma(ink) - luma(ground)) * table[static_cast<std::size_t>(c)] / 255;
      REQUIRE(std::abs(got - right) < 1.0 / 255);
      REQUIRE((c == 0 || table[static_cast<std::size_t>(c)] >= table[static_cast<std::size_t>(c) - 1]));
    }
  }
  // Letters that hardly differ from what is behind them are left alone.
  CHECK(light_table({100, 100, 100, 255}, {105, 105, 105, 255})[77] == 77);
}

TEST_CASE("soft edges as light: thin white letters on black are brighter, solid pixels the same") {
  test::Studio studio;
  Timeline film = captioned({0, 0, 0, 255}, {255, 255, 255, 255});
  Compositor usual = open(film, studio);
  film.captions.style.linear = true;
  Compositor light = open(film, studio);
  const Picture a = frame(usual, 1);
  const Picture b = frame(light, 1);
  std::int64_t brighter = 0;
  for (int y = 0; y < kCanvas.height; ++y) {
    for (int x = 0; x < kCanvas.width; ++x) {
      const int before = a->y().row(y)[x];
      const int now = b->y().row(y)[x];
      REQUIRE(now >= before);
      brighter += now > before ? 1 : 0;
      REQUIRE(((before != 16 && before != 235) || now == before));
    }
  }
  CHECK(brighter > 500);
}

TEST_CASE("captions at the top and at the bottom show at once, each in its place and at its own times") {
  test::Studio studio;
  Timeline film = captioned({0, 0, 0, 255}, {255, 255, 255, 255});
  film.captions.cues[0].range = {{5}, {40}};
  Cue top{{{20}, {55}}, "في الأعلى"};
  top.look.valign = VAlign::kTop;
  film.captions.cues.push_back(top);
  Compositor both = open(film, studio);
  Timeline lone = film;
  lone.captions.cues.pop_back();
  Compositor bottom = open(lone, studio);
  lone.captions.cues = {top};
  Compositor above = open(lone, studio);
  const Picture dark = frame(both, 0);
  const auto part = [&](Compositor& of, std::int64_t n) { return test::difference(*frame(of, n), *dark); };
  CHECK(test::difference(*frame(both, 10), *frame(bottom, 10)).empty());
  CHECK(test::difference(*frame(both, 50), *frame(above, 50)).empty());
  const Rect low = part(bottom, 30);
  const Rect high = part(above, 30);
  CHECK(high.bottom() < low.y);
  CHECK(part(both, 30) == unite(low, high));
  CHECK(part(both, 57).empty());
  // Asked out of order it is the same.
  const auto first = test::bytes_of(*frame(both, 30));
  static_cast<void>(frame(both, 45));
  CHECK(test::bytes_of(*frame(both, 30)) == first);
}

TEST_CASE("a caption's own colours and its boldness show, and no letter moves for a colour") {
  test::Studio studio;
  Timeline film = captioned({0, 0, 0, 255}, {255, 255, 255, 255});
  film.captions.style.fonts = {"Noto Sans Arabic"};
  Compositor plain = open(film, studio);
  Timeline colored = film;
  colored.captions.cues[0].spans = {{7, 12, {255, 0, 0, 255}}};
  Compositor spans = open(colored, studio);
  const Picture white = frame(plain, 1);
  const Picture red = frame(spans, 1);
  const Rect changed = test::difference(*white, *red, 3);
  CHECK_FALSE(changed.empty());
  const Rect ink = test::difference(*white, test::plain(kCanvas, to_ycbcr({0, 0, 0, 255})));
  CHECK(changed.width < ink.width / 2);
  Timeline bold = film;
  bold.captions.cues[0].emphasis = {{0, 12, true}};
  Compositor heavy = open(bold, studio);
  const auto light_of = [](const Canvas& canvas) {
    std::int64_t sum = 0;
    for (int y = 0; y < canvas.size().height; ++y) {
      for (int x = 0; x < canvas.size().width; ++x) {
        sum += canvas.y().row(y)[x] - 16;
      }
    }
    return sum;
  };
  CHECK(light_of(*frame(heavy, 1)) > light_of(*white) * 11 / 10);
}

}  // namespace capsule::compose

#include <doctest/doctest.h>

#include <algorithm>
#include <cmath>

#include "compose/compositor.h"
#include "compose/layout/text_block.h"
#include "tests/compose/support.h"
#include "tests/support/corpus.h"
#include "tests/text/samples.h"
#include "tests/text/strings.h"
#include "text/raster.h"

namespace capsule::compose {
namespace {

constexpr Size kCanvas{720, 400};
const char* const kVocalised = "رُكُوبٌ وَلَكِنْ لِلَّهِ الآنَ";

Timeline film_of(const Layer& layer) {
  Timeline film = test::film(kCanvas, 90);
  film.scenes = {test::scene({{0}, {90}}, {layer})};
  return film;
}

Layer text_layer(const std::string& words, double size = 56) {
  return test::layer({{0}, {90}}, {30, 30, 660, 340}, test::arabic(words, test::style(size, kWhite)));
}

TextBlock block_of(const std::string& words, double size, test::Studio& studio) {
  text::ParagraphStyle style;
  style.size = size;
  style.width = 660;
  style.fonts = {*studio.fonts.find("Noto Sans Arabic:bold")};
  for (const text::FacePtr& face : studio.fonts.fallbacks(true)) {
    style.fonts.push_back(face);
  }
  auto paragraph = text::lay_out(words, style);
  REQUIRE(paragraph);
  TextBlock block;
  block.paragraph = std::move(*paragraph);
  block.lines = {0, 0, block.paragraph.width, block.paragraph.height};
  return block;
}

Art art_of(const TextBlock& block, const TextStyle& style, const Letters& letters = {}) {
  Result<Art> art = text_art(block, style, letters);
  REQUIRE(art);
  return std::move(*art);
}

/// Samples of one art that are not those of another.
int unequal(const Art& a, const Art& b) {
  if (!(a.bounds() == b.bounds())) {
    return -1;
  }
  int count = 0;
  for (int y = a.bounds().y; y < a.bounds().bottom(); ++y) {
    const Art::ConstRow p = a.row(y);
    const Art::ConstRow q = b.row(y);
    for (int x = 0; x < a.bounds().width; ++x) {
      count += p.y[x] != q.y[x] || p.cb[x] != q.cb[x] || p.cr[x] != q.cr[x] || p.a[x] != q.a[x] ? 1 : 0;
    }
  }
  return count;
}

/// A boundary between equal colours, `step` code points apart.
void check_invariance(const TextBlock& block, const std::string& what, std::int32_t step) {
  TextStyle style = test::style(40, kWhite);
  style.outline = Outline{{0, 0, 0, 255}, 2};
  const Art plain = art_of(block, style);
  const auto end = static_cast<std::int32_t>(block.paragraph.text.size());
  for (std::int32_t at = 0; at <= end; at += step) {
    Letters letters;
    letters.spans = {{0, at, kWhite}, {at, end, kWhite}};
    CHECK_MESSAGE(unequal(plain, art_of(block, style, letters)) == 0, what, " at ", at);
  }
}

/// Half as opaque is half of every pixel. Emoji keep their own coverage.
void check_uniform(const TextBlock& block, const std::string& what) {
  const auto masks = text::rasterise(block.paragraph, {}, block.origin);
  REQUIRE(masks);
  if (masks->emoji || masks->fill.empty()) {
    return;
  }
  const TextStyle solid = test::style(64, kWhite);
  TextStyle half = solid;
  half.color.a = 128;
  const Art full = art_of(block, solid);
  const Art thin = art_of(block, half);
  int worst = 0;
  for (int y = full.bounds().y; y < full.bounds().bottom(); ++y) {
    const std::int16_t* p = full.row(y).a;
    const std::int16_t* q = thin.row(y).a;
    for (int x = 0; x < full.bounds().width; ++x) {
      worst = std::max(worst, std::abs(p[x] * 128 / 255 - q[x]));
    }
  }
  CHECK_MESSAGE(worst <= 2 * 128, what);
}

Timeline revealing(EffectKind kind, int lines = 1) {
  Layer layer = text_layer(lines == 1 ? kVocalised : "السطر الأول هنا\nوَالسَّطْرُ الثَّانِي abc", 48);
  layer.range = {{10}, {90}};
  layer.enter = {kind, Side::kRight, 40, 0, 0, 0};
  return film_of(layer);
}

}  // namespace

TEST_CASE("letters: spans of the letters' own colour change no sample, wherever they begin") {
  test::Studio studio;
  for (const std::string& words : text::test::made_strings(6)) {
    check_invariance(block_of(words, 40, studio), words, 3);
  }
}

TEST_CASE("letters: gates T5 and T6 for every string of the corpus") {
  const auto folder = test::corpus();
  if (!folder) {
    return;
  }
  test::Studio studio;
  int drawn = 0;
  for (const text::test::Sample& sample : text::test::corpus_samples(*folder)) {
    check_invariance(block_of(sample.text, 28, studio), sample.id, 1);
    check_uniform(block_of(sample.text, 64, studio), sample.id);
    ++drawn;
  }
  CHECK(drawn == 25);
}

TEST_CASE("letters: half as opaque is half of every pixel, joins and strokes included") {
  test::Studio studio;
  for (const std::string& words : text::test::made_strings(5)) {
    check_uniform(block_of(words, 64, studio), words);
  }
}

TEST_CASE("letters: a stroke darkens no pixel that is all letter") {
  test::Studio studio;
  const TextBlock block = block_of(kVocalised, 96, studio);
  TextStyle style = test::style(96, kWhite);
  style.outline = Outline{{0, 0, 0, 255}, 5};
  style.shadow = Shadow{{0, 0, 0, 255}, 2, 3, 4};
  style.glow = Glow{kAccent, 6};
  const Art art = art_of(block, style);
  const auto masks = text::rasterise(block.paragraph, {}, block.origin);
  REQUIRE(masks);
  const Ink white = ink_of(kWhite);
  int dark = 0;
  int full = 0;
  for (int y = 0; y < masks->fill.bounds().height; ++y) {
    const Art::ConstRow row = art.row(masks->fill.bounds().y + y);
    for (int x = 0; x < masks->fill.bounds().width; ++x) {
      const int i = masks->fill.bounds().x + x - art.bounds().x;
      full += masks->fill.row(y)[x] == 255 ? 1 : 0;
      dark += masks->fill.row(y)[x] == 255 && row.y[i] != white.y ? 1 : 0;
    }
  }
  CHECK(full > 1000);
  CHECK(dark == 0);
}

TEST_CASE("letters: a layer at half opacity lies half way between ground and layer, everywhere") {
  test::Studio studio;
  Layer layer = text_layer(kVocalised);
  auto& text = std::get<Text>(layer.content);
  text.style.outline = Outline{{0, 0, 0, 255}, 3};
  Compositor solid = open(film_of(layer), studio);
  layer.opacity = 0.5;
  Compositor half = open(film_of(layer), studio);
  Compositor empty = open(film_of(text_layer(" ")), studio);
  const Picture a = frame(solid, 20);
  const Picture b = frame(half, 20);
  const Picture ground = frame(empty, 20);
  int worst = 0;
  for (int y = 0; y < kCanvas.height; ++y) {
    for (int x = 0; x < kCanvas.width; ++x) {
      const int middle = (a->y().row(y)[x] + ground->y().row(y)[x]) / 2;
      worst = std::max(worst, std::abs(middle - int{b->y().row(y)[x]}));
    }
  }
  CHECK(worst <= 2);
}

TEST_CASE("letters: a span colours its word and nothing else") {
  test::Studio studio;
  Layer layer = text_layer("مَرْحَبًا بِكُمْ فِي ٱلْمَغْرِبِ");
  Compositor plain = open(film_of(layer), studio);
  std::get<Text>(layer.content).spans = {{10, 16, kAccent}};
  Compositor colored = open(film_of(layer), studio);
  const Rect changed = test::difference(*frame(plain, 20), *frame(colored, 20), 2);
  CHECK(changed.width > 30);
  CHECK(changed.width < 200);
}

TEST_CASE("letters: typed letters only ever add ink, each in its final form, and end as the text at rest") {
  test::Studio studio;
  Compositor typed = open(revealing(EffectKind::kTypewriter), studio);
  Layer still = text_layer(kVocalised, 48);
  still.range = {{10}, {90}};
  Compositor rest = open(film_of(still), studio);
  const Picture whole = frame(rest, 60);
  CHECK(test::same(*frame(typed, 60), *whole));
  Picture before = frame(typed, 10);
  int steps = 0;
  for (std::int64_t n = 11; n <= 50; ++n) {
    const Picture now = frame(typed, n);
    steps += now == before ? 0 : 1;
    int lost = 0;
    int foreign = 0;
    for (int y = 0; y < kCanvas.height; ++y) {
      for (int x = 0; x < kCanvas.width; ++x) {
        // White on a dark ground: ink is luma.
        lost += now->y().row(y)[x] + 2 < before->y().row(y)[x] ? 1 : 0;
        foreign += now->y().row(y)[x] > whole->y().row(y)[x] + 2 ? 1 : 0;
      }
    }
    CHECK_MESSAGE(lost == 0, n);
    CHECK_MESSAGE(foreign == 0, n);
    before = now;
  }
  CHECK(steps > 10);
}

TEST_CASE("letters: reading uncovers line after line, from right to left, and ends as the text at rest") {
  test::Studio studio;
  Timeline film = revealing(EffectKind::kReading, 2);
  Compositor read = open(film, studio);
  film.scenes[0].layers[0].enter = {};
  Compositor rest = open(film, studio);
  const Picture whole = frame(rest, 70);
  CHECK(test::same(*frame(read, 70), *whole));
  Compositor empty = open(film_of(text_layer(" ")), studio);
  const Picture ground = frame(empty, 0);
  int seen = 0;
  for (std::int64_t n = 10; n <= 50; ++n) {
    const Picture now = frame(read, n);
    const Rect area = test::difference(*ground, *now, 4);
    const int size = area.width * area.height;
    CHECK_MESSAGE(size >= seen, n);
    seen = size;
    CHECK_MESSAGE(area.right() >= test::difference(*ground, *whole, 4).right() - 8, n);
  }
  // Half way the first line is there, and not yet all of the second.
  const Rect half = test::difference(*whole, *frame(read, 32), 4);
  CHECK(half.y > 60);
}

TEST_CASE("letters: boxes of lines that come one by one are those of the lines together") {
  test::Studio studio;
  Layer layer = text_layer("السطر الأول هنا\nوَالسَّطْرُ الثَّانِي أطول منه\nثالث", 44);
  auto& text = std::get<Text>(layer.content);
  Plate plate;
  plate.color = {19, 32, 31, 200};
  plate.pad_x = 16;
  plate.pad_y = 12;
  plate.radius = 10;
  plate.per_line = true;
  text.style.plate = plate;
  layer.range = {{10}, {90}};
  Compositor together = open(film_of(layer), studio);
  layer.enter = {EffectKind::kFade, Side::kRight, 8, 0, 0, 4};
  Compositor one_by_one = open(film_of(layer), studio);
  CHECK(test::difference(*frame(together, 60), *frame(one_by_one, 60), 1).empty());
}

}  // namespace capsule::compose

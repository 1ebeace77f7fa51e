#include "text/raster.h"

#include <doctest/doctest.h>

#include <algorithm>
#include <cstdlib>
#include <numeric>

#include "tests/support/corpus.h"
#include "tests/text/samples.h"
#include "tests/text/support.h"
#include "text/edges.h"
#include "text/outline.h"

namespace capsule::text::test {
namespace {

/// The lowest coverage along a border of the mask that should all be zero.
bool border_is_empty(const Mask& mask) {
  const Rect bounds = mask.bounds();
  for (int y = 0; y < bounds.height; ++y) {
    const std::uint8_t* row = mask.row(y);
    const bool edge_row = y == 0 || y == bounds.height - 1;
    if (row[0] != 0 || row[bounds.width - 1] != 0 ||
        (edge_row && std::any_of(row, row + bounds.width, [](std::uint8_t v) { return v != 0; }))) {
      return false;
    }
  }
  return true;
}

bool border_is_empty(const Rgba& picture) {
  const Size size = picture.size();
  for (int y = 0; y < size.height; ++y) {
    for (int x = 0; x < size.width; ++x) {
      const bool edge = x == 0 || y == 0 || x == size.width - 1 || y == size.height - 1;
      if (edge && picture.row(y)[static_cast<std::ptrdiff_t>(x) * 4 + 3] != 0) {
        return false;
      }
    }
  }
  return true;
}

std::uint8_t coverage(const Mask& mask, int x, int y) {
  const Rect b = mask.bounds();
  return x >= b.x && y >= b.y && x < b.right() && y < b.bottom() ? mask.row(y - b.y)[x - b.x]
                                                                 : std::uint8_t{0};
}

Masks masks_of(const Paragraph& paragraph, const PaintStyle& paint, PointF offset = {}) {
  auto masks = rasterise(paragraph, paint, offset);
  REQUIRE(masks.has_value());
  return std::move(*masks);
}

std::int64_t ink(const Mask& mask) {
  std::int64_t sum = 0;
  for (int y = 0; y < mask.bounds().height; ++y) {
    sum += std::accumulate(mask.row(y), mask.row(y) + mask.bounds().width, std::int64_t{0});
  }
  return sum;
}

PaintStyle everything() {
  PaintStyle paint;
  paint.outline = 3.5;
  paint.shadow = true;
  paint.shadow_blur = 5;
  paint.shadow_offset = {2.25, 3.5};
  paint.box = true;
  paint.box_pad_x = 12;
  paint.box_pad_y = 6;
  paint.box_radius = 8;
  return paint;
}

void check_no_ink_clipped(const Paragraph& paragraph, const std::string& what) {
  const Masks masks = masks_of(paragraph, everything(), {0.37, 0.81});
  for (const Mask* mask : {&masks.fill, &masks.outline, &masks.shadow, &masks.box}) {
    CHECK_MESSAGE((mask->empty() || border_is_empty(*mask)), what);
  }
  CHECK_MESSAGE((masks.emoji == nullptr || border_is_empty(*masks.emoji)), what);
  CHECK_MESSAGE((!masks.fill.empty() || masks.emoji != nullptr), what);
}

}  // namespace

TEST_CASE("raster: a square covers what it covers, to the hundredth of a pixel") {
  Edges edges;
  edges.add_polygon({{1.25, 1.5}, {3.75, 1.5}, {3.75, 3}, {1.25, 3}}, Edges::kFill);
  const auto mask = fill_edges(edges);
  REQUIRE(mask.has_value());
  CHECK(coverage(*mask, 2, 2) == 255);
  CHECK(coverage(*mask, 2, 1) == 128);
  CHECK(coverage(*mask, 1, 2) == 191);
  CHECK(coverage(*mask, 3, 2) == 191);
  CHECK(coverage(*mask, 0, 2) == 0);
  CHECK(coverage(*mask, 2, 3) == 0);
}

TEST_CASE("raster: overlapping shapes are one shape, whichever way they turn") {
  const std::vector<PointF> left = {{2, 2}, {12, 2}, {12, 10}, {2, 10}};
  std::vector<PointF> right = {{8, 2}, {20, 2}, {20, 10}, {8, 10}};
  Edges edges;
  edges.add_polygon(left, Edges::kFill);
  edges.add_polygon(right, Edges::kFill);
  std::reverse(right.begin(), right.end());
  edges.add_polygon(right, Edges::kStroke);
  const auto mask = fill_edges(edges);
  REQUIRE(mask.has_value());
  for (int x = 2; x < 20; ++x) {
    CHECK(coverage(*mask, x, 5) == 255);
  }
}

TEST_CASE("raster: a stroke reaches its width everywhere and no farther") {
  // A small square hole and sharp corners: what simple offsetting gets wrong.
  Edges edges;
  std::vector<PointF> hole = {{20, 20}, {22, 20}, {22, 22}, {20, 22}};
  add_stroke(edges, hole, 5);
  const auto mask = fill_edges(edges);
  REQUIRE(mask.has_value());
  CHECK(coverage(*mask, 21, 21) == 255);
  CHECK(coverage(*mask, 15, 21) == 255);
  CHECK(coverage(*mask, 14, 21) == 0);
  CHECK(coverage(*mask, 16, 17) > 200);  // 4.3 from the corner
  CHECK(coverage(*mask, 15, 15) == 0);   // 6.4 from the corner
}

TEST_CASE("raster: where letters join nothing shows") {
  ParagraphStyle style = arabic_style(96);
  const Paragraph joined = laid_out("ـــــ", style);
  const Masks masks = masks_of(joined, {});
  const Rect bounds = masks.fill.bounds();
  // The middle row of five joined tatweels: solid from end to end.
  const int y = bounds.height / 2;
  int first = 0;
  int last = bounds.width - 1;
  while (masks.fill.row(y)[first] == 0) {
    ++first;
  }
  while (masks.fill.row(y)[last] == 0) {
    --last;
  }
  CHECK(last - first > 100);
  for (int x = first + 1; x < last; ++x) {
    CHECK(masks.fill.row(y)[x] == 255);
  }
}

TEST_CASE("raster: the outline holds the fill and lies outside it") {
  const Paragraph paragraph = laid_out("فهل يراه الناس؟", arabic_style(72));
  PaintStyle paint;
  paint.outline = 4;
  const Masks masks = masks_of(paragraph, paint);
  const Rect b = masks.fill.bounds();
  int lost = 0;
  for (int y = 0; y < b.height; ++y) {
    for (int x = 0; x < b.width; ++x) {
      lost += coverage(masks.outline, b.x + x, b.y + y) + 1 < masks.fill.row(y)[x] ? 1 : 0;
    }
  }
  CHECK(lost == 0);
  CHECK(masks.outline.bounds().width >= b.width + 6);
  CHECK(ink(masks.outline) > ink(masks.fill) * 3 / 2);
}

TEST_CASE("raster: whole pixels of offset move the masks and change nothing else") {
  const Paragraph paragraph = laid_out("سلام", arabic_style(64));
  const Masks here = masks_of(paragraph, everything());
  const Masks there = masks_of(paragraph, everything(), {7, -3});
  REQUIRE(there.fill.bounds().x == here.fill.bounds().x + 7);
  REQUIRE(there.fill.bounds().y == here.fill.bounds().y - 3);
  CHECK(ink(here.fill) == ink(there.fill));
  CHECK(ink(here.outline) == ink(there.outline));
  CHECK(ink(here.shadow) == ink(there.shadow));
  CHECK(ink(here.box) == ink(there.box));
  const Masks half = masks_of(paragraph, everything(), {0.5, 0});
  CHECK(std::abs(ink(half.fill) - ink(here.fill)) < ink(here.fill) / 500);
}

TEST_CASE("raster: a shadow keeps the ink and spreads it") {
  const Paragraph paragraph = laid_out("ظل", arabic_style(64));
  PaintStyle paint;
  paint.shadow = true;
  paint.shadow_blur = 6;
  const Masks masks = masks_of(paragraph, paint);
  CHECK(std::abs(ink(masks.shadow) - ink(masks.fill)) < ink(masks.fill) / 20);
  CHECK(masks.shadow.bounds().width > masks.fill.bounds().width + 24);
}

TEST_CASE("raster: emoji are in colour, premultiplied, and throw a shadow") {
  const Paragraph paragraph = laid_out("🇲🇦", arabic_style(80));
  PaintStyle paint;
  paint.shadow = true;
  const Masks masks = masks_of(paragraph, paint);
  CHECK(masks.fill.empty());
  REQUIRE(masks.emoji != nullptr);
  CHECK(masks.shadow.bounds().width > 60);
  std::int64_t red = 0;
  std::int64_t blue = 0;
  for (int y = 0; y < masks.emoji->size().height; ++y) {
    for (int x = 0; x < masks.emoji->size().width; ++x) {
      const std::uint8_t* p = masks.emoji->row(y) + static_cast<std::ptrdiff_t>(x) * 4;
      REQUIRE(std::max({p[0], p[1], p[2]}) <= p[3]);
      red += p[0];
      blue += p[2];
    }
  }
  CHECK(red > 3 * blue);
}

TEST_CASE("raster: boxes stand behind every line and meet") {
  ParagraphStyle style = arabic_style(60);
  style.width = 560;
  style.align = Align::kCenter;
  const Paragraph paragraph = laid_out("عملكم كبير، فهل يراه الناس في كل مكان؟", style);
  REQUIRE(paragraph.lines.size() == 2);
  PaintStyle paint = everything();
  const Masks masks = masks_of(paragraph, paint);
  REQUIRE(masks.boxes.size() == 2);
  for (int y = masks.boxes[0].y + 20; y < masks.boxes[1].bottom() - 20; ++y) {
    CHECK(coverage(masks.box, 280, y) == 255);
  }
  for (const Line& line : paragraph.lines) {
    CHECK(coverage(masks.box, static_cast<int>(line.x) + 1, static_cast<int>(line.baseline) - 20) == 255);
  }
}

TEST_CASE("raster: no ink is clipped") {
  for (const char* name : {"Noto Sans Arabic", "Noto Naskh Arabic", "Amiri"}) {
    ParagraphStyle style = arabic_style(72);
    style.fonts.insert(style.fonts.begin(), family(name));
    check_no_ink_clipped(laid_out("رُكُوب رُكْن إلَيْكُمُ ٱلْآنَ لِلَّهِ 😍", style), name);
  }
}

TEST_CASE("raster: no ink is clipped, for every string, font and size") {
  const auto folder = capsule::test::corpus();
  if (!folder) {
    return;
  }
  int laid = 0;
  for (const Sample& sample : corpus_samples(*folder)) {
    for (const char* name : {"Noto Sans Arabic", "Noto Sans Arabic:bold", "Noto Naskh Arabic",
                             "Noto Kufi Arabic:bold", "Noto Nastaliq Urdu", "Amiri", "Amiri:bold"}) {
      for (const double size : {48.0, 72.0, 120.0}) {
        ParagraphStyle style = arabic_style(size);
        style.fonts.insert(style.fonts.begin(), family(name));
        style.language = sample.language;
        check_no_ink_clipped(laid_out(sample.text, style), sample.id + " " + name);
        ++laid;
      }
    }
  }
  CHECK(laid == 25 * 7 * 3);
}

TEST_CASE("raster: no ink of our own strings or of random ones is clipped, in fonts and sizes by turns") {
  const char* fonts[] = {
      "Noto Sans Arabic",  "Amiri",       "Noto Naskh Arabic:bold", "Noto Nastaliq Urdu",
      "Amiri:bold italic", "Amiri Quran", "Noto Kufi Arabic",       "Noto Sans Arabic:bold"};
  const double sizes[] = {17, 48, 72, 120};
  std::vector<Sample> samples = random_samples(3, 60);
  samples.insert(samples.end(), own_samples().begin(), own_samples().end());
  for (std::size_t i = 0; i < samples.size(); ++i) {
    ParagraphStyle style = arabic_style(sizes[i % 4]);
    style.fonts.insert(style.fonts.begin(), family(fonts[i % std::size(fonts)]));
    style.language = samples[i].language;
    style.width = i % 3 == 0 ? 0 : 90.0 + 37.0 * static_cast<double>(i % 20);
    check_no_ink_clipped(laid_out(samples[i].text, style), samples[i].id + " " + samples[i].text);
  }
}

}  // namespace capsule::text::test

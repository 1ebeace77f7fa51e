#include "text/spans.h"

#include <doctest/doctest.h>

#include <algorithm>
#include <cmath>
#include <map>
#include <set>
#include <tuple>

#include "tests/support/corpus.h"
#include "tests/text/samples.h"
#include "tests/text/strings.h"
#include "tests/text/support.h"
#include "text/face.h"
#include "text/raster.h"

namespace capsule::text::test {
namespace {

std::int32_t length(const Paragraph& paragraph) {
  return static_cast<std::int32_t>(paragraph.text.size());
}

std::int32_t find(const Paragraph& paragraph, std::u32string_view part) {
  const auto at = paragraph.text.find(part);
  REQUIRE(at != std::u32string::npos);
  return static_cast<std::int32_t>(at);
}

double breadth(const std::vector<Span>& spans) {
  double sum = 0;
  for (const Span& span : spans) {
    sum += span.right - span.left;
  }
  return sum;
}

Span only_span(const Paragraph& paragraph, Range range) {
  const std::vector<Span> spans = spans_of(paragraph, range);
  REQUIRE(spans.size() == 1);
  return spans.front();
}

const Glyph& only_glyph_of(const Paragraph& paragraph, std::int32_t cluster) {
  const Glyph* found = nullptr;
  for (const Run& run : paragraph.lines.at(0).runs) {
    for (const Glyph& glyph : run.glyphs) {
      found = glyph.cluster == cluster && glyph.advance > 0 ? &glyph : found;
    }
  }
  REQUIRE(found != nullptr);
  return *found;
}

Paragraph set_in(const char* font, std::string_view text) {
  ParagraphStyle style = arabic_style(100);
  style.fonts.insert(style.fonts.begin(), family(font));
  return laid_out(text, style);
}

/// Every glyph is owned once, whole or in slices that meet; nothing is owned by two.
void check_partition(const Paragraph& paragraph, std::int32_t at, const std::string& what) {
  using Key = std::tuple<int, int, int>;
  std::set<Key> whole;
  std::map<Key, std::vector<std::pair<double, double>>> slices;
  for (const Range range : {Range{0, at}, Range{at, length(paragraph)}}) {
    for (const OwnedGlyph& owned : glyphs_of(paragraph, range)) {
      const Key key{owned.line, owned.run, owned.glyph};
      if (owned.sliced) {
        slices[key].emplace_back(owned.from, owned.to);
      } else {
        CHECK_MESSAGE(whole.insert(key).second, what);
      }
    }
  }
  std::size_t all = 0;
  for (const Line& line : paragraph.lines) {
    for (const Run& run : line.runs) {
      all += run.glyphs.size();
    }
  }
  CHECK_MESSAGE(whole.size() + slices.size() == all, what);
  for (auto& [key, parts] : slices) {
    CHECK_MESSAGE(whole.count(key) == 0, what);
    std::sort(parts.begin(), parts.end());
    for (std::size_t i = 1; i < parts.size(); ++i) {
      CHECK_MESSAGE(std::fabs(parts[i].first - parts[i - 1].second) < 1e-6, what);
    }
  }
}

/// A boundary before every grapheme cluster changes no place and no ink (gate T5 of the engine).
void check_every_boundary(const Paragraph& paragraph, const std::string& what, std::size_t most) {
  const double all = breadth(spans_of(paragraph, {0, length(paragraph)}));
  const auto masks = rasterise(paragraph, {});
  REQUIRE(masks.has_value());
  const std::vector<std::int32_t> bounds = clusters_of(paragraph);
  const std::size_t step = std::max<std::size_t>(1, bounds.size() / most);
  for (std::size_t i = 0; i < bounds.size(); i += step) {
    const std::int32_t at = bounds[i];
    const double parts =
        breadth(spans_of(paragraph, {0, at})) + breadth(spans_of(paragraph, {at, length(paragraph)}));
    CHECK_MESSAGE(std::fabs(parts - all) < 1e-6, what, " at ", at);
    check_partition(paragraph, at, what);
    const auto shares = ownership(paragraph, {{0, at}, {at, length(paragraph)}}, masks->fill);
    REQUIRE(shares.has_value());
    const Rect b = masks->fill.bounds();
    int lost = 0;
    for (int y = 0; y < b.height; ++y) {
      for (int x = 0; x < b.width; ++x) {
        const int share = coverage((*shares)[0], b.x + x, b.y + y) + coverage((*shares)[1], b.x + x, b.y + y);
        lost += masks->fill.row(y)[x] > 2 && share != 255 ? 1 : 0;
      }
    }
    CHECK_MESSAGE(lost == 0, what, " at ", at);
  }
}

/// Gate T8.
void check_sweep(const Paragraph& paragraph, const std::string& what) {
  constexpr int kSteps = 60;
  std::vector<Span> before;
  for (int step = 0; step <= kSteps; ++step) {
    const std::vector<Span> now =
        swept(paragraph, {0, length(paragraph)}, static_cast<double>(step) / kSteps);
    REQUIRE_MESSAGE(now.size() >= before.size(), what);
    for (std::size_t i = 0; i < before.size(); ++i) {
      REQUIRE_MESSAGE(now[i].right_to_left == before[i].right_to_left, what);
      CHECK_MESSAGE(now[i].left <= before[i].left + 1e-9, what);
      CHECK_MESSAGE(now[i].right >= before[i].right - 1e-9, what);
      CHECK_MESSAGE(now[i].ink_left <= before[i].ink_left + 1e-9, what);
      CHECK_MESSAGE(now[i].ink_right >= before[i].ink_right - 1e-9, what);
      // The edge moves in reading direction: the side that reading starts from stays.
      if (now[i].right_to_left) {
        CHECK_MESSAGE(now[i].right == before[i].right, what);
      } else {
        CHECK_MESSAGE(now[i].left == before[i].left, what);
      }
    }
    CHECK_MESSAGE(breadth(now) >= breadth(before) - 1e-9, what);
    before = now;
  }
  CHECK_MESSAGE(before.size() == spans_of(paragraph, {0, length(paragraph)}).size(), what);
}

}  // namespace

TEST_CASE("spans: letters of a right-to-left line stand from right to left") {
  const Paragraph paragraph = laid_out("مدرسة القرية", arabic_style());
  const Span first = only_span(paragraph, {0, 5});
  const Span second = only_span(paragraph, {6, 12});
  CHECK(first.right_to_left);
  CHECK(first.left > second.right);
  CHECK(std::fabs(first.right - paragraph.lines[0].x - paragraph.lines[0].width) < 0.01);
  CHECK(std::fabs(second.left - paragraph.lines[0].x) < 0.01);
}

TEST_CASE("spans: a Latin word in an Arabic line has its own direction and order") {
  const Paragraph paragraph = laid_out("مكتبة OpenCV مفتوحة", arabic_style());
  const std::vector<Span> spans = spans_of(paragraph, {0, length(paragraph)});
  REQUIRE(spans.size() >= 3);
  const std::int32_t at = find(paragraph, U"OpenCV");
  const Span open = only_span(paragraph, {at, at + 4});
  const Span cv = only_span(paragraph, {at + 4, at + 6});
  CHECK_FALSE(open.right_to_left);
  CHECK(std::fabs(open.right - cv.left) < 1e-6);
  CHECK(only_span(paragraph, {0, 5}).left > cv.right);
}

TEST_CASE("spans: lam-alef parts at the font's caret") {
  const Paragraph paragraph = set_in("Noto Sans Arabic", "سلام");
  const Glyph& ligature = only_glyph_of(paragraph, 1);
  const Span before = only_span(paragraph, {0, 2});
  const Span after = only_span(paragraph, {2, 4});
  CHECK(std::fabs(before.left - after.right) < 1e-6);
  // 300 of 599 units (TEXT.md), of 1000 to the em.
  const double caret = before.left - paragraph.lines[0].x - ligature.x - ligature.x_offset;
  CHECK(std::fabs(caret / 100 - 0.300) < 0.001);
}

TEST_CASE("spans: a ligature without carets is shared equally") {
  // This font gives lam-alef one advance; its two strokes are glyphs that are owned apart, uncut.
  const Paragraph paragraph = set_in("Noto Naskh Arabic", "سلام");
  const Glyph& ligature = only_glyph_of(paragraph, 1);
  const Span before = only_span(paragraph, {0, 2});
  const double part = before.left - paragraph.lines[0].x - ligature.x;
  CHECK(std::fabs(part / ligature.advance - 0.5) < 0.001);
  const std::vector<OwnedGlyph> alef = glyphs_of(paragraph, {2, 3});
  REQUIRE(alef.size() == 1);
  CHECK_FALSE(alef[0].sliced);
}

TEST_CASE("spans: a vocalised lam-alef keeps each mark with its letter, uncut") {
  const Paragraph paragraph = set_in("Noto Sans Arabic", "بِلَاءٌ");
  const std::int32_t alef = find(paragraph, U"ا");
  check_partition(paragraph, alef, "بلاء");
  int slices = 0;
  for (const OwnedGlyph& owned : glyphs_of(paragraph, {0, alef})) {
    slices += owned.sliced ? 1 : 0;
  }
  CHECK(slices == 1);
}

TEST_CASE("spans: a boundary between a letter and its mark counts as before the letter") {
  const Paragraph paragraph = laid_out("قَلَم", arabic_style());
  CHECK(spans_of(paragraph, {0, 1}).empty());
  CHECK(only_span(paragraph, {0, 2}).letters == Range{0, 2});
  CHECK(glyphs_of(paragraph, {0, 2}).size() == 2);
}

TEST_CASE("spans: a range over two lines has a span on each") {
  ParagraphStyle style = arabic_style(60);
  style.width = 560;
  const Paragraph paragraph = laid_out("عملكم كبير، فهل يراه الناس في كل مكان؟", style);
  REQUIRE(paragraph.lines.size() == 2);
  const std::vector<Span> spans = spans_of(paragraph, {0, length(paragraph)});
  REQUIRE(spans.size() >= 2);
  CHECK(spans.front().line == 0);
  CHECK(spans.back().line == 1);
  CHECK(box_of(paragraph, spans.front()).bottom() < box_of(paragraph, spans.back()).bottom());
}

TEST_CASE("spans: the karaoke cuts of «المُسْتَقْبَل يَبْدأُ الآن»") {
  const Paragraph paragraph = set_in("Noto Sans Arabic", "المُسْتَقْبَل يَبْدأُ الآن");
  const std::int32_t qaf = find(paragraph, U"ق") + 2;
  const std::int32_t lam = find(paragraph, U"الآن") + 2;
  // Four syllables from right to left without gaps.
  double right = paragraph.lines[0].x + paragraph.lines[0].width;
  for (const Range range : {Range{0, qaf}, Range{qaf, lam}, Range{lam, length(paragraph)}}) {
    const Span span = only_span(paragraph, range);
    CHECK(std::fabs(span.right - right) < 0.01);
    CHECK(span.right - span.left > 20);
    right = span.left;
  }
  // لآ is one glyph, and the cut goes through it.
  const Glyph& ligature = only_glyph_of(paragraph, lam - 1);
  const double cut = only_span(paragraph, {lam, length(paragraph)}).right - paragraph.lines[0].x;
  CHECK(cut > ligature.x + 0.2 * ligature.advance);
  CHECK(cut < ligature.x + 0.8 * ligature.advance);
  check_sweep(paragraph, "S23");
  check_every_boundary(paragraph, "S23", 100);
}

TEST_CASE("spans: a sweep grows and its edge follows the reading direction, for strings of all sorts") {
  for (const std::string& text : made_strings(40)) {
    ParagraphStyle style = arabic_style(40);
    style.width = 700;
    check_sweep(laid_out(text, style), text);
  }
}

TEST_CASE("spans: a boundary anywhere changes no ink, for strings of all sorts") {
  const char* fonts[] = {"Noto Sans Arabic", "Amiri", "Noto Naskh Arabic", "Noto Nastaliq Urdu"};
  std::size_t at = 0;
  for (const std::string& text : made_strings(24)) {
    ParagraphStyle style = arabic_style(36);
    style.width = 700;
    style.fonts.insert(style.fonts.begin(), family(fonts[at++ % 4]));
    check_every_boundary(laid_out(text, style), text, 12);
  }
}

TEST_CASE("spans: gates T5 and T8 for every string of the corpus and every cluster boundary") {
  const auto folder = capsule::test::corpus();
  if (!folder) {
    return;
  }
  int laid = 0;
  for (const Sample& sample : corpus_samples(*folder)) {
    ParagraphStyle style = arabic_style(32);
    style.language = sample.language;
    const Paragraph paragraph = laid_out(sample.text, style);
    check_sweep(paragraph, sample.id);
    check_every_boundary(paragraph, sample.id, 1000);
    ++laid;
  }
  CHECK(laid == 25);
}

TEST_CASE("spans: gates T5 and T8 for our own strings and for random ones, in fonts by turns") {
  const char* fonts[] = {"Noto Sans Arabic", "Amiri", "Noto Naskh Arabic", "Noto Nastaliq Urdu",
                         "Noto Kufi Arabic"};
  std::vector<Sample> samples = random_samples(5, 60);
  samples.insert(samples.end(), own_samples().begin(), own_samples().end());
  for (std::size_t i = 0; i < samples.size(); ++i) {
    ParagraphStyle style = arabic_style(28);
    style.language = samples[i].language;
    style.width = i % 2 == 0 ? 0.0 : 260.0;
    style.fonts.insert(style.fonts.begin(), family(fonts[i % std::size(fonts)]));
    const Paragraph paragraph = laid_out(samples[i].text, style);
    check_sweep(paragraph, samples[i].id);
    check_every_boundary(paragraph, samples[i].id, 6);
  }
}

TEST_CASE("spans: letters drawn alone stand where they stand among the others, and all make the whole") {
  for (const std::string& text : made_strings(12)) {
    const Paragraph paragraph = laid_out(text, arabic_style(40));
    PaintStyle paint;
    paint.outline = 2;
    const auto whole = rasterise(paragraph, paint);
    const auto all = rasterise(paragraph, paint, {{0, length(paragraph)}});
    REQUIRE((whole.has_value() && all.has_value()));
    CHECK(same(whole->fill, all->fill));
    CHECK(same(whole->outline, all->outline));
    const auto half = rasterise(paragraph, paint, {{0, length(paragraph) / 2}});
    REQUIRE(half.has_value());
    const Rect b = half->fill.bounds();
    int more = 0;
    for (int y = 0; y < b.height; ++y) {
      for (int x = 0; x < b.width; ++x) {
        more += half->fill.row(y)[x] > coverage(whole->fill, b.x + x, b.y + y) + 1 ? 1 : 0;
      }
    }
    CHECK_MESSAGE(more == 0, text);
  }
}

TEST_CASE("stack: marks of neighbouring lines never touch") {
  // A deep line over a high one, in fonts whose own metrics would let them meet.
  for (const char* font : {"Noto Sans Arabic", "Amiri", "Noto Nastaliq Urdu"}) {
    ParagraphStyle style = arabic_style(72);
    style.fonts.insert(style.fonts.begin(), family(font));
    style.line_height = 0.9;
    const Paragraph paragraph = laid_out("رُكُوبٍ رُكْنٍ جِحٍّ\nإلَيْكُمُ ٱلْآنَ لِلَّهِ", style);
    REQUIRE(paragraph.lines.size() == 2);
    Paragraph upper = paragraph;
    Paragraph lower = paragraph;
    upper.lines.pop_back();
    lower.lines.erase(lower.lines.begin());
    const auto above = rasterise(upper, {});
    const auto below = rasterise(lower, {});
    REQUIRE((above.has_value() && below.has_value()));
    const Rect b = above->fill.bounds();
    int met = 0;
    for (int y = 0; y < b.height; ++y) {
      for (int x = 0; x < b.width; ++x) {
        for (int dy = 0; dy <= 2; ++dy) {
          met += above->fill.row(y)[x] > 0 && coverage(below->fill, b.x + x, b.y + y + dy) > 0 ? 1 : 0;
        }
      }
    }
    CHECK_MESSAGE(met == 0, font);
    const double gap = paragraph.lines[1].baseline - paragraph.lines[0].baseline;
    CHECK_MESSAGE(gap > 0.9 * 72, font);
  }
}

TEST_CASE("raster: light around letters is brightest beside them and ends in nothing") {
  const Paragraph paragraph = laid_out("نور", arabic_style(72));
  PaintStyle paint;
  paint.glow = 8;
  const auto masks = rasterise(paragraph, paint);
  REQUIRE(masks.has_value());
  const Rect b = masks->glow.bounds();
  CHECK(b.width > masks->fill.bounds().width + 32);
  int border = 0;
  int brightest = 0;
  for (int y = 0; y < b.height; ++y) {
    for (int x = 0; x < b.width; ++x) {
      const bool edge = x == 0 || y == 0 || x + 1 == b.width || y + 1 == b.height;
      border += edge ? masks->glow.row(y)[x] : 0;
      brightest = std::max<int>(brightest, masks->glow.row(y)[x]);
    }
  }
  CHECK(border == 0);
  CHECK(brightest > 200);
}

}  // namespace capsule::text::test

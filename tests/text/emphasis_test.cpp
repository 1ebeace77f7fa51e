#include <doctest/doctest.h>

#include <algorithm>
#include <cmath>

#include "tests/text/support.h"
#include "text/bars.h"
#include "text/face.h"
#include "text/raster.h"

namespace capsule::text::test {
namespace {

ParagraphStyle with(std::vector<Emphasis> emphasis, double size = 40) {
  ParagraphStyle style = arabic_style(size);
  style.emphasis = std::move(emphasis);
  for (const FacePtr& face : style.fonts) {
    style.cuts.push_back(library().cuts(face));
  }
  return style;
}

Emphasis bold(std::int32_t start, std::int32_t end) {
  return {start, end, true, false, false, false};
}

Emphasis italic(std::int32_t start, std::int32_t end) {
  return {start, end, false, true, false, false};
}

Emphasis underlined(std::int32_t start, std::int32_t end) {
  return {start, end, false, false, true, false};
}

/// Name of the font file that draws a letter.
std::string font_of(const Paragraph& paragraph, std::int32_t letter) {
  for (const Line& line : paragraph.lines) {
    for (const Run& run : line.runs) {
      for (const Glyph& glyph : run.glyphs) {
        if (glyph.cluster == letter) {
          return FontLibrary::info(run.face).name + (run.face->synthetic.slanted ? "/slanted" : "") +
                 (run.face->synthetic.bold ? "/bold" : "");
        }
      }
    }
  }
  return {};
}

std::vector<std::uint32_t> glyphs_of_all(const Paragraph& paragraph) {
  std::vector<std::uint32_t> out;
  for (const Line& line : paragraph.lines) {
    for (const Run& run : line.runs) {
      std::transform(run.glyphs.begin(), run.glyphs.end(), std::back_inserter(out),
                     [](const Glyph& glyph) { return glyph.id; });
    }
  }
  return out;
}

Mask fill_of(const Paragraph& paragraph, const PaintStyle& paint = {}) {
  auto masks = rasterise(paragraph, paint, {20, 20});
  REQUIRE(masks.has_value());
  return paint.outline > 0 ? std::move(masks->outline) : std::move(masks->fill);
}

int at(const Mask& mask, int x, int y) {
  const Rect b = mask.bounds();
  return x >= b.x && y >= b.y && x < b.right() && y < b.bottom() ? mask.row(y - b.y)[x - b.x] : 0;
}

/// Whether ink of the plain text is in a pixel of the bar.
bool touches(const Paragraph& plain, const RectF& bar) {
  const Mask fill = fill_of(plain);
  for (int y = static_cast<int>(bar.y) + 20; y < static_cast<int>(bar.bottom()) + 20; ++y) {
    for (int x = static_cast<int>(bar.x) + 20; x < static_cast<int>(std::ceil(bar.right())) + 20; ++x) {
      if (at(fill, x, y) > 0) {
        return true;
      }
    }
  }
  return false;
}

}  // namespace

TEST_CASE("emphasis: Latin takes the family's italic and bold, Arabic its bold and never a slant") {
  // ورشة Blender مفتوحة: 5..12 Latin.
  const char* text = "ورشة Blender مفتوحة";
  const Paragraph slanted = laid_out(text, with({italic(0, 19)}));
  CHECK(font_of(slanted, 5) == "NotoSans-Italic.ttf");
  CHECK(font_of(slanted, 0) == "NotoSansArabic-Regular.ttf");
  const Paragraph heavy = laid_out(text, with({bold(5, 19)}));
  CHECK(font_of(heavy, 0) == "NotoSansArabic-Regular.ttf");
  CHECK(font_of(heavy, 5) == "NotoSans-Bold.ttf");
  CHECK(font_of(heavy, 13) == "NotoSansArabic-Bold.ttf");
  const Paragraph both = laid_out(text, with({{0, 19, true, true, false, false}}));
  CHECK(font_of(both, 5) == "NotoSans-BoldItalic.ttf");
  CHECK(font_of(both, 13) == "NotoSansArabic-Bold.ttf");
  // Figures lean with Latin, and stand upright among Arabic.
  CHECK(font_of(laid_out("Blender 4.2", with({italic(0, 11)})), 8) == "NotoSans-Italic.ttf");
  CHECK(font_of(laid_out("عام 2026 كله", with({italic(0, 12)})), 5) != "NotoSans-Italic.ttf");
}

TEST_CASE("emphasis: what a family lacks is made of it, in files along their axes") {
  const FacePtr tifinagh = family("Noto Sans Tifinagh");
  const FontCuts cuts = library().cuts(tifinagh);
  CHECK(cuts.bold->synthetic == Synthetic{true, false});
  CHECK(library().cuts(cuts.bold).bold == cuts.bold);
  FontLibrary sealed(false);
  const auto file = sealed.find(by_file_name("NotoSans-Regular.ttf")->file);
  REQUIRE(file.has_value());
  const FontCuts made = sealed.cuts(*file);
  CHECK(made.bold_slanted->synthetic == Synthetic{true, true});
  ParagraphStyle style;
  style.fonts = {*file};
  style.size = 100;
  const double plain = fill_of(laid_out("H", style)).bounds().width;
  style.cuts = {made};
  style.emphasis = {italic(0, 1)};
  // A stem of 71 pixels leans by a fifth.
  CHECK(fill_of(laid_out("H", style)).bounds().width == doctest::Approx(plain + 14.3).epsilon(0.02));
  style.emphasis = {bold(0, 1)};
  CHECK(fill_of(laid_out("H", style)).bounds().width == doctest::Approx(plain + 3.6).epsilon(0.02));
  const auto heavy = sealed.find(by_file_name("NotoSans-Bold.ttf")->file);
  REQUIRE(heavy.has_value());
  CHECK(sealed.cuts(*heavy).bold == *heavy);
}

TEST_CASE("emphasis: a word of letters that join has one weight, and no join breaks") {
  const Paragraph plain = laid_out("السلام عليكم", with({}));
  for (std::int32_t end = 1; end <= 6; ++end) {
    const Paragraph part = laid_out("السلام عليكم", with({bold(0, end)}));
    const bool most = end >= 3;
    for (std::int32_t letter = 0; letter < 4; ++letter) {
      CHECK(font_of(part, letter) == (most ? "NotoSansArabic-Bold.ttf" : "NotoSansArabic-Regular.ttf"));
    }
    // The two fonts number their glyphs alike: the same forms.
    CHECK(glyphs_of_all(part) == glyphs_of_all(plain));
  }
  // A mark goes with its letter wherever the border is put.
  const Paragraph marked = laid_out("e\u0301te", with({bold(1, 4)}));
  CHECK(font_of(marked, 0) == "NotoSans-Regular.ttf");
  CHECK(font_of(marked, 2) == "NotoSans-Bold.ttf");
}

TEST_CASE("emphasis: a line under letters changes none of them and stands clear of dots, signs and tails") {
  for (const char* text :
       {"بيت جميل في المدينة", "يَلْعَبُ بِكُرَةٍ صَغِيرَةٍ", "jogging, query", "ⵜⴰⵎⴰⵣⵉⵖⵜ", "ورشة page بالقرب"}) {
    CAPTURE(std::string(text));
    for (const double size : {24.0, 48.0, 96.0}) {
      const auto length = static_cast<std::int32_t>(laid_out(text, with({})).text.size());
      const Paragraph plain = laid_out(text, with({}, size));
      const Paragraph lined = laid_out(text, with({underlined(0, length)}, size));
      CHECK(glyphs_of_all(plain) == glyphs_of_all(lined));
      CHECK(lined.lines[0].width == plain.lines[0].width);
      const std::vector<RectF> bars = bars_of(lined);
      REQUIRE_FALSE(bars.empty());
      double covered = 0;
      for (const RectF& bar : bars) {
        CHECK_FALSE(touches(plain, bar));
        CHECK(bar.y == bars[0].y);
        CHECK(bar.y > lined.lines[0].baseline);
        covered += bar.width;
      }
      CHECK(covered > 0.4 * lined.lines[0].width);
    }
  }
}

TEST_CASE("emphasis: bars stand under their letters only, and letters drawn by turns make the whole") {
  const char* text = "قال: زوروا page الموقع\nغداً صباحاً";
  ParagraphStyle style = with({underlined(5, 27), {29, 33, false, false, false, true}}, 60);
  style.width = 420;
  const Paragraph paragraph = laid_out(text, style);
  const std::vector<RectF> none = bars_of(paragraph, {0, 5});
  CHECK(none.empty());
  double sum = 0;
  double whole = 0;
  for (const RectF& bar : bars_of(paragraph)) {
    whole += bar.width;
  }
  const auto length = static_cast<std::int32_t>(paragraph.text.size());
  for (std::int32_t i = 0; i < length; ++i) {
    for (const RectF& bar : bars_of(paragraph, {i, i + 1})) {
      sum += bar.width;
    }
  }
  CHECK(sum == doctest::Approx(whole));
  const Mask fill = fill_of(paragraph);
  std::vector<Range> ranges;
  for (std::int32_t i = 0; i + 3 <= length; i += 6) {
    ranges.push_back({i, i + 3});
  }
  const auto shares = ownership(paragraph, ranges, fill, {20, 20});
  REQUIRE(shares.has_value());
  const auto inverse = ownership(paragraph, {{0, length}}, fill, {20, 20});
  REQUIRE(inverse.has_value());
  for (int y = 0; y < fill.bounds().height; ++y) {
    for (int x = 0; x < fill.bounds().width; ++x) {
      if (fill.row(y)[x] > 8) {
        CHECK(at((*inverse)[0], x + fill.bounds().x, y + fill.bounds().y) >= 254);
      }
    }
  }
}

TEST_CASE("emphasis: a struck word keeps its line through it, a shadowed outline goes round the bars") {
  const Paragraph struck = laid_out("السعر 100 درهم", with({{0, 5, false, false, false, true}}, 60));
  const std::vector<RectF> bars = bars_of(struck);
  REQUIRE(bars.size() == 1);
  CHECK(bars[0].bottom() < struck.lines[0].baseline);
  CHECK(bars[0].y > struck.lines[0].baseline - 30);
  PaintStyle paint;
  paint.outline = 4;
  const Mask outline = fill_of(struck, paint);
  const int middle = static_cast<int>(bars[0].x + bars[0].width / 2) + 20;
  CHECK(at(outline, middle, static_cast<int>(bars[0].y) + 20 - 2) == 255);
}

TEST_CASE("emphasis: stretched lines and cut texts keep their looks") {
  ParagraphStyle style = with({underlined(8, 12)}, 50);
  style.width = 600;
  style.kashida = true;
  const Paragraph stretched = laid_out("سلام على كل الناس\nهنا", style);
  REQUIRE(bars_of(stretched).size() == 1);
  const std::vector<Span> word = spans_of(stretched, {8, 12});
  REQUIRE_FALSE(word.empty());
  CHECK(bars_of(stretched)[0].x >= word.back().left - 1);
  CHECK(bars_of(stretched)[0].right() <= word.front().right + 1);
}

}  // namespace capsule::text::test

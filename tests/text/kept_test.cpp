#include "text/kept.h"

#include <doctest/doctest.h>

#include <string>
#include <thread>

#include "tests/text/samples.h"
#include "tests/text/strings.h"
#include "tests/text/support.h"
#include "text/face.h"

namespace capsule::text::test {
namespace {

ParagraphStyle style_of(FontLibrary& fonts) {
  ParagraphStyle style;
  style.fonts = fonts.fallbacks(false);
  style.size = 40;
  return style;
}

std::string glyphs_of(std::string_view text, const ParagraphStyle& style) {
  return glyphs_json(text, laid_out(text, style));
}

/// The same faces, with nothing kept.
ParagraphStyle forgetful(const ParagraphStyle& like) {
  ParagraphStyle style = like;
  for (FacePtr& face : style.fonts) {
    face = std::make_shared<const Face>(face->file, face->index, face->instance, face->axes);
  }
  return style;
}

}  // namespace

TEST_CASE("kept: what was used last stays within the budget, what is too large never enters") {
  Kept<int, std::string> kept(100);
  const auto word = [](const char* text) { return std::make_shared<const std::string>(text); };
  kept.add(1, word("one"), 25);
  kept.add(2, word("two"), 25);
  kept.add(3, word("three"), 25);
  kept.add(4, word("four"), 25);
  REQUIRE(kept.find(1) != nullptr);
  kept.add(5, word("five"), 25);
  CHECK(kept.find(2) == nullptr);
  CHECK(*kept.find(1) == "one");
  CHECK(*kept.find(5) == "five");
  kept.add(6, word("six"), 26);
  CHECK(kept.find(6) == nullptr);
  CHECK(kept.counts().bytes == 100);
  CHECK(kept.counts().hits == 3);
  CHECK(kept.counts().misses == 2);
}

TEST_CASE("kept: a caption that was laid out and drawn once is neither shaped nor drawn again") {
  FontLibrary fonts;
  const ParagraphStyle style = style_of(fonts);
  const Workpieces& kept = *style.fonts.front()->workpieces;
  const std::string text = "انطلقت الورشة C++ 17 يوم 12/05/2026 😊";
  const Paragraph first = laid_out(text, style);
  const std::uint64_t shaped = kept.runs.counts().misses;
  PaintStyle paint;
  paint.outline = 3;
  paint.shadow = true;
  const auto drawn = rasterise(first, paint, {10, 20});
  REQUIRE(drawn.has_value());
  const Paragraph second = laid_out(text, style);
  const auto again = rasterise(second, paint, {10, 20});
  REQUIRE(again.has_value());
  CHECK(kept.runs.counts().misses == shaped);
  CHECK(kept.masks.counts().hits == 1);
  CHECK(kept.masks.counts().misses == 1);
  CHECK(same(drawn->fill, again->fill));
  CHECK(same(drawn->outline, again->outline));
  CHECK(same(drawn->shadow, again->shadow));
  CHECK(drawn->emoji == again->emoji);
  // Any difference in the picture is another picture.
  paint.outline = 4;
  CHECK(rasterise(second, paint, {10, 20})->outline.bounds().width > drawn->outline.bounds().width);
  CHECK(rasterise(second, paint, {10.5, 20}).has_value());
  CHECK(kept.masks.counts().misses == 3);
}

TEST_CASE("kept: glyphs are those of a face that keeps nothing, in whatever surroundings") {
  FontLibrary fonts;
  ParagraphStyle style = style_of(fonts);
  const ParagraphStyle plain = forgetful(style);
  for (int round = 0; round < 2; ++round) {
    for (const Sample& sample : own_samples()) {
      CHECK_MESSAGE(glyphs_of(sample.text, style) == glyphs_of(sample.text, plain), sample.id);
    }
  }
  // The same letters take other forms beside other letters, other languages and other directions.
  for (const char* text : {"به", "ببه", "به ب", "بهب", "به\u200d", "\u200dبه"}) {
    CHECK(glyphs_of(text, style) == glyphs_of(text, plain));
  }
  CHECK(style.fonts.front()->workpieces->runs.counts().hits > 200);
}

TEST_CASE("kept: a million code points of text stay within the budgets") {
  FontLibrary fonts;
  ParagraphStyle style = style_of(fonts);
  style.size = 12;
  const Workpieces& kept = *style.fonts.front()->workpieces;
  for (int i = 0; i < 2000; ++i) {
    const Paragraph paragraph =
        laid_out("سطر رقم " + std::to_string(i) + " من النص الطويل جداً " + std::string(500, 'x'), style);
    REQUIRE(kept.runs.counts().bytes <= std::size_t{2} << 20U);
    if (i % 100 == 0) {
      REQUIRE(rasterise(paragraph, {}).has_value());
      REQUIRE(kept.masks.counts().bytes <= std::size_t{12} << 20U);
    }
  }
}

TEST_CASE("kept: fonts that nobody holds are forgotten beyond the budget, those in use stay") {
  FontLibrary fonts;
  const FacePtr held = *fonts.find("Amiri");
  std::size_t read = 0;
  for (const FaceInfo& info : fonts.installed()) {
    if (const auto face = fonts.find(info.file); face.has_value()) {
      read += (*face)->bytes();
    }
    REQUIRE(fonts.held_bytes() <= std::size_t{49} << 20U);
  }
  REQUIRE(read > std::size_t{49} << 20U);
  CHECK(*fonts.find("Amiri") == held);
}

TEST_CASE("kept: threads that lay out and draw at once get what one alone gets") {
  FontLibrary fonts;
  const ParagraphStyle style = style_of(fonts);
  const std::vector<std::string> texts = made_strings(24);
  std::vector<std::string> alone;
  for (const std::string& text : texts) {
    alone.push_back(glyphs_of(text, forgetful(style)));
  }
  std::vector<int> wrong(2);
  std::vector<std::thread> threads;
  for (std::size_t number = 0; number < wrong.size(); ++number) {
    threads.emplace_back([&, number] {
      for (std::size_t i = 0; i < 3 * texts.size(); ++i) {
        const std::size_t at = (i * (number + 1)) % texts.size();
        const auto paragraph = lay_out(texts[at], style);
        const bool good = paragraph.has_value() && rasterise(*paragraph, {}).has_value() &&
                          glyphs_json(texts[at], *paragraph) == alone[at];
        wrong[number] += good ? 0 : 1;
      }
    });
  }
  for (std::thread& thread : threads) {
    thread.join();
  }
  CHECK(wrong == std::vector<int>{0, 0});
}

}  // namespace capsule::text::test

#include <doctest/doctest.h>

#include <algorithm>
#include <thread>

#include "tests/text/json_reader.h"
#include "tests/text/support.h"
#include "text/raster.h"

namespace capsule::text::test {
namespace {

/// The text of each line as given.
std::vector<std::string> line_texts(const Paragraph& paragraph) {
  std::vector<std::string> out;
  for (const Line& line : paragraph.lines) {
    out.push_back(language::to_utf8(
        std::u32string_view(paragraph.text)
            .substr(static_cast<std::size_t>(line.start), static_cast<std::size_t>(line.end - line.start))));
  }
  return out;
}

ParagraphStyle french_style(double width) {
  ParagraphStyle style = arabic_style();
  style.language = "fr";
  style.width = width;
  return style;
}

std::vector<std::string> fonts_used(const Paragraph& paragraph) {
  std::vector<std::string> out;
  for (const Line& line : paragraph.lines) {
    for (const Run& run : line.runs) {
      const std::string name = FontLibrary::info(run.face).name;
      if (out.empty() || out.back() != name) {
        out.push_back(name);
      }
    }
  }
  return out;
}

}  // namespace

TEST_CASE("layout: every explicit line end ends a line, and the last one adds none") {
  const ParagraphStyle style = arabic_style();
  CHECK(line_texts(laid_out("أول\nثان\r\nثالث\u2028رابع\u2029خامس\n", style)) ==
        std::vector<std::string>{"أول", "ثان", "ثالث", "رابع", "خامس"});
  CHECK(line_texts(laid_out("أول\n\nثالث", style)) == std::vector<std::string>{"أول", "", "ثالث"});
  CHECK(laid_out("", style).lines.size() == 1);
  CHECK(laid_out("", style).height > 40);
}

TEST_CASE("layout: the language gives one direction, auto one for each line") {
  ParagraphStyle style = arabic_style();
  style.width = 600;
  const std::string text = "السطر الأول\nLine two.\nالثالث؟";
  Paragraph paragraph = laid_out(text, style);
  for (const Line& line : paragraph.lines) {
    CHECK(line.x + line.width == doctest::Approx(600));
  }
  CHECK(seen(paragraph, 1) == ".Line two");
  style.direction = DirectionRule::kAuto;
  paragraph = laid_out(text, style);
  CHECK(paragraph.lines[0].x + paragraph.lines[0].width == doctest::Approx(600));
  CHECK(paragraph.lines[1].x == doctest::Approx(0));
  CHECK(seen(paragraph, 1) == "Line two.");
  style.align = Align::kEnd;
  CHECK(laid_out(text, style).lines[0].x == doctest::Approx(0));
}

TEST_CASE("layout: trailing white space hangs over the edge and has no width") {
  ParagraphStyle style = arabic_style();
  const double bare = laid_out("سلام", style).lines.front().width;
  const Paragraph paragraph = laid_out("سلام   ", style);
  CHECK(paragraph.lines.front().width == doctest::Approx(bare));
  double rightmost = 0;
  for (const Run& run : paragraph.lines.front().runs) {
    for (const Glyph& glyph : run.glyphs) {
      rightmost = std::max(rightmost, glyph.x + glyph.advance);
    }
  }
  CHECK(rightmost == doctest::Approx(bare));
}

TEST_CASE("layout: French signs stay with their word, whatever the space before them") {
  for (const std::string space : {" ", "\u00A0", "\u202F"}) {
    for (double width = 280; width < 800; width += 11) {
      const auto lines = line_texts(laid_out(
          "Que faire" + space + "? « Venez" + space + "! » dit" + space + ": oui", french_style(width)));
      for (const std::string& line : lines) {
        CHECK_MESSAGE(std::string("?!:;").find(line.front()) == std::string::npos, line, " at ", width);
        CHECK_MESSAGE(!line.starts_with("»"), line);
        CHECK_MESSAGE((!line.ends_with("« ") && !line.ends_with("«")), line);
      }
    }
  }
}

TEST_CASE("layout: balanced lines are as many as greedy ones, and none is wider than it must be") {
  ParagraphStyle style = arabic_style();
  const std::string text = "عملكم كبير، فهل يراه الناس حيثما كانوا وأينما حلوا بهذا البلد الجميل؟";
  for (double width = 200; width < 900; width += 37) {
    style.width = width;
    style.wrap = Wrap::kGreedy;
    const Paragraph greedy = laid_out(text, style);
    style.wrap = Wrap::kBalanced;
    const Paragraph balanced = laid_out(text, style);
    const auto widest = [](const Paragraph& p) {
      double most = 0;
      for (const Line& line : p.lines) {
        most = std::max(most, line.width);
      }
      return most;
    };
    CHECK(balanced.lines.size() == greedy.lines.size());
    CHECK(widest(balanced) <= widest(greedy) + 0.01);
    CHECK(widest(greedy) <= width + 0.01);
    style.width = widest(balanced) - 0.2;
    if (balanced.lines.size() > 1) {
      CHECK(laid_out(text, style).lines.size() > greedy.lines.size());
    }
  }
}

TEST_CASE("layout: a balanced line does not end with a preposition or a number when it need not") {
  ParagraphStyle style = arabic_style();
  style.width = 420;
  CHECK(line_texts(laid_out("مَرْحَبًا بِكُمْ فِي ٱلْمَغْرِبِ عملكم كبير", style)) ==
        std::vector<std::string>{"مَرْحَبًا بِكُمْ فِي ٱلْمَغْرِبِ ", "عملكم كبير"});
  style.language = "fr";
  style.width = 400;
  CHECK(line_texts(laid_out("Le certificat de 12 associations", style)) ==
        std::vector<std::string>{"Le certificat ", "de 12 associations"});
}

TEST_CASE("layout: threads that share faces get the same paragraph") {
  const ParagraphStyle style = arabic_style(64);
  const std::string text = "مَرْحَبًا بِكُمْ 👍🏽 في Casablanca";
  const std::string expected = glyphs_json(text, laid_out(text, style));
  std::vector<std::string> found(4);
  std::vector<std::thread> threads;
  for (std::string& slot : found) {
    threads.emplace_back([&slot, &style, &text] {
      for (int i = 0; i < 20; ++i) {
        if (const auto paragraph = lay_out(text, style)) {
          slot = rasterise(*paragraph, {}) ? glyphs_json(text, *paragraph) : "";
        }
      }
    });
  }
  for (std::thread& thread : threads) {
    thread.join();
  }
  CHECK(std::all_of(found.begin(), found.end(), [&](const std::string& json) { return json == expected; }));
}

TEST_CASE("layout: text shrinks until it fits and says when it cannot") {
  ParagraphStyle style = arabic_style(60);
  style.width = 400;
  style.max_lines = 2;
  const std::string text = "عملكم كبير، فهل يراه الناس في كل مكان من هذا البلد الجميل؟";
  CHECK_FALSE(laid_out(text, style).fits);
  style.min_size = 20;
  const Paragraph paragraph = laid_out(text, style);
  CHECK(paragraph.fits);
  CHECK(paragraph.size < 60);
  CHECK(paragraph.size >= 20);
  CHECK(paragraph.lines.size() <= 2);
  style.max_height = paragraph.height - 4;
  CHECK(laid_out(text, style).size < paragraph.size);
  style.min_size = 58;
  CHECK_FALSE(laid_out(text, style).fits);
}

TEST_CASE("layout: an Arabic word is never cut, a Latin one only when it is wider than the line") {
  ParagraphStyle style = arabic_style();
  style.width = 60;
  const Paragraph arabic = laid_out("بالاستقلالية", style);
  CHECK_FALSE(arabic.fits);
  for (const std::string& line : line_texts(arabic)) {
    CHECK(std::string("ا").size() == 2);
    // Parts may only follow letters that do not join.
    CHECK((line == line_texts(arabic).back() || line.ends_with("ا")));
  }
  style.language = "fr";
  const Paragraph latin = laid_out("anticonstitutionnellement", style);
  CHECK_FALSE(latin.fits);
  for (const Line& line : latin.lines) {
    CHECK(line.width <= 60.01);
  }
}

TEST_CASE("layout: ink of neighbouring lines never touches") {
  ParagraphStyle style = arabic_style(80);
  style.line_height = 1.0;
  const Paragraph paragraph = laid_out("إِلَيْكُمُ\nٱلْأُسْتَاذَةُ", style);
  const double distance = paragraph.lines[1].baseline - paragraph.lines[0].baseline;
  CHECK(distance > 80);
  CHECK(paragraph.lines[0].baseline + paragraph.lines[0].ink.y >= -0.01);
  CHECK(paragraph.height >= paragraph.lines[1].baseline + paragraph.lines[1].ink.bottom() - 0.01);
}

TEST_CASE("layout: a word is set in one font, the first that has all its letters") {
  ParagraphStyle style;
  style.fonts = {family("Noto Naskh Arabic"), family("Noto Sans Arabic"), family("Noto Sans")};
  style.size = 40;
  const Paragraph paragraph = laid_out("سلام OpenCV 4.6 نعم", style);
  CHECK(fonts_used(paragraph) == std::vector<std::string>{"NotoNaskhArabic-Regular.ttf",
                                                          "NotoSans-Regular.ttf",
                                                          "NotoNaskhArabic-Regular.ttf"});
  CHECK(paragraph.missing.empty());
  // Noto Sans has no Arabic but Latin, Tifinagh has only its own: each word whole in the first that has it.
  style.fonts = {family("Noto Sans Tifinagh"), family("Noto Sans"), family("Amiri")};
  CHECK(fonts_used(laid_out("ⴰⵣⵓⵍabcسلام", style)) == std::vector<std::string>{"Amiri-Regular.ttf",
                                                                               "NotoSansTifinagh-Regular.ttf",
                                                                               "NotoSans-Regular.ttf"});
}

TEST_CASE("layout: a pair of brackets has one font") {
  ParagraphStyle style;
  style.fonts = {family("Noto Naskh Arabic"), family("Noto Sans")};
  style.size = 40;
  const Paragraph paragraph = laid_out("OpenCV (نعم) لا", style);
  std::vector<std::string> fonts;
  for (const Run& run : paragraph.lines.front().runs) {
    for (const Glyph& glyph : run.glyphs) {
      const char32_t c = paragraph.text[static_cast<std::size_t>(glyph.cluster)];
      if (c == U'(' || c == U')') {
        fonts.push_back(FontLibrary::info(run.face).name);
      }
    }
  }
  REQUIRE(fonts.size() == 2);
  CHECK(fonts[0] == fonts[1]);
}

TEST_CASE("layout: missing letters are named once, invisible ones never") {
  ParagraphStyle style;
  style.fonts = {family("Noto Sans Arabic")};
  style.size = 40;
  const Paragraph paragraph = laid_out("سلام zz z\u200F\u2067\u2069\x01\t", style);
  CHECK(paragraph.missing == U"z");
}

TEST_CASE("layout: the same text lies the same way at any size") {
  ParagraphStyle small = arabic_style(20);
  ParagraphStyle large = arabic_style(2000);
  const Line a = laid_out("كلمة «سلام» 12", small).lines.front();
  const Line b = laid_out("كلمة «سلام» 12", large).lines.front();
  REQUIRE(a.runs.size() == b.runs.size());
  CHECK(a.width * 100 == doctest::Approx(b.width));
}

TEST_CASE("layout: what cannot be laid out is refused with the limit") {
  const ParagraphStyle style = arabic_style();
  std::string long_text;
  for (int i = 0; i < 10001; ++i) {
    long_text += "ب";
  }
  const auto refused = lay_out(long_text, style);
  REQUIRE_FALSE(refused.has_value());
  CHECK(refused.error().code == Code{"text-limit"});
  ParagraphStyle bare = style;
  bare.fonts.clear();
  CHECK(lay_out("a", bare).error().code == Code{"font-not-found"});
  ParagraphStyle flat = style;
  flat.size = 0;
  CHECK(lay_out("a", flat).error().code == Code{"text-size"});
}

TEST_CASE("layout: --glyphs prints what TEXT.md promises") {
  ParagraphStyle style;
  style.fonts = {by_file_name("NotoSansArabic-Regular.ttf")};
  REQUIRE(style.fonts.front() != nullptr);
  style.size = 1000;
  const JsonValue json = parse_json(glyphs_json("سلام", laid_out("سلام", style)));
  CHECK(json.at("text").text == "سلام");
  CHECK(json.at("direction").text == "rtl");
  CHECK(json.at("size").number == 1000);
  const JsonValue& line = json.at("lines").items.at(0);
  CHECK(line.at("start").number == 0);
  CHECK(line.at("end").number == 4);
  CHECK(line.at("width").number == 484 + 599 + 784);
  CHECK(line.at("ascent").number > 0);
  CHECK(line.at("descent").number > 0);
  CHECK(line.at("ink").items.size() == 4);
  const JsonValue& run = line.at("runs").items.at(0);
  CHECK(run.at("font").text == "NotoSansArabic-Regular.ttf");
  CHECK(run.at("face").number == 0);
  CHECK(run.at("level").number == 1);
  CHECK(run.at("script").text == "Arab");
  CHECK(run.at("language").text == "ar");
  const JsonValue& glyph = run.at("glyphs").items.at(1);
  CHECK(glyph.at("name").text == "uniFEFC");
  CHECK(glyph.at("cluster").number == 1);
  CHECK(glyph.at("x").number == 484);
  CHECK(glyph.at("advance").number == 599);
  for (const char* key : {"id", "y", "x_offset", "y_offset"}) {
    CHECK(glyph.has(key));
  }
}

}  // namespace capsule::text::test

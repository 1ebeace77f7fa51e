#include <doctest/doctest.h>

#include <algorithm>
#include <cmath>

#include "tests/text/support.h"
#include "text/face.h"
#include "text/orthography.h"
#include "text/tokens.h"

namespace capsule::text::test {
namespace {

std::string set_in(const std::string& language, std::string_view text, Digits digits = Digits::kAsTyped) {
  ParagraphStyle style;
  style.language = language;
  style.digits = digits;
  const std::u32string points = language::to_utf32(text);
  return language::to_utf8(spelled(points, style, find_tokens(points)));
}

std::size_t tatweels(const Paragraph& paragraph, std::size_t line) {
  std::size_t count = 0;
  const std::uint32_t glyph = nominal_glyph(*family("Noto Sans Arabic"), 0x0640);
  for (const Run& run : paragraph.lines.at(line).runs) {
    count += static_cast<std::size_t>(std::count_if(run.glyphs.begin(), run.glyphs.end(),
                                                    [glyph](const Glyph& g) { return g.id == glyph; }));
  }
  return count;
}

double right_edge(const Line& line) {
  return line.x + line.width;
}

}  // namespace

TEST_CASE(
    "spelling: French spaces before signs and inside guillemets do not break, and are as wide as printed") {
  CHECK(set_in("fr", "Quoi ? Oui ! Bon ; « paix » : voilà") ==
        "Quoi\u202F? Oui\u202F! Bon\u202F; «\u00A0paix\u00A0»\u00A0: voilà");
  CHECK(set_in("fr-MA", "Vraiment ?!") == "Vraiment\u202F?!");
  // What is no French sign, is not French, or was not typed stays.
  for (const char* same : {"Oui!", "à 08:30", "https://a.ma/?q=1 : 2x", ":) ;)", "bien :) merci", " ? seul",
                           "a  ?", "+212 6 12-34-56-78", "ratio 16 :9"}) {
    if (std::string(same) != "https://a.ma/?q=1 : 2x") {
      CHECK_MESSAGE(set_in("fr", same) == same, same);
    }
  }
  CHECK(set_in("en", "What ? « so »") == "What ? « so »");
  CHECK(set_in("ar", "لماذا ؟ نعم !") == "لماذا ؟ نعم !");
}

TEST_CASE("spelling: a French sign never begins a line") {
  ParagraphStyle style = arabic_style();
  style.language = "fr";
  style.wrap = Wrap::kGreedy;
  for (double width = 270; width < 700; width += 7) {
    style.width = width;
    const Paragraph paragraph = laid_out("Venez nombreux ! Où ça ? Ici : « chez nous » ; merci", style);
    for (const Line& line : paragraph.lines) {
      const char32_t first = paragraph.text[static_cast<std::size_t>(line.start)];
      CHECK(std::u32string_view(U"!?:;»").find(first) == std::u32string_view::npos);
    }
  }
}

TEST_CASE("spelling: digits change on request, never inside tokens") {
  CHECK(set_in("ar-EG", "عام 2026 بنسبة 95%", Digits::kArabicIndic) == "عام ٢٠٢٦ بنسبة ٩٥%");
  CHECK(set_in("ar-MA", "عام ٢٠٢٦ و ۱۲", Digits::kWestern) == "عام 2026 و 12");
  CHECK(set_in("ar-EG", "أستوديو 24 و Studio 24", Digits::kArabicIndic) == "أستوديو ٢٤ و Studio 24");
  CHECK(set_in("ar-MA", "عام ٢٠٢٦ و 12") == "عام ٢٠٢٦ و 12");
  for (const char* same :
       {"اتصل +212 6 12-34-56-78 الآن", "يوم 12/05/2026", "https://a.ma/25?t=10", "C4D.mp4"}) {
    CHECK(set_in("ar-EG", same, Digits::kArabicIndic) == same);
  }
}

TEST_CASE("spelling: the plain algorithms leave a text alone") {
  ParagraphStyle style;
  style.language = "fr";
  style.isolate = Isolate::kNone;
  style.digits = Digits::kArabicIndic;
  CHECK(spelled(U"Oui ! 12", style, {}) == U"Oui ! 12");
}

TEST_CASE("spelling: tracking moves Latin letters apart, marks stay on theirs, Arabic stays joined") {
  ParagraphStyle style = arabic_style(100);
  style.language = "fr";
  const Paragraph plain = laid_out("office e\u0301tx\u0323", style);
  style.tracking = 0.1;
  const Paragraph wide = laid_out("office e\u0301tx\u0323", style);
  CHECK_FALSE(wide.tracking_refused);
  CHECK(wide.lines[0].runs[0].glyphs.size() >= plain.lines[0].runs[0].glyphs.size());
  CHECK(wide.lines[0].width == doctest::Approx(plain.lines[0].width + 10 * 10).epsilon(0.01));
  // x keeps its distance from the dot below it.
  const auto gap = [](const Paragraph& p) {
    const auto& glyphs = p.lines[0].runs[0].glyphs;
    const Glyph& mark = glyphs.back();
    const Glyph& base = glyphs[glyphs.size() - 2];
    return mark.x + mark.x_offset - base.x;
  };
  CHECK(gap(wide) == doctest::Approx(gap(plain)).epsilon(0.001));

  style.language = "ar";
  style.tracking = 0;
  const Paragraph joined = laid_out("سلام Paix", style);
  style.tracking = 0.1;
  const Paragraph refused = laid_out("سلام Paix", style);
  CHECK(refused.tracking_refused);
  for (const Run& run : refused.lines[0].runs) {
    const auto& before = joined.lines[0].runs[static_cast<std::size_t>(&run - refused.lines[0].runs.data())];
    REQUIRE(run.script == before.script);
    for (std::size_t i = 0; i < run.glyphs.size(); ++i) {
      const double added = run.glyphs[i].advance - before.glyphs[i].advance;
      CHECK(added == doctest::Approx(run.script == "Arab" ? 0.0 : 10.0).epsilon(0.01));
    }
  }
}

TEST_CASE("spelling: kashida brings short lines to the widest, one join in a word") {
  ParagraphStyle style = arabic_style(80);
  const std::string title = "ورشة مفتوحة للجميع\nفي مدرسة النسيم";
  const Paragraph plain = laid_out(title, style);
  style.kashida = true;
  const Paragraph even = laid_out(title, style);
  CHECK_FALSE(even.kashida_refused);
  CHECK(even.text == plain.text);
  const std::size_t narrow = plain.lines[0].width < plain.lines[1].width ? 0 : 1;
  CHECK(tatweels(plain, narrow) == 0);
  CHECK(tatweels(even, narrow) > 0);
  CHECK(tatweels(even, 1 - narrow) == 0);
  CHECK(even.lines[narrow].width == doctest::Approx(even.lines[1 - narrow].width).epsilon(0.01));
  CHECK(even.lines[narrow].width <= even.lines[1 - narrow].width + 0.5);
  for (const Line& line : even.lines) {
    std::int32_t most = line.end;
    for (const Run& run : line.runs) {
      for (const Glyph& glyph : run.glyphs) {
        CHECK((glyph.cluster >= line.start && glyph.cluster < line.end));
        CHECK(glyph.cluster <= most);
        most = glyph.cluster;
      }
    }
  }
}

TEST_CASE("spelling: kashida keeps out of vocalised text, of Latin and of what would be overstretched") {
  ParagraphStyle style = arabic_style(80);
  style.kashida = true;
  const Paragraph vocalised = laid_out("مَرْحَبًا بِكُمْ\nفِي ٱلْمَغْرِبِ ٱلْجَمِيلِ", style);
  CHECK(vocalised.kashida_refused);
  CHECK(tatweels(vocalised, 0) == 0);
  CHECK_FALSE(laid_out("شكراً جزيلاً لكم\nسلام", style).kashida_refused);
  const Paragraph latin = laid_out("Bonjour\nà toutes et à tous", style);
  CHECK(latin.lines[0].width < latin.lines[1].width);
  const Paragraph far = laid_out("نعم\nهذا سطر أطول من أخيه بكثير جدا", style);
  style.kashida = false;
  const Paragraph unstretched = laid_out("نعم\nهذا سطر أطول من أخيه بكثير جدا", style);
  CHECK(far.lines[0].width <= unstretched.lines[0].width * 4 / 3 + 0.5);
  CHECK(right_edge(far.lines[0]) <= right_edge(far.lines[1]) + 0.5);
}

TEST_CASE("spelling: what is too long ends with an ellipsis at its logical end, by whole clusters") {
  ParagraphStyle style = arabic_style(60);
  style.width = 500;
  style.min_size = 50;
  style.max_lines = 2;
  const std::string text =
      "يعلن المركز عن انطلاق الدورة التكوينية المفتوحة أمام جميع الشباب بالمدينة ابتداء من الأسبوع المقبل";
  const Paragraph whole = laid_out(text, style);
  CHECK_FALSE(whole.fits);
  CHECK_FALSE(whole.shortened);
  CHECK(whole.lines.size() > 2);
  style.ellipsis = true;
  const Paragraph cut = laid_out(text, style);
  CHECK(cut.shortened);
  CHECK_FALSE(cut.fits);
  CHECK(cut.lines.size() == 2);
  CHECK(cut.size == doctest::Approx(50));
  CHECK(cut.text.back() == U'…');
  CHECK(whole.text.starts_with(std::u32string_view(cut.text).substr(0, cut.text.size() - 1)));
  // The ellipsis stands at the left end of the last line.
  const Glyph& leftmost = cut.lines.back().runs.front().glyphs.front();
  CHECK(cut.text[static_cast<std::size_t>(leftmost.cluster)] == U'…');
  for (const Line& line : cut.lines) {
    CHECK(line.width <= style.width + 0.1);
  }
  // A text that fits is not touched.
  CHECK_FALSE(laid_out("سلام", style).shortened);
  // Never between a letter and its marks, nor inside a family of emoji.
  style.max_lines = 1;
  for (double width = 60; width < 420; width += 11) {
    style.width = width;
    const Paragraph emoji = laid_out(
        "مُحَمَّدٌ 👨‍👩‍👧‍👦 مُحَمَّدٌ 👍🏽 مُحَمَّدٌ", style);
    if (!emoji.shortened) {
      continue;
    }
    const std::size_t kept = emoji.text.size() - 1;
    const std::u32string all = language::to_utf32(
        "مُحَمَّدٌ 👨‍👩‍👧‍👦 مُحَمَّدٌ 👍🏽 مُحَمَّدٌ");
    const auto places = language::boundaries(all, language::Breaks::kGrapheme, "");
    CHECK((kept == 0 ||
           std::find(places.begin(), places.end(), static_cast<std::int32_t>(kept)) != places.end()));
  }
}

TEST_CASE("spelling: a vocalised text is known by how many signs it has") {
  CHECK(is_vocalised(U"مَرْحَبًا بِكُمْ"));
  CHECK(is_vocalised(U"﴿قل هو الله أحد﴾"));
  CHECK_FALSE(is_vocalised(U"شكراً جزيلاً لكم جميعاً"));
  CHECK_FALSE(is_vocalised(U"مرحبا"));
  CHECK_FALSE(is_vocalised(U"Bonjour"));
}

}  // namespace capsule::text::test

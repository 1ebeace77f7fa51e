#include <doctest/doctest.h>

#include <algorithm>
#include <cmath>
#include <set>

#include "language/unicode.h"
#include "tests/support/corpus.h"
#include "tests/text/support.h"
#include "text/face.h"
#include "text/raster.h"
#include "text/script.h"

namespace capsule::text::test {
namespace {

ParagraphStyle with_fonts(const std::vector<std::string>& names, double size = 100) {
  ParagraphStyle style;
  for (const std::string& name : names) {
    const FacePtr face = by_file_name(name);
    REQUIRE_MESSAGE(face != nullptr, "not installed: ", name);
    style.fonts.push_back(face);
  }
  style.size = size;
  return style;
}

/// The faces of the joined letters of each word, by the file's name.
std::vector<std::set<std::string>> faces_of_words(const Paragraph& paragraph) {
  std::vector<std::set<std::string>> words;
  std::vector<std::string> face_at(paragraph.text.size());
  for (const Line& line : paragraph.lines) {
    for (const Run& run : line.runs) {
      for (const Glyph& glyph : run.glyphs) {
        face_at[static_cast<std::size_t>(glyph.cluster)] = FontLibrary::info(run.face).name;
      }
    }
  }
  bool inside = false;
  for (std::size_t i = 0; i < paragraph.text.size(); ++i) {
    const char32_t c = paragraph.text[i];
    const bool part = joins(c) || (inside && language::is_mark(c));
    if (part && !inside) {
      words.emplace_back();
    }
    if (part && !face_at[i].empty()) {
      words.back().insert(face_at[i]);
    }
    inside = part;
  }
  return words;
}

const Run& run_with(const Paragraph& paragraph, char32_t letter) {
  for (const Run& run : paragraph.lines.front().runs) {
    for (const Glyph& glyph : run.glyphs) {
      if (paragraph.text[static_cast<std::size_t>(glyph.cluster)] == letter) {
        return run;
      }
    }
  }
  FAIL("letter not found");
  return paragraph.lines.front().runs.front();
}

int glyphs_of(const Paragraph& paragraph) {
  int count = 0;
  for (const Run& run : paragraph.lines.front().runs) {
    count += static_cast<int>(run.glyphs.size());
  }
  return count;
}

std::string face_of(const Paragraph& paragraph) {
  return FontLibrary::info(paragraph.lines.front().runs.front().face).name;
}

}  // namespace

TEST_CASE("fallback: a joining group is drawn by one font, whatever letters the first one lacks") {
  // DejaVu Sans Mono lacks letters of Urdu and Sindhi, Noto Kufi Arabic those of the supplements; Noto Sans
  // Arabic has them all.
  for (const char* first :
       {"DejaVuSansMono.ttf", "NotoKufiArabic-Regular.ttf", "DejaVuSans.ttf", "AmiriQuran.ttf"}) {
    const ParagraphStyle style = with_fonts({first, "NotoSansArabic-Regular.ttf", "NotoSans-Regular.ttf"});
    for (const char* text :
         {"ڭاع الناس گالو ڤيديو زوين بزاف", "فِي ٱلْمَغْرِبِ ٱلْآنَ", "ݣناوة وݣالو ليهم", "ہم نے ٹھیک کہا ڑ",
          "ࢣص ࢭك بيت", "کتاب‌ها را می‌خوانم", "ڭ‍اع ـڭـ"}) {
      const Paragraph paragraph = laid_out(text, style);
      CHECK(paragraph.missing.empty());
      for (const auto& faces : faces_of_words(paragraph)) {
        CHECK_MESSAGE(faces.size() <= 1, first, ": ", text);
      }
    }
  }
}

TEST_CASE("fallback: the word moves, its neighbours stay") {
  const ParagraphStyle style = with_fonts({"NotoKufiArabic-Regular.ttf", "NotoSansArabic-Regular.ttf"});
  const Paragraph paragraph = laid_out("قال ࢣاع الناس", style);
  CHECK(FontLibrary::info(run_with(paragraph, U'ق').face).name == "NotoKufiArabic-Regular.ttf");
  CHECK(FontLibrary::info(run_with(paragraph, U'ع').face).name == "NotoSansArabic-Regular.ttf");
  CHECK(FontLibrary::info(run_with(paragraph, U'ن').face).name == "NotoKufiArabic-Regular.ttf");
}

TEST_CASE("fallback: Latin, Tifinagh and digits look as large as the Arabic beside them") {
  const auto rise = [](const Paragraph& p, char32_t letter) {
    const Run& run = run_with(p, letter);
    const FaceData* data = run.face->data();
    return -glyph_ink(*run.face, nominal_glyph(*run.face, letter)).y * run.size / data->units_per_em;
  };
  const std::vector<std::string> rest = {"NotoSans-Regular.ttf", "NotoSansTifinagh-Regular.ttf"};
  for (const char* arabic :
       {"NotoSansArabic-Regular.ttf", "NotoKufiArabic-Regular.ttf", "NotoNaskhArabic-Regular.ttf"}) {
    std::vector<std::string> names = {arabic};
    names.insert(names.end(), rest.begin(), rest.end());
    const Paragraph p = laid_out("اد Hx ⵔ", with_fonts(names));
    CHECK(std::fabs(rise(p, U'H') / rise(p, U'ا') - 1) < 0.12);
    CHECK(std::fabs(rise(p, U'ⵔ') / rise(p, U'ا') - 1) < 0.12);
    CHECK(run_with(p, U'H').size >= 85);
    CHECK(run_with(p, U'H').size <= 115);
    CHECK(run_with(p, U'ا').size == 100);
  }
  // Fonts that were drawn to go together keep their sizes, and Latin on its own keeps the size that was asked
  // for.
  CHECK(run_with(laid_out("اد Hx", with_fonts({"NotoSansArabic-Regular.ttf", rest[0]})), U'H').size == 100);
  CHECK(
      run_with(laid_out("اد Hx", with_fonts({"NotoSansArabic-Bold.ttf", "NotoSans-Bold.ttf"})), U'H').size ==
      100);
  CHECK(run_with(laid_out("Hx", with_fonts({"NotoKufiArabic-Regular.ttf", rest[0]})), U'H').size == 100);
  CHECK(run_with(laid_out("اد Hx", with_fonts({"NotoKufiArabic-Regular.ttf", rest[0]})), U'H').size > 102);
  CHECK(run_with(laid_out("اد Hx", with_fonts({"NotoNaskhArabic-Regular.ttf", rest[0]})), U'H').size < 98);
}

TEST_CASE("fallback: variation selectors choose text or emoji") {
  const ParagraphStyle style =
      with_fonts({"NotoSansArabic-Regular.ttf", "DejaVuSans.ttf", "NotoColorEmoji.ttf"});

  struct Case {
    const char* text;
    const char* face;
  };

  for (const Case& c :
       {Case{"☎", "DejaVuSans.ttf"}, Case{"☎\uFE0F", "NotoColorEmoji.ttf"}, Case{"☎\uFE0E", "DejaVuSans.ttf"},
        Case{"❤\uFE0F", "NotoColorEmoji.ttf"}, Case{"😀", "NotoColorEmoji.ttf"},
        Case{"😀\uFE0E", "DejaVuSans.ttf"}, Case{"⌚", "NotoColorEmoji.ttf"},
        Case{"1\uFE0F\u20E3", "NotoColorEmoji.ttf"}, Case{"1", "NotoSansArabic-Regular.ttf"},
        Case{"©", "DejaVuSans.ttf"}, Case{"©\uFE0F", "NotoColorEmoji.ttf"}}) {
    const Paragraph paragraph = laid_out(c.text, style);
    CHECK_MESSAGE(face_of(paragraph) == std::string(c.face), std::string(c.text));
    CHECK(paragraph.missing.empty());
  }
}

TEST_CASE("fallback: families, flags, skin tones and keycaps are one glyph each, beside Arabic too") {
  const ParagraphStyle style =
      with_fonts({"NotoSansArabic-Regular.ttf", "NotoSans-Regular.ttf", "NotoColorEmoji.ttf"});
  for (const char* emoji : {"👨‍👩‍👧‍👦", "🇲🇦", "👍🏽", "👩🏾‍🏫", "1️⃣",
                            "🏴󠁧󠁢󠁥󠁮󠁧󠁿", "❤️‍🔥", "🧑‍🤝‍🧑"}) {
    CHECK_MESSAGE(glyphs_of(laid_out(emoji, style)) == 1, emoji);
    const Paragraph beside = laid_out(std::string("بيت") + emoji + "بيت", style);
    CHECK_MESSAGE(glyphs_of(beside) == 7, emoji);
    CHECK(beside.missing.empty());
  }
}

TEST_CASE("fallback: names in Hebrew and other scripts show beside Arabic, with no box") {
  const Paragraph mixed = laid_out("مرحبا שָׁלוֹם Երևան თბილისი አዲስ ߒߞߏ दिल्ली", arabic_style());
  CHECK(mixed.missing.empty());
  std::set<std::string> fonts;
  for (const Run& run : mixed.lines.front().runs) {
    fonts.insert(FontLibrary::info(run.face).family);
    CHECK(
        std::none_of(run.glyphs.begin(), run.glyphs.end(), [](const Glyph& glyph) { return glyph.id == 0; }));
  }
  CHECK(fonts.contains("Noto Sans Hebrew"));
  CHECK(laid_out("漢", arabic_style()).missing == U"漢");
}

TEST_CASE("fallback: letters that no font has are named once each") {
  const ParagraphStyle style = with_fonts({"NotoSansArabic-Regular.ttf"});
  const Paragraph paragraph = laid_out("سلام ABBA 漢", style);
  CHECK(paragraph.missing == U"AB漢");
  CHECK(language::names_of(U"ڭ\u0653漢") ==
        "ڭ (U+06AD ARABIC LETTER NG), ◌\u0653 (U+0653 ARABIC MADDAH ABOVE), 漢 (U+6F22 CJK UNIFIED "
        "IDEOGRAPH-6F22)");
  CHECK(language::names_of(std::u32string(15, U'x')).ends_with(", … +3"));
}

TEST_CASE(
    "fallback: coloured layers (COLR) are painted in the font's palette, the rest in the text's colour") {
  const Paragraph paragraph =
      laid_out("بِسْمِ ٱللَّهِ ۝١ ۩", with_fonts({"AmiriQuranColored.ttf"}));
  const auto masks = rasterise(paragraph, {});
  REQUIRE(masks.has_value());
  CHECK_FALSE(masks->fill.empty());
  REQUIRE(masks->emoji != nullptr);
  std::set<std::uint32_t> colors;
  for (int y = 0; y < masks->emoji->size().height; ++y) {
    const std::uint8_t* pixel = masks->emoji->row(y);
    for (int x = 0; x < masks->emoji->size().width; ++x, pixel += 4) {
      CHECK(pixel[0] <= pixel[3]);
      if (pixel[3] == 255) {
        colors.insert(static_cast<std::uint32_t>(pixel[0]) << 16U |
                      static_cast<std::uint32_t>(pixel[1]) << 8U | static_cast<std::uint32_t>(pixel[2]));
      }
    }
  }
  CHECK(colors.size() >= 2);
  // Its letters are those of the uncoloured font.
  CHECK(glyphs_of(paragraph) ==
        glyphs_of(laid_out("بِسْمِ ٱللَّهِ ۝١ ۩", with_fonts({"AmiriQuran.ttf"}))));
}

TEST_CASE("fallback: the number of an aya stands in its sign, in a font that can set it so") {
  // Noto Sans Arabic has the sign but leaves the number beside it.
  const ParagraphStyle style = with_fonts({"NotoSansArabic-Regular.ttf", "Amiri-Regular.ttf"});
  for (const char* text : {"وَٱلزَّيْتُونِ ۝١", "سورة ۝٢٨٦ ثم", "آية \u06dd١٢"}) {
    const Paragraph paragraph = laid_out(text, style);
    const Run& run = run_with(paragraph, 0x06DD);
    CHECK(FontLibrary::info(run.face).name == "Amiri-Regular.ttf");
    CHECK(FontLibrary::info(run_with(paragraph, paragraph.text[0]).face).name ==
          "NotoSansArabic-Regular.ttf");
    int wide = 0;
    for (const Glyph& glyph : run.glyphs) {
      const bool part = glyph.cluster >= static_cast<std::int32_t>(paragraph.text.find(0x06DD));
      wide += part && glyph.advance > 0 && paragraph.text[static_cast<std::size_t>(glyph.cluster)] != U' '
                  ? 1
                  : 0;
    }
    CHECK(wide == 1);
  }
  // A font that cannot still draws both where there is no other.
  CHECK(face_of(laid_out("۝١", with_fonts({"NotoSansArabic-Regular.ttf"}))) ==
        "NotoSansArabic-Regular.ttf");
}

TEST_CASE("fallback: a font of coloured letters named first draws them") {
  const Paragraph paragraph =
      laid_out("بِسْمِ", with_fonts({"AmiriQuranColored.ttf", "NotoSansArabic-Regular.ttf"}));
  CHECK(face_of(paragraph) == "AmiriQuranColored.ttf");
}

}  // namespace capsule::text::test

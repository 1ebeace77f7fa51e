#include "text/shape.h"

#include <doctest/doctest.h>

#include "language/unicode.h"
#include "tests/support/corpus.h"
#include "tests/text/support.h"
#include "text/face.h"
#include "text/script.h"

namespace capsule::text::test {
namespace {

constexpr std::uint32_t kHebrew = 0x48656272;

struct Format {
  bool names = true;
  bool positions = true;
};

/// As hb-shape prints it: [name=cluster@x,y+advance|…].
std::string printed(const Face& face, const std::vector<ShapedGlyph>& glyphs, Format format) {
  std::string out;
  for (const ShapedGlyph& glyph : glyphs) {
    out += out.empty() ? "[" : "|";
    out += format.names ? glyph_name(face, glyph.id) : std::to_string(glyph.id);
    out += "=" + std::to_string(glyph.cluster);
    if (!format.positions) {
      continue;
    }
    if (glyph.x_offset != 0 || glyph.y_offset != 0) {
      out += "@" + std::to_string(glyph.x_offset) + "," + std::to_string(glyph.y_offset);
    }
    out += "+" + std::to_string(glyph.advance);
  }
  return out + "]";
}

/// What a run of the house prints like when its size is the font's units per em.
std::string printed(const Run& run) {
  std::string out;
  const auto whole = [](double value) { return std::to_string(static_cast<long>(value)); };
  for (const Glyph& glyph : run.glyphs) {
    out += out.empty() ? "[" : "|";
    out += glyph_name(*run.face, glyph.id) + "=" + std::to_string(glyph.cluster);
    if (glyph.x_offset != 0 || glyph.y_offset != 0) {
      out += "@" + whole(glyph.x_offset) + "," + whole(glyph.y_offset);
    }
    out += "+" + whole(glyph.advance);
  }
  return out + "]";
}

std::string shaped(const Face& face, const std::u32string& text, std::string_view language,
                   Format format = {}) {
  Shaper shaper;
  return printed(
      face,
      shaper.shape(face, {text, 0, static_cast<std::int32_t>(text.size()), true, kArabicScript, language}),
      format);
}

/// Level 0 of HarfBuzz gives a mark its base's cluster; ours keeps its own. Only the numbers differ.
std::string without_clusters(const std::string& glyphs) {
  std::string out;
  bool inside = false;
  for (const char c : glyphs) {
    inside = c == '=' || (inside && c >= '0' && c <= '9');
    if (!inside) {
      out += c;
    }
  }
  return out;
}

struct HouseTest {
  std::string font, options;
  std::u32string text;
  std::string expected;
};

std::vector<HouseTest> house_tests(const std::string& folder, const std::string& file) {
  std::vector<HouseTest> tests;
  for (const std::string& line : lines_of(folder + "/tests/" + file)) {
    const auto fields = split(line, ';');
    if (fields.size() == 4) {
      tests.push_back({folder + "/tests/" + fields[0], fields[1], code_points(fields[2], ','), fields[3]});
    }
  }
  return tests;
}

std::uint32_t first_script(const std::u32string& text) {
  // As hb-shape guesses it.
  for (const char32_t c : text) {
    const std::uint32_t script = language::script_of(c);
    if (script != kCommonScript && script != kInheritedScript) {
      return script;
    }
  }
  return kCommonScript;
}

/// Whether the wrapper gives the glyphs, positions and, at level 1, clusters of a line of the in-house tests.
bool agrees(const HouseTest& test) {
  FontLibrary files(false);
  const auto face = files.find(test.font);
  if (!face) {
    return false;
  }
  const std::uint32_t script = first_script(test.text);
  const bool right = script == kArabicScript || script == kHebrew || script == 0x53797263;  // Syrc
  Format format;
  format.names = test.options.find("--no-glyph-names") == std::string::npos;
  format.positions = test.options.find("--no-positions") == std::string::npos;
  Shaper shaper;
  const auto glyphs =
      shaper.shape(**face, {test.text, 0, static_cast<std::int32_t>(test.text.size()), right, script, ""});
  const std::string ours = printed(**face, glyphs, format);
  if (test.options.find("--cluster-level=1") != std::string::npos) {
    return ours == test.expected;
  }
  return without_clusters(ours) == without_clusters(test.expected);
}

}  // namespace

TEST_CASE("shaping: required ligatures, marks and joining in Noto Sans Arabic") {
  const FacePtr face = by_file_name("NotoSansArabic-Regular.ttf");
  REQUIRE(face != nullptr);
  CHECK(shaped(*face, U"سلام", "ar") == "[uni0645=3+484|uniFEFC=1+599|uniFEB3=0+784]");
  CHECK(shaped(*face, U"جداً", "ar", {true, false}).starts_with("[uni064B=3|"));
}

TEST_CASE("shaping: a part keeps the forms that the text around it asks for") {
  const FacePtr face = by_file_name("NotoSansArabic-Regular.ttf");
  REQUIRE(face != nullptr);
  Shaper shaper;
  const std::u32string text = U"بيت";
  const auto middle = shaper.shape(*face, {text, 1, 2, true, kArabicScript, "ar"});
  REQUIRE(middle.size() == 1);
  CHECK(glyph_name(*face, middle.front().id) == "uniFEF4");
  CHECK(middle.front().cluster == 1);
}

TEST_CASE("shaping: every line of hbshape6.tsv, by the wrapper and by the whole engine") {
  const auto folder = capsule::test::corpus();
  if (!folder) {
    return;
  }
  int lines = 0;
  for (const std::string& line : lines_of(*folder + "/text/strings/hbshape6.tsv")) {
    const auto fields = split(line, '\t');
    if (fields.size() != 5 || line.front() == '#') {
      continue;
    }
    const FacePtr face = by_file_name(fields[2]);
    REQUIRE_MESSAGE(face != nullptr, fields[2]);
    const std::u32string text = language::to_utf32(fields[3]);
    CHECK(shaped(*face, text, fields[1]) == fields[4]);
    ++lines;
    ParagraphStyle style;
    style.fonts = {face};
    style.language = fields[1];
    style.direction = DirectionRule::kRightToLeft;
    style.isolate = Isolate::kNone;
    style.size = face->data()->units_per_em;
    const Paragraph paragraph = laid_out(fields[3], style);
    if (paragraph.lines.front().runs.size() == 1) {
      CHECK(printed(paragraph.lines.front().runs.front()) == fields[4]);
    }
  }
  CHECK(lines == 176);
}

TEST_CASE("shaping: HarfBuzz's in-house tests") {
  const auto corpus = capsule::test::corpus();
  if (!corpus) {
    return;
  }
  const std::string folder = *corpus + "/text/harfbuzz-6.0";
  int lines = 0;
  for (const char* file : {"arabic-fallback-shaping.tests", "arabic-mark-order.tests", "arabic-stch.tests",
                           "cluster.tests", "emoji-clusters.tests", "fallback-positioning.tests"}) {
    for (const HouseTest& test : house_tests(folder, file)) {
      // Level 2 and the dotted circle of a text that is given without its beginning are not ours.
      if (test.options.find("--cluster-level=2") != std::string::npos) {
        continue;
      }
      ++lines;
      CHECK_MESSAGE(agrees(test), file, " ", test.font, " ", language::to_utf8(test.text));
    }
  }
  CHECK(lines == 3369);
}

}  // namespace capsule::text::test

#include "language/segmentation.h"

#include <doctest/doctest.h>

#include <algorithm>
#include <set>

#include "tests/text/support.h"

namespace capsule::text::test {
namespace {

const std::string kFolder = "/usr/share/unicode/";

struct BreakCase {
  std::u32string text;
  std::vector<std::int32_t> breaks;
};

/// "× 0023 ÷ 0020 ÷"
BreakCase parse(const std::string& line) {
  BreakCase out;
  for (const std::string& word : split(line.substr(0, line.find('\t')), ' ')) {
    if (word == "÷") {
      if (!out.text.empty()) {
        out.breaks.push_back(static_cast<std::int32_t>(out.text.size()));
      }
    } else if (word != "×" && !word.empty()) {
      out.text.push_back(static_cast<char32_t>(std::stoul(word, nullptr, 16)));
    }
  }
  return out;
}

/// Lines of a break test that ICU answers otherwise, without their comments.
std::vector<std::string> failing(const std::string& file, language::Breaks kind, int& cases) {
  std::vector<std::string> wrong;
  for (const std::string& line : lines_of(kFolder + file)) {
    if (line.empty() || line.front() == '#') {
      continue;
    }
    ++cases;
    const BreakCase expected = parse(line);
    if (language::boundaries(expected.text, kind, "en") != expected.breaks) {
      wrong.push_back(line.substr(0, line.find('\t')));
    }
  }
  return wrong;
}

/// Where ICU 72 follows CLDR and not UAX #14: after a hyphen before a letter, before a digit after a comma,
/// inside "a.2", between a full stop and Hangul. Frozen: any other difference is a defect.
const std::set<std::string>& tailored() {
  static const std::set<std::string> lines = {
      "× 002D ÷ 0023 ÷",
      "× 002D × 0308 ÷ 0023 ÷",
      "× 002D ÷ 00A7 ÷",
      "× 002D × 0308 ÷ 00A7 ÷",
      "× 002D ÷ 50005 ÷",
      "× 002D × 0308 ÷ 50005 ÷",
      "× 002D ÷ 0E01 ÷",
      "× 002D × 0308 ÷ 0E01 ÷",
      "× 002C ÷ 0030 ÷",
      "× 002C × 0308 ÷ 0030 ÷",
      "× 0065 × 0071 × 0075 × 0061 × 006C × 0073 × 0020 × 002E ÷ 0033 × 0035 × 0020 ÷ 0063 × 0065 × 006E × "
      "0074 × 0073 ÷",
      "× 0061 × 002E ÷ 0032 × 0020 ÷",
      "× 0061 × 002E ÷ 0032 × 0020 ÷ 0915 ÷",
      "× 0061 × 002E ÷ 0032 × 0020 ÷ 672C ÷",
      "× 0061 × 002E ÷ 0032 × 3000 ÷ 672C ÷",
      "× 0061 × 002E ÷ 0032 × 3000 ÷ 307E ÷",
      "× 0061 × 002E ÷ 0032 × 3000 ÷ 0033 ÷",
      "× 0041 × 002E ÷ 0031 × 0020 ÷ BABB ÷",
      "× BD24 ÷ C5B4 × 002E × 0020 ÷ 0041 × 002E ÷ 0032 × 0020 ÷ BCFC ÷",
      "× BD10 ÷ C694 × 002E × 0020 ÷ 0041 × 002E ÷ 0033 × 0020 ÷ BABB ÷",
      "× C694 × 002E × 0020 ÷ 0041 × 002E ÷ 0034 × 0020 ÷ BABB ÷",
      "× 0061 × 002E ÷ 0032 × 3000 ÷ 300C ÷",
  };
  return lines;
}

}  // namespace

TEST_CASE("segmentation: LineBreakTest.txt but for the frozen tailorings") {
  int cases = 0;
  const auto wrong = failing("auxiliary/LineBreakTest.txt", language::Breaks::kLine, cases);
  if (cases == 0) {
    MESSAGE("SKIPPED: the package unicode-data is not installed");
    return;
  }
  CHECK(cases == 7654);
  CHECK(std::set<std::string>(wrong.begin(), wrong.end()) == tailored());
  for (const std::string& line : wrong) {
    CHECK_MESSAGE(tailored().contains(line), line);
  }
}

TEST_CASE("segmentation: GraphemeBreakTest.txt") {
  int cases = 0;
  const auto wrong = failing("auxiliary/GraphemeBreakTest.txt", language::Breaks::kGrapheme, cases);
  if (cases == 0) {
    MESSAGE("SKIPPED: the package unicode-data is not installed");
    return;
  }
  CHECK(cases == 602);
  CHECK(wrong.empty());
}

TEST_CASE("segmentation: every emoji of emoji-test.txt is laid out as one picture") {
  ParagraphStyle style = arabic_style();
  int cases = 0;
  int split_up = 0;
  for (const std::string& line : lines_of(kFolder + "emoji/emoji-test.txt")) {
    const auto semicolon = line.find(';');
    if (line.empty() || line.front() == '#' || semicolon == std::string::npos) {
      continue;
    }
    const std::u32string emoji = code_points(std::string_view(line).substr(0, semicolon), ' ');
    ++cases;
    const Paragraph paragraph = laid_out(language::to_utf8(emoji), style);
    const bool qualified = line.find("fully-qualified", semicolon) == semicolon + 2;
    std::size_t glyphs = 0;
    for (const Run& run : paragraph.lines.front().runs) {
      glyphs += static_cast<std::size_t>(
          std::count_if(run.glyphs.begin(), run.glyphs.end(), [](const Glyph& g) { return g.advance > 0; }));
    }
    split_up += qualified && (glyphs != 1 || !paragraph.missing.empty()) ? 1 : 0;
  }
  if (cases == 0) {
    MESSAGE("SKIPPED: the package unicode-data is not installed");
    return;
  }
  CHECK(cases > 4500);
  CHECK(split_up == 0);
}

}  // namespace capsule::text::test

#include <string>

#include "tests/timeline/support.h"
#include "timeline/cues.h"
#include "timeline/cues/ass_text.h"

namespace capsule::test {

namespace {

timeline::CueFile ass(std::string_view text, Recorder& reporter) {
  auto file = timeline::parse_ass(text, "a.ass", reporter);
  REQUIRE(file.has_value());
  return std::move(*file);
}

timeline::TimedText event(std::string_view text, Recorder& reporter) {
  auto file =
      ass("[Events]\nDialogue: 0,0:00:10.00,0:00:20.00,,,0,0,0,," + std::string(text) + "\n", reporter);
  return file.cues.empty() ? timeline::TimedText{} : file.cues[0];
}

}  // namespace

TEST_CASE("ASS: columns in the order of the Format lines, styles, commas in the text") {
  Recorder reporter;
  const auto file =
      ass("\xEF\xBB\xBF[Script Info]\r\n; note\r\nLanguage: ar\r\nPlayResX: 640\r\nPlayResY: 360\r\n\r\n[V4+ "
          "Styles]\r\n"
          "Format: Alignment, Name, Bold, PrimaryColour\r\nStyle: 8, Top, -1, &H80FF8040\r\n\r\n[Events]\r\n"
          "Format: End, Start, Style, Text\r\nComment: 0:00:01.00,0:00:00.00,Top,not shown\r\n"
          "Dialogue: 0:00:02.50,0:00:01.25,Top,واحد، اثنان, ثلاثة\r\n"
          "Dialogue: 1:00:00.00,0:59:59.99,*Top,{\\pos(320, 90)}b\\Nc\\hd\\ne\r\n"
          "Dialogue: nonsense,0:00:01.00,Top,x\r\n"
          "Dialogue: 0:00:01.00,0:00:02.00,Top,x\r\n",
          reporter);
  CHECK(file.language == "ar");
  REQUIRE(file.cues.size() == 2);
  CHECK(file.cues[0].from == Time(5, 4));
  CHECK(file.cues[0].to == Time(5, 2));
  CHECK(file.cues[0].text == "واحد، اثنان, ثلاثة");
  CHECK(file.cues[0].look.valign == timeline::VAlign::kTop);
  CHECK(file.cues[0].look.bold);
  CHECK(file.cues[0].look.color == Color{0x40, 0x80, 0xFF, 0x7F});
  CHECK(file.cues[0].where.line == 14);
  CHECK(file.cues[1].text == "b\nc\u00A0d e");
  CHECK(file.cues[1].look.anchor == PointF{0.5, 0.25});
  CHECK(reporter.count(Code{"ass-time"}) == 1);
  CHECK(reporter.count(Code{"cue-reversed"}) == 1);
}

TEST_CASE("ASS: karaoke gives the words their times, whatever its kind") {
  Recorder reporter;
  for (const char* kind : {"k", "K", "kf", "ko"}) {
    const std::string k = std::string("{\\") + kind;
    const auto cue = event(k + "100}{\\i1}سلام " + k + "50}" + k + "25}عليكم" + k + "0}!", reporter);
    CHECK(cue.text == "سلام عليكم!");
    const std::vector<timeline::TimedPart> words = {{0, 4, Time::seconds(10), Time::seconds(11)},
                                                    {5, 10, Time(23, 2), Time(47, 4)}};
    CHECK(cue.words == words);
  }
}

TEST_CASE("ASS: overrides leave no letter behind, each kind is named once, drawings are not text") {
  Recorder reporter;
  auto cue = event(
      "{\\fad(200,200)\\t(0,500,\\fscx120\\frz3)\\blur2}a{comment}{\\blur1}b{\\p1}m 0 0 l 9 9{\\p0}c {open",
      reporter);
  CHECK(cue.text == "abc {open");
  std::vector<std::string> kinds;
  for (const Error& warning : reporter.warnings) {
    kinds.push_back(word(warning, "kind"));
  }
  CHECK(kinds == std::vector<std::string>{"\\blur", "\\fad", "\\p", "\\t"});
  CHECK(event("{\\a6}x", reporter).look.valign == timeline::VAlign::kTop);
  CHECK(event("{\\an7}x", reporter).look.side == timeline::CueSide::kLeft);
  CHECK(event("{\\c&H0000FF&\\b1}x", reporter).look.color == Color{255, 0, 0, 255});
  CHECK(event("\\{a\\} \\b", reporter).text == "{a} \\b");
}

TEST_CASE("SSA: its own places and decimal colours") {
  Recorder reporter;
  const auto file =
      ass("[V4 Styles]\nFormat: Name, PrimaryColour, Alignment\nStyle: A,65535,6\n[Events]\n"
          "Format: Marked, Start, End, Style, Text\nDialogue: Marked=0,0:00:00.00,0:00:01.00,A,x\n",
          reporter);
  REQUIRE(file.cues.size() == 1);
  CHECK(file.cues[0].look.valign == timeline::VAlign::kTop);
  CHECK(file.cues[0].look.color == Color{255, 255, 0, 255});
}

TEST_CASE("ASS: any text is escaped so that it reads back as itself") {
  const std::u32string alphabet = U"aNnh{}\\\u2060 ";
  std::uint32_t state = 7;
  for (int round = 0; round < 20000; ++round) {
    std::u32string text;
    for (int i = 0; i < 8; ++i) {
      state = state * 1664525U + 1013904223U;
      text += alphabet[(state >> 16U) % alphabet.size()];
    }
    REQUIRE(timeline::read_ass_text(timeline::escape_ass(text), {}, {}).text == text);
  }
}

}  // namespace capsule::test

#include "timeline/cues.h"

#include <string>

#include "language/segmentation.h"
#include "tests/timeline/support.h"
#include "timeline/cues/clean.h"

namespace capsule::test {

namespace {

std::vector<timeline::TimedText> srt(std::string_view text, Recorder& reporter) {
  auto cues = timeline::parse_srt(text, "a.srt", reporter);
  REQUIRE(cues.has_value());
  return std::move(cues->cues);
}

std::vector<timeline::TimedText> vtt(std::string_view text, Recorder& reporter) {
  auto cues = timeline::parse_vtt(text, "a.vtt", reporter);
  REQUIRE(cues.has_value());
  return std::move(cues->cues);
}

std::string only_text(std::string_view body) {
  Recorder reporter;
  const auto cues = srt("1\n00:00:00,000 --> 00:00:01,000\n" + std::string(body) + "\n", reporter);
  return cues.empty() ? "" : cues[0].text;
}

}  // namespace

TEST_CASE("SubRip: numbers, line ends, byte order mark, missing empty lines and numbers") {
  Recorder reporter;
  const auto cues =
      srt("\xEF\xBB\xBF"
          "1\r\n00:00:01,250 --> 00:00:02,500\r\nسطر\r\nثان\r\n\r\n\r\n"
          "01:00:03.5 --> 01:00:04,000 X1:0\r\n12\r\n"
          "3\r\n00:01:05,000-->00:01:06,000\r\nآخر",
          reporter);
  REQUIRE(cues.size() == 3);
  CHECK(cues[0].from == Time(5, 4));
  CHECK(cues[0].to == Time(5, 2));
  CHECK(cues[0].text == "سطر\nثان");
  CHECK(cues[0].where.line == 2);
  CHECK(cues[1].from == Time(7207, 2));
  CHECK(cues[1].text == "12");
  CHECK(cues[2].from == Time::seconds(65));
  CHECK(cues[2].text == "آخر");
  CHECK(cues[2].where.line == 10);
  CHECK(reporter.warnings.empty());
}

TEST_CASE("SubRip: each bad cue is named with its line and the good ones stay") {
  Recorder reporter;
  const auto cues =
      srt("1\n00:00:05,000 --> 00:00:01,000\na\n\n"
          "2\n00:00:01,000 --> 00\nb\n\n"
          "3\n999999:59:59,999 --> 9999999:00:00,000\nc\n\n"
          "4\n00:00:60,000 --> 00:61:00,000\nd\n\n"
          "5\n00:00:01.5 --> 00:00:0x\ne\n\n"
          "6\n00:00:06,000 --> 00:00:07,000\nok\n",
          reporter);
  REQUIRE(cues.size() == 1);
  CHECK(cues[0].text == "ok");
  REQUIRE(reporter.warnings.size() == 5);
  CHECK(reporter.warnings[0].code == Code{"cue-reversed"});
  for (std::size_t i = 0; i < 5; ++i) {
    CHECK(reporter.warnings[i].where.line == static_cast<int>(2 + 4 * i));
    CHECK((i == 0 || reporter.warnings[i].code == Code{"cue-time"}));
  }
  CHECK(word(reporter.warnings[4], "text") == "00:00:01.5 --> 00:00:0x");
}

TEST_CASE("tags and entities go, other angles and braces stay") {
  CHECK(only_text("<i>مائل</i> و<font color=\"#fff\">لون</font>{\\an8}") == "مائل ولون");
  CHECK(only_text("3 < 5 <3 {name} <unknown>") == "3 < 5 <3 {name} <unknown>");
  CHECK(only_text("a<br/>b") == "a\nb");
  CHECK(only_text("&lt;i&gt; &amp; &#1605; &#x645; &nope; &#xD800;") == "<i> & م م &nope; \uFFFD");
  CHECK(only_text("line\n  \t\nnever") == "line");
}

TEST_CASE("hostile letters: NUL, ill-formed UTF-8, too many letters, too many marks") {
  Recorder reporter;
  const auto cue = [](const std::string& body) { return "00:00:00,000 --> 00:00:01,000\n" + body + "\n\n"; };
  auto cues = srt(cue(std::string("ab\0cd", 5)), reporter);
  CHECK(cues.at(0).text == "abcd");
  CHECK(reporter.count(Code{"cue-controls"}) == 1);
  CHECK(srt(cue("a\xFF\xC0z"), reporter).at(0).text == "a\uFFFD\uFFFDz");

  std::string marks = "ب";
  for (int i = 0; i < 64; ++i) {
    marks += "\u064E";
  }
  cues = srt(cue(std::string(2000, 'x')) + cue(std::string(2001, 'y')) + cue(marks) + cue(marks + "\u0651"),
             reporter);
  REQUIRE(cues.size() == 2);
  CHECK(cues[1].text == marks);
  CHECK(reporter.count(Code{"cue-too-long"}) == 1);
  CHECK(reporter.count(Code{"cue-marks"}) == 1);
}

TEST_CASE("files have a limit of 20 000 cues, and a broken file is not a thousand warnings") {
  Recorder reporter;
  std::string many;
  for (int i = 0; i < 20000; ++i) {
    many += "00:00:00,000 --> 00:00:01,000\nx\n\n";
  }
  CHECK(srt(many, reporter).size() == 20000);
  const auto refused = timeline::parse_srt(many + "00:00:00,000 --> 00:00:01,000\nx\n", "a.srt", reporter);
  REQUIRE_FALSE(refused.has_value());
  CHECK(refused.error().code == Code{"too-many-cues"});
  CHECK(refused.error().where.line == 60001);
  std::string bad;
  for (int i = 0; i < 1000; ++i) {
    bad += "00:00:09,000 --> 00:00:01,000\nx\n\n";
  }
  reporter.warnings.clear();
  CHECK(srt(bad, reporter).empty());
  CHECK(reporter.count(Code{"cue-reversed"}) == 20);
  REQUIRE(reporter.count(Code{"more-cue-problems"}) == 1);
  CHECK(number(reporter.warnings.back(), "count") == 980);
}

TEST_CASE("direction signs come out balanced, and a second time unchanged") {
  struct Line {
    std::u32string_view in, out;
    int changes;
  };

  const Line lines[] = {
      {U"a\u202Eb\u202Cc", U"abc", 1},
      {U"\u2066\u2067\u202Ax", U"\u2066\u2067\u202Ax\u202C\u2069\u2069", 3},
      {U"\u2067\u202Bx\u2069y", U"\u2067\u202Bx\u202C\u2069y", 1},
      {U"x\u202C\u2069y", U"xy", 2},
      {U"\u2067x\u202Cy\u2069", U"\u2067xy\u2069", 1},
      {U"\u202E\u202Ax\u202C\u202Cy", U"\u202Ax\u202Cy", 1},
      {U"\u200Fa\u200E\u061C\u200D\u200C\u2068b\u2069", U"\u200Fa\u200E\u061C\u200D\u200C\u2068b\u2069", 0},
  };
  for (const Line& line : lines) {
    int changes = 0;
    CHECK(timeline::balance_directions(line.in, changes) == line.out);
    CHECK(changes == line.changes);
    changes = 0;
    CHECK(timeline::balance_directions(line.out, changes) == line.out);
    CHECK(changes == 0);
  }
}

TEST_CASE("direction signs: any mixture comes out balanced and keeps its letters") {
  const std::u32string alphabet = U"ab\u202A\u202B\u202C\u202D\u202E\u2066\u2067\u2068\u2069";
  std::uint32_t state = 1;
  for (int round = 0; round < 20000; ++round) {
    std::u32string text;
    for (int i = 0; i < 12; ++i) {
      state = state * 1664525U + 1013904223U;
      text += alphabet[(state >> 16U) % alphabet.size()];
    }
    int changes = 0;
    const std::u32string once = timeline::balance_directions(text, changes);
    int again = 0;
    REQUIRE(timeline::balance_directions(once, again) == once);
    REQUIRE(again == 0);
    const auto letters = [](char32_t c) { return c == U'a' || c == U'b'; };
    REQUIRE(std::ranges::count_if(once, letters) == std::ranges::count_if(text, letters));
    REQUIRE(std::ranges::none_of(once, [](char32_t c) { return c == U'\u202D' || c == U'\u202E'; }));
  }
}

TEST_CASE("WebVTT: header, notes, styles, identifiers, settings, voices, short times") {
  Recorder reporter;
  const auto cues = vtt(
      "WEBVTT - title\nKind: captions\n\nNOTE a --> b\nmore\n\nSTYLE\n::cue { font-family: x }\n"
      "::cue(.big), ::cue(u) { color: rgb(1, 2, 3); font-weight: 700 } /* ::cue(b) { color: red } */\n\n"
      "intro\n00:01.000 --> 00:02.000 line:0 align:end\n<v عمر>سلام</v> <00:01.500><c.big>لكم</c>&rlm;\n\n"
      "100:00.000 --> 00:00.500\nx\n\n00:00:03.000 --> 00:00:04.000\nsecond",
      reporter);
  REQUIRE(cues.size() == 2);
  CHECK(cues[0].from == Time::seconds(1));
  CHECK(cues[0].text == "سلام لكم\u200F");
  CHECK(cues[1].text == "second");
  const timeline::LetterLook big{.bold = true, .color = Color{1, 2, 3, 255}};
  CHECK(cues[0].styles == std::vector<timeline::TimedStyle>{{5, 8, big}});
  CHECK(reporter.count(Code{"cue-time"}) == 1);
  REQUIRE(reporter.count(Code{"cue-markup"}) == 1);
  CHECK(word(reporter.warnings[0], "kind") == "STYLE font-family");

  const auto refused = timeline::parse_vtt("00:01.000 --> 00:02.000\nx\n", "a.vtt", reporter);
  REQUIRE_FALSE(refused.has_value());
  CHECK(refused.error().code == Code{"vtt-header"});
  CHECK_FALSE(timeline::parse_vtt("WEBVTTX\n", "a.vtt", reporter).has_value());
  CHECK(vtt("WEBVTT", reporter).empty());
}

TEST_CASE("WebVTT: words with times, as authors and as YouTube write them") {
  Recorder reporter;
  const auto cues =
      vtt("WEBVTT\n\n00:01.000 --> 00:04.000 align:start line:0 position:10%,line-left\n"
          "السلام<00:02.000><c> عليكم</c>\n<00:03.000>يا <00:03.500>ناس<00:03.800>\n\n"
          "00:05.000 --> 00:06.000 line:90% size:50%\n<00:05.500>a<00:05.200>b <00:09.000>c\n",
          reporter);
  REQUIRE(cues.size() == 2);
  CHECK(cues[0].text == "السلام عليكم\nيا ناس");
  const std::vector<timeline::TimedPart> words = {
      {0, 6, Time::seconds(1), Time::seconds(2)},
      {7, 12, Time::seconds(2), Time::seconds(3)},
      {13, 15, Time::seconds(3), Time(7, 2)},
      {16, 19, Time(7, 2), Time(19, 5)},
  };
  CHECK(cues[0].words == words);
  CHECK(cues[0].look.side == timeline::CueSide::kStart);
  CHECK(cues[0].look.valign == timeline::VAlign::kTop);
  CHECK(cues[0].look.box == timeline::CueBox{10, timeline::HAlign::kLeft, 100, {}});
  CHECK(cues[1].look.box ==
        timeline::CueBox{{}, {}, 50, timeline::CueLine{90, false, timeline::VAlign::kTop}});
  // Times that go back, or leave the cue, are not times of words.
  CHECK(cues[1].words == std::vector<timeline::TimedPart>{{0, 4, Time(11, 2), Time::seconds(6)}});
  CHECK(reporter.warnings.empty());
}

TEST_CASE("SubRip: the place that {\\an8} asks for, looks of letters, one warning for each kind left out") {
  Recorder reporter;
  const auto cues =
      srt("1\n00:00:01,000 --> 00:00:02,000\n{\\an8}<i>فوق</i>\n\n2\n00:00:02,000 --> "
          "00:00:03,000\n<s>تحت <span>لا</span> <span>لا</span></s>"
          "\n\n3\n00:00:03,000 --> 00:00:04,000\n- <b>نعم</b>\n- <FONT face=\"x\" COLOR='#ff8000'>لا، "
          "{\\c&H0000FF&}أبدا</font>\n",
          reporter);
  REQUIRE(cues.size() == 3);
  CHECK(cues[0].look.italic);
  CHECK(cues[2].text == "- نعم\n- لا، أبدا");
  CHECK(cues[1].look.strike);
  const timeline::LetterLook bold{.bold = true, .color = {}};
  const timeline::LetterLook orange{.color = Color{255, 128, 0, 255}};
  const timeline::LetterLook red{.color = Color{255, 0, 0, 255}};
  CHECK(timeline::LetterLook(cues[2].look) == red);
  const std::vector<timeline::TimedStyle> styles = {{0, 1, {}}, {2, 5, bold}, {6, 7, {}}, {8, 11, orange}};
  CHECK(cues[2].styles == styles);
  CHECK(cues[0].look.valign == timeline::VAlign::kTop);
  CHECK(cues[1].look.valign == timeline::VAlign::kBottom);
  REQUIRE(reporter.count(Code{"cue-markup"}) == 1);
  CHECK(word(reporter.warnings[0], "kind") == "<span>");
}

TEST_CASE("SubRip: braces give back what they took, however many there are") {
  Recorder reporter;
  std::string many;
  for (int i = 0; i < 100; ++i) {
    many += "{\\i1}x{\\i0}y";
  }
  const std::string time = "00:00:01,000 --> 00:00:02,000\n";
  const auto cues =
      srt("1\n" + time + "{\\c&H0000FF&}a{\\c}b\n\n2\n" + time + "{\\b1\\c&H0000FF&}a{\\r}b\n\n3\n" + time +
              "<b>a{\\b0}b</b>c\n\n4\n" + time + many + "{\\u1}zz\n",
          reporter);
  REQUIRE(cues.size() == 4);
  const timeline::LetterLook red{.color = Color{255, 0, 0, 255}};
  const timeline::LetterLook bold_red{.bold = true, .color = Color{255, 0, 0, 255}};
  const auto look_at = [&](std::size_t cue, std::int32_t place) -> timeline::LetterLook {
    for (const timeline::TimedStyle& style : cues[cue].styles) {
      if (style.start <= place && place < style.end) {
        return style.look;
      }
    }
    return cues[cue].look;
  };
  CHECK(look_at(0, 0) == red);
  CHECK(look_at(0, 1) == timeline::LetterLook{});
  CHECK(look_at(1, 0) == bold_red);
  CHECK(look_at(1, 1) == timeline::LetterLook{});
  CHECK(look_at(2, 0).bold);
  CHECK_FALSE(look_at(2, 1).bold);
  CHECK(look_at(3, 198).italic);
  CHECK_FALSE(look_at(3, 199).italic);
  CHECK(look_at(3, 201).underline);
  CHECK(reporter.warnings.empty());
}

TEST_CASE("SubRip: a colour is taken from the attribute of that very name") {
  Recorder reporter;
  const auto cues =
      srt("1\n00:00:01,000 --> 00:00:02,000\n<font bgcolor=\"#0000ff\" color=\"#ff0000\">a</font>\n\n"
          "2\n00:00:02,000 --> 00:00:03,000\n<span style=\"background-color: blue; color: red\">b</span>\n",
          reporter);
  REQUIRE(cues.size() == 2);
  CHECK(cues[0].look.color == Color{255, 0, 0, 255});
  CHECK(cues[1].look.color == Color{255, 0, 0, 255});
}

TEST_CASE("a million times inside a caption are no fault") {
  std::string hostile = "1\n00:00:00,000 --> 00:00:09,000\n";
  for (int i = 0; i < 0x200000 - 0x110000 + 1; ++i) {
    hostile += "<0:1>";
  }
  Recorder reporter;
  const auto cues = srt(hostile + "قول\n\n2\n00:00:10,000 --> 00:00:11,000\nbon\n", reporter);
  REQUIRE(cues.size() == 2);
  CHECK(cues[0].text == "قول");
  CHECK(cues[1].text == "bon");
}

TEST_CASE("times are read behind an Arabic letter mark") {
  Recorder reporter;
  const auto cues = srt("1\n\u061C00:00:01,000\u061C --> \u061C00:00:02,000\u061C\nنعم\n", reporter);
  REQUIRE(cues.size() == 1);
  CHECK(cues[0].from == Time::seconds(1));
  CHECK(reporter.warnings.empty());
}

TEST_CASE("ruby stands in closed brackets, whoever closes it") {
  CHECK(only_text("<ruby>ق<rt>qaf</rt></ruby> ا") == "ق (qaf) ا");
  CHECK(only_text("<ruby>ق<rt>qaf</ruby> ا") == "ق (qaf) ا");
  CHECK(only_text("<ruby>ق<rt>qaf<rt>kaf</ruby>") == "ق (qaf) (kaf)");
  CHECK(only_text("ق<rt>qaf") == "ق (qaf)");
  CHECK(only_text("a</rt>b") == "ab");
}

TEST_CASE("WebVTT: a list of selectors may stand inside the parentheses") {
  Recorder reporter;
  const auto cues =
      vtt("WEBVTT\n\nSTYLE\n::cue(.loud, c.far), ::cue(i) { color: red }\n\n"
          "00:01.000 --> 00:02.000\n<c.loud>a</c>\n\n00:02.000 --> 00:03.000\n<c.far>b</c>\n\n"
          "00:03.000 --> 00:04.000\n<i>c</i>\n",
          reporter);
  REQUIRE(cues.size() == 3);
  for (const timeline::TimedText& cue : cues) {
    CHECK(cue.look.color == Color{255, 0, 0, 255});
  }
  CHECK(reporter.warnings.empty());
}

TEST_CASE("what is written is read back") {
  const std::vector<timeline::TimedText> cues = {
      {Time(2, 5), Time(19, 5), "عملكم كبير،\nفهل يراه الناس؟ <3 & {ok}", {}},
      {Time(3661, 1), Time(7323001, 2000), "Vous \u2066+212 6\u2069\n\nfin -->", {}}};
  Recorder reporter;
  const std::string subrip = timeline::write_srt(cues);
  CHECK(subrip.starts_with("1\n00:00:00,400 --> 00:00:03,800\nعملكم كبير،\n"));
  auto read = srt(subrip, reporter);
  REQUIRE(read.size() == 2);
  CHECK(read[0].text == cues[0].text);
  CHECK(read[1].from == cues[1].from);
  CHECK(read[1].text == "Vous \u2066+212 6\u2069\nfin \u2192");
  const std::string web = timeline::write_vtt(cues, "ar");
  CHECK(web.starts_with("WEBVTT\n\nNOTE Language: ar\n\n00:00:00.400 --> 00:00:03.800\n"));
  read = vtt(web, reporter);
  REQUIRE(read.size() == 2);
  CHECK(read[0].text == cues[0].text);
  // The French line inside an Arabic file would run from the left in a browser without its mark, which says
  // no more than the file's language and so is not text.
  CHECK(web.find("&rlm;Vous") != std::string::npos);
  CHECK(read[1].text == "Vous \u2066+212 6\u2069\nfin -->");
  CHECK(vtt(timeline::write_vtt(cues, "fr"), reporter)[1].text == "Vous \u2066+212 6\u2069\nfin -->");
  CHECK(reporter.warnings.empty());
}

}  // namespace capsule::test

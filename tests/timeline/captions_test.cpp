#include <string>

#include "tests/support/temp.h"
#include "tests/timeline/support.h"
#include "timeline/cues/overlap.h"

namespace capsule::test {

namespace {

preset::Cue cue(int from_ms, int to_ms, const preset::LocalText& text) {
  return {Time::millis(from_ms), Time::millis(to_ms), text, {"film.yaml", 30, 5}};
}

std::string at(const timeline::Captions& captions, std::int64_t frame) {
  for (const timeline::Cue& c : captions.cues) {
    if (c.range.contains({frame})) {
      return c.text;
    }
  }
  return "";
}

}  // namespace

TEST_CASE("cues become frames: the first starts on the poster, the last is clipped, strangers are left out") {
  Resolver resolver;
  auto preset = film({scene({})});
  preset.captions.inline_cues = {cue(400, 1000, plain("a")), cue(1000, 1001, plain("b")),
                                 cue(2500, 9000, plain("c")), cue(3000, 4000, plain("d")),
                                 cue(2000, 1900, plain("e"))};
  const auto captions = resolver.good(preset).captions;
  REQUIRE(captions.cues.size() == 3);
  CHECK(captions.cues[0].range == FrameRange{{0}, {30}});
  CHECK(captions.cues[1].range == FrameRange{{30}, {31}});
  CHECK(captions.cues[2].range == FrameRange{{75}, {90}});
  CHECK(resolver.reporter.count(Code{"cue-outside"}) == 1);
  CHECK(resolver.reporter.count(Code{"cue-reversed"}) == 1);
  CHECK(resolver.reporter.count(Code{"cue-overlap"}) == 0);
  CHECK(captions.zone == RectF{100, 1000, 800, 800});
}

TEST_CASE("a first cue from half a second on keeps its start") {
  Resolver resolver;
  auto preset = film({scene({})});
  preset.captions.inline_cues = {cue(500, 1000, plain("a"))};
  CHECK(resolver.good(preset).captions.cues[0].range.begin.value == 15);
}

TEST_CASE("a scene that says its captions itself hides those that begin in it, and only those") {
  Resolver resolver;
  auto preset = film({scene({}), scene({}), scene({})});
  preset.scenes[1].hides_captions = true;
  preset.captions.inline_cues = {cue(600, 3500, plain("a")), cue(4000, 7000, plain("b")),
                                 cue(7000, 8000, plain("c"))};
  const auto captions = resolver.good(preset).captions;
  REQUIRE(captions.cues.size() == 3);
  CHECK_FALSE(captions.cues[0].hidden);
  CHECK(captions.cues[1].hidden);
  CHECK(captions.cues[1].text == "b");
  CHECK_FALSE(captions.cues[2].hidden);
}

TEST_CASE("a short overlap is cut, in a longer one both show, with one warning for all") {
  Resolver resolver;
  auto preset = film({scene({})});
  preset.captions.inline_cues = {cue(1500, 2500, plain("b")), cue(600, 2000, plain("a")),
                                 cue(1500, 3000, plain("c"))};
  const auto captions = resolver.good(preset).captions;
  CHECK(at(captions, 44) == "a");
  // The clock of «a» slipped by half a second; «b» and «c» begin together.
  CHECK(at(captions, 45) == "b\nc");
  CHECK(at(captions, 74) == "b\nc");
  CHECK(at(captions, 75) == "c");
  CHECK(captions.cues.size() == 3);
  REQUIRE(resolver.reporter.count(Code{"cue-overlap"}) == 1);
  CHECK(number(resolver.reporter.warnings[0], "count") == 2);
  CHECK(number(resolver.reporter.warnings[0], "at") == 1.5);
}

TEST_CASE("the later of two speakers stands above, so that the earlier line does not move") {
  Resolver resolver;
  auto preset = film({scene({})});
  preset.captions.highlight = preset::Highlight::kWord;
  preset.captions.inline_cues = {cue(0, 2000, plain("first words")), cue(1000, 3000, plain("second"))};
  const auto captions = resolver.good(preset).captions;
  REQUIRE(captions.cues.size() == 3);
  CHECK(captions.cues[0].words.size() == 2);
  CHECK(captions.cues[1].text == "second\nfirst words");
  CHECK(captions.cues[1].words.empty());
  CHECK(captions.cues[2].text == "second");
}

TEST_CASE("ten thousand cues at once: two at a time, quickly") {
  std::vector<timeline::Span> spans;
  for (int i = 0; i < 10000; ++i) {
    spans.push_back({Time::millis(i), Time::millis(100000 + i)});
  }
  const auto showings = timeline::untangle(spans);
  REQUIRE(!showings.empty());
  Time end;
  for (const auto& showing : showings) {
    REQUIRE(showing.from >= end);
    REQUIRE(showing.from < showing.to);
    REQUIRE(showing.shown.size() <= 2);
    end = showing.to;
  }
  CHECK(end == Time::millis(109999));
}

TEST_CASE("words without times are spread by letters, and vowel marks weigh nothing") {
  Resolver resolver;
  auto preset = film({scene({})});
  preset.captions.highlight = preset::Highlight::kSweep;
  preset.captions.highlight_color = {1, 2, 3, 255};
  // 3 + 3 letters, however many marks; the dash goes with the word before it.
  preset.captions.inline_cues = {cue(0, 2000, plain("كَتَبَ — درس")), cue(2000, 3000, plain("a bcd"))};
  auto captions = resolver.good(preset).captions;
  CHECK(captions.highlight == timeline::Highlight::kSweep);
  CHECK(captions.highlight_color == Color{1, 2, 3, 255});
  REQUIRE(captions.cues[0].words.size() == 2);
  CHECK(captions.cues[0].words[0].start == 0);
  CHECK(captions.cues[0].words[0].end == 8);
  CHECK(captions.cues[0].words[0].range == FrameRange{{0}, {30}});
  CHECK(captions.cues[0].words[1].start == 9);
  CHECK(captions.cues[0].words[1].range == FrameRange{{30}, {60}});
  // A quarter of 30 frames, to the nearest.
  CHECK(captions.cues[1].words[0].range == FrameRange{{60}, {68}});
  preset.captions.highlight = preset::Highlight::kNone;
  CHECK(resolver.good(preset).captions.cues[0].words.empty());
}

TEST_CASE("a file's own word times, places and second speaker reach the film") {
  const TempFolder temp;
  temp.write(
      "a.ass",
      "[Script Info]\nPlayResX: 200\nPlayResY: 100\n[V4+ Styles]\nFormat: Name, PrimaryColour, Alignment\n"
      "Style: A,&H0000FFFF,2\nStyle: B,&H00FF0000,2\n[Events]\n"
      "Format: Start, End, Style, Text\n"
      "Dialogue: 0:00:00.00,0:00:01.00,A,{\\k50}نعم {\\k30}لا\n"
      "Dialogue: 0:00:01.00,0:00:02.00,B,{\\an9}b\n"
      "Dialogue: 0:00:02.00,0:00:03.00,A,{\\an7\\pos(50,25)}c\n");
  Resolver resolver;
  auto preset = film({scene({})});
  preset.captions.file = plain(temp.path("a.ass"));
  preset.captions.highlight = preset::Highlight::kWord;
  const auto cues = resolver.good(preset).captions.cues;
  REQUIRE(cues.size() == 3);
  REQUIRE(cues[0].words.size() == 2);
  CHECK(cues[0].words[0].range == FrameRange{{0}, {15}});
  CHECK(cues[0].words[1].range == FrameRange{{15}, {24}});
  // Most cues are yellow: that is the file's own style, and the preset's stands for it.
  CHECK_FALSE(cues[0].look.color.has_value());
  CHECK(cues[1].look.color == Color{0, 0, 255, 255});
  CHECK(cues[1].look.align == timeline::HAlign::kRight);
  CHECK(cues[1].look.valign == timeline::VAlign::kTop);
  CHECK(cues[2].look.anchor == PointF{250, 500});
}

TEST_CASE("captions of two places never meet; of one place two are stacked with their own colours") {
  const TempFolder temp;
  temp.write("a.ass",
             "[Events]\nFormat: Start, End, Style, Text\n"
             "Dialogue: 0:00:00.00,0:00:02.00,,أسفل\n"
             "Dialogue: 0:00:00.50,0:00:02.50,,{\\an8}أعلى\n"
             "Dialogue: 0:00:01.00,0:00:02.00,,{\\c&H0000FF&}أحمر {\\b1}جدا\n"
             "Dialogue: 0:00:02.50,0:00:03.00,,{\\b1\\i1}عريض\n"
             "Dialogue: 0:00:02.60,0:00:03.00,,{\\pos(100,20)}نقطة\n");
  Resolver resolver;
  auto preset = film({scene({})});
  preset.captions.style.fonts = {"Noto Sans Arabic", "fonts/a.ttf"};
  preset.captions.style.color = {1, 2, 3, 255};
  preset.captions.file = plain(temp.path("a.ass"));
  const auto cues = resolver.good(preset).captions.cues;
  REQUIRE(cues.size() == 5);
  CHECK(cues[0].text == "أسفل");
  CHECK(cues[0].range == FrameRange{{0}, {30}});
  CHECK(cues[1].text == "أعلى");
  CHECK(cues[1].range == FrameRange{{15}, {75}});
  CHECK(cues[1].look.valign == timeline::VAlign::kTop);
  CHECK(cues[2].text == "أحمر جدا\nأسفل");
  CHECK(cues[2].range == FrameRange{{30}, {60}});
  // The look of most of its letters is the caption's, the rest are stretches.
  CHECK(cues[2].look.color == Color{255, 0, 0, 255});
  REQUIRE(cues[2].spans.size() == 1);
  CHECK(cues[2].spans[0].start == 9);
  CHECK(cues[2].spans[0].end == 13);
  CHECK(cues[2].spans[0].color == Color{1, 2, 3, 255});
  CHECK(cues[3].text == "عريض");
  CHECK(cues[2].emphasis == std::vector<timeline::Emphasis>{{5, 8, true, false, false, false}});
  CHECK(cues[3].emphasis == std::vector<timeline::Emphasis>{{0, 4, true, true, false, false}});
  CHECK(cues[4].look.anchor.has_value());
  CHECK(cues[4].range.begin == FrameIndex{78});
  REQUIRE(resolver.reporter.count(Code{"cue-overlap"}) == 1);
  CHECK(number(resolver.reporter.warnings.back(), "count") == 1);
  // Arabic is never slanted; its weight is shown, of parts too.
  REQUIRE(resolver.reporter.count(Code{"cue-upright"}) == 1);
}

TEST_CASE("captions come from the file of the rendered language, with the other language below") {
  const TempFolder temp;
  temp.write("ar.srt",
             "1\n00:00:01,000 --> 00:00:02,000\nعملكم كبير\n\n2\n00:00:02,000 --> 00:00:03,000\nنعم\n");
  temp.write("fr.vtt",
             "WEBVTT\n\n00:00.500 --> 00:01.400\nAvant\n\n00:01.400 --> 00:02.000\nVous faites\n\n"
             "00:02.100 --> 00:02.900\nOui\n");
  Resolver resolver;
  auto preset = film({scene({})});
  preset.captions.file = both(temp.path("ar.srt"), temp.path("fr.vtt"));
  CHECK(resolver.good(preset, "fr").captions.cues.size() == 3);

  preset.captions.bilingual = true;
  preset.captions.second_language = "fr";
  preset.captions.style.size = units(6);
  auto captions = resolver.good(preset, "ar").captions;
  REQUIRE(captions.cues.size() == 2);
  CHECK(captions.second_language == "fr");
  CHECK(captions.cues[0].text == "عملكم كبير");
  CHECK(captions.cues[0].second == "Vous faites");  // 0.6 s together against 0.4 s.
  CHECK(captions.cues[1].second == "Oui");
  CHECK(captions.second_style.size == doctest::Approx(42));

  captions = resolver.good(preset, "fr").captions;
  CHECK(captions.second_language == "ar-MA");
  CHECK(captions.cues[1].second == "عملكم كبير");

  preset.captions.file = plain(temp.path("no.srt"));
  const auto problems = resolver.problems(preset);
  REQUIRE(problems.size() == 1);
  CHECK(problems[0].code == Code{"file-not-found"});
}

TEST_CASE("a translation stands below the caption of its own place, once") {
  const TempFolder temp;
  temp.write("ar.srt",
             "1\n00:00:00,000 --> 00:00:03,000\n{\\an8}لافتة\n\n2\n00:00:00,000 --> 00:00:02,000\nنعم\n");
  temp.write("fr.srt",
             "1\n00:00:00,000 --> 00:00:03,000\nOui\n\n2\n00:00:00,500 --> 00:00:01,500\n{\\an8}Panneau\n");
  temp.write("oui.srt", "1\n00:00:00,000 --> 00:00:03,000\nOui\n");
  temp.write("lone.srt", "1\n00:00:00,000 --> 00:00:03,000\nنعم\n");
  temp.write("top.srt", "1\n00:00:00,000 --> 00:00:03,000\n{\\an8}Oui\n");
  auto preset = film({scene({})});
  preset.captions.bilingual = true;
  preset.captions.second_language = "fr";
  const auto seconds = [&](const char* ar, const char* fr) {
    preset.captions.file = both(temp.path(ar), temp.path(fr));
    std::map<std::string, std::string> out;
    Resolver resolver;
    for (const timeline::Cue& cue : resolver.good(preset, "ar").captions.cues) {
      out[cue.text] = cue.second;
    }
    return out;
  };
  using Pairs = std::map<std::string, std::string>;
  CHECK(seconds("ar.srt", "fr.srt") == Pairs{{"لافتة", "Panneau"}, {"نعم", "Oui"}});
  CHECK(seconds("ar.srt", "oui.srt") == Pairs{{"لافتة", ""}, {"نعم", "Oui"}});
  CHECK(seconds("lone.srt", "top.srt") == Pairs{{"نعم", "Oui"}});
}

TEST_CASE("an inline cue brings both its languages, and hides no direction signs") {
  Resolver resolver;
  auto preset = film({scene({})});
  preset.captions.bilingual = true;
  preset.captions.second_language = "fr";
  preset.captions.inline_cues = {cue(0, 1000, both("الثمن \u202E521\u202C", "Prix")),
                                 cue(1000, 2000, plain("2030"))};
  const auto captions = resolver.good(preset).captions;
  CHECK(captions.cues[0].text == "الثمن 521");
  CHECK(captions.cues[0].second == "Prix");
  CHECK(captions.cues[1].second.empty());
  CHECK(resolver.reporter.count(Code{"cue-bidi"}) == 1);
}

}  // namespace capsule::test

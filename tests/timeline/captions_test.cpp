#include <string>

#include "tests/support/temp.h"
#include "tests/timeline/support.h"

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

TEST_CASE("where cues overlap the earlier one ends, with one warning for all") {
  Resolver resolver;
  auto preset = film({scene({})});
  preset.captions.inline_cues = {cue(1500, 2500, plain("b")), cue(600, 2000, plain("a")),
                                 cue(1500, 3000, plain("c"))};
  const auto captions = resolver.good(preset).captions;
  CHECK(at(captions, 44) == "a");
  CHECK(at(captions, 45) == "c");
  CHECK(captions.cues.size() == 2);
  REQUIRE(resolver.reporter.count(Code{"cue-overlap"}) == 1);
  CHECK(number(resolver.reporter.warnings[0], "count") == 2);
  CHECK(number(resolver.reporter.warnings[0], "at") == 1.5);
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

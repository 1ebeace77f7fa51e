#include "tests/timeline/support.h"

namespace capsule::test {

TEST_CASE("scenes follow one another without gaps or drift at 29.97") {
  Resolver resolver;
  resolver.delivery.rate = {30000, 1001};
  std::vector<preset::Scene> scenes(100, scene({}, Time(123, 100)));
  const auto timeline = resolver.good(film(scenes));
  REQUIRE(timeline.scenes.size() == 100);
  FrameIndex at;
  for (std::size_t i = 0; i < timeline.scenes.size(); ++i) {
    const FrameRange range = timeline.scenes[i].range;
    CHECK(range.begin == at);
    CHECK(range.begin == nearest_frame(Time(123 * static_cast<std::int64_t>(i), 100), timeline.rate));
    at = range.end;
  }
  CHECK(timeline.frames == at);
  CHECK(at.value == 3686);  // 123 s × 30000 / 1001 = 3686.3.
}

TEST_CASE("a transition begins at the new scene's start; the first scene has none") {
  Resolver resolver;
  preset::Scene scene_in = scene({});
  scene_in.enter = {preset::TransitionKind::kPush, preset::Edge::kEnd, Time(1, 2)};
  const auto arabic = resolver.good(film({scene_in, scene_in}), "ar");
  CHECK(arabic.scenes[0].enter.kind == timeline::TransitionKind::kCut);
  CHECK(arabic.scenes[1].enter.kind == timeline::TransitionKind::kPush);
  CHECK(arabic.scenes[1].enter.frames == 15);
  CHECK(arabic.scenes[1].enter.side == timeline::Side::kLeft);
  CHECK(arabic.scenes[1].range.begin.value == 90);
  CHECK(resolver.good(film({scene_in, scene_in}), "fr").scenes[1].enter.side == timeline::Side::kRight);

  scene_in.id = "logo";
  scene_in.duration = Time(1, 4);
  const auto problems = resolver.problems(film({scene({}), scene_in}));
  REQUIRE(problems.size() == 1);
  CHECK(problems[0].code == Code{"effect-too-long"});
  CHECK(word(problems[0], "effect") == "push");
  CHECK(word(problems[0], "name") == "logo");
}

TEST_CASE("a scene without duration lasts as long as its clip") {
  Resolver resolver;
  resolver.clip("a.mp4", Time::seconds(20));
  preset::MediaLayer media;
  media.path = plain("a.mp4");
  media.trim_from = Time::seconds(2);
  media.trim_to = Time::seconds(10);
  media.speed = 2;
  const auto timeline = resolver.good(film({scene({layer(media)}, std::nullopt)}));
  CHECK(timeline.frames.value == 120);
  const auto& made = std::get<timeline::Media>(timeline.scenes[0].layers[0].content);
  CHECK(made.in == Time::seconds(2));
  CHECK(made.out == Time::seconds(10));
  CHECK(made.speed == Time::seconds(2));
}

TEST_CASE("a scene without duration gives time to read: 12 letters a second in Arabic, 14 in French") {
  Resolver resolver;
  const std::string ar(42, 'x');
  // 42 letters: 3.5 s + 0.5 s in Arabic; 3 s + 0.5 s in French.
  const auto preset = film({scene({text_layer(both(ar, ar))}, std::nullopt), scene({})});
  CHECK(resolver.good(preset, "ar").scenes[0].range.end.value == 120);
  CHECK(resolver.good(preset, "fr").scenes[0].range.end.value == 105);

  SUBCASE("marks, tatweel and direction signs take no time") {
    std::string dressed;
    for (int i = 0; i < 42; ++i) {
      dressed += "\u0628\u064E\u0640\u2066\u2069";
    }
    const auto marked = film({scene({text_layer(both(dressed, ar))}, std::nullopt), scene({})});
    CHECK(resolver.good(marked, "ar").scenes[0].range.end.value == 120);
  }
  SUBCASE("text in stacks counts, and two seconds are the least") {
    preset::StackLayer stack;
    stack.children = {text_layer(plain(ar)), text_layer(plain(ar))};
    CHECK(resolver.good(film({scene({layer(stack)}, std::nullopt), scene({})})).scenes[0].range.end.value ==
          225);
    CHECK(resolver.good(film({scene({}, std::nullopt), scene({})})).scenes[0].range.end.value == 60);
  }
}

TEST_CASE("an automatic scene waits for its cues; the last one for the voice too") {
  Resolver resolver;
  resolver.sound("v.wav", Time::seconds(9));
  auto preset = film({scene({}, std::nullopt), scene({}, std::nullopt)});
  preset.captions.inline_cues = {{Time::seconds(1), Time(7, 2), plain("x"), {}},
                                 {Time(16, 5), Time::seconds(5), plain("y"), {}}};
  auto timeline = resolver.good(preset);
  CHECK(timeline.scenes[0].range.end.value == 105);
  CHECK(timeline.frames.value == 165);
  preset.audio.voice = preset::Track{};
  preset.audio.voice->file = plain("v.wav");
  timeline = resolver.good(preset);
  CHECK(timeline.frames.value == 285);
  CHECK(resolver.reporter.count(Code{"voice-cut"}) == 0);
}

TEST_CASE("films and scenes have limits") {
  Resolver resolver;
  auto problems = resolver.problems(
      film({scene({}, Time::seconds(1000)), scene({}, Time(1, 50)), scene({}, Time::seconds(801))}));
  REQUIRE(problems.size() == 2);
  CHECK(problems[0].code == Code{"scene-too-short"});
  CHECK(word(problems[0], "name") == "scenes[2]");
  CHECK(problems[1].code == Code{"film-too-long"});
  CHECK(number(problems[1], "limit") == 1800);

  problems = resolver.problems(film({}));
  REQUIRE(problems.size() == 1);
  CHECK(problems[0].code == Code{"no-scenes"});

  resolver.delivery.max_duration = Time::seconds(60);
  resolver.good(film({scene({}, Time::seconds(61))}));
  REQUIRE(resolver.reporter.count(Code{"film-long-for-place"}) == 1);
  CHECK(number(resolver.reporter.warnings.back(), "limit") == 60);
  resolver.good(film({scene({}, Time::seconds(60))}));
  CHECK(resolver.reporter.count(Code{"film-long-for-place"}) == 1);
}

TEST_CASE("a missing language names every place at once") {
  Resolver resolver;
  preset::LocalText arabic{{{"ar", "نص"}}, {"film.yaml", 12, 9}};
  preset::Layer titled = text_layer(arabic);
  titled.id = "headline";
  preset::QrLayer qr;
  qr.text = arabic;
  auto preset = film({scene({titled, layer(qr)})});
  preset.captions.inline_cues = {{Time::seconds(1), Time::seconds(2), arabic, {}}};
  preset.audio.voice = preset::Track{};
  preset.audio.voice->file = {{{"ar", "v.wav"}}, {"film.yaml", 20, 1}};
  const auto problems = resolver.problems(preset, "fr");
  REQUIRE(problems.size() == 4);
  for (const Error& problem : problems) {
    CHECK(problem.code == Code{"language-missing"});
    CHECK(word(problem, "language") == "fr");
  }
  CHECK(word(problems[0], "place") == "cues[1]");
  CHECK(word(problems[1], "place") == "headline");
  CHECK(problems[1].where.line == 12);
  CHECK(word(problems[2], "place") == "scenes[1].layers[2]");
  CHECK(word(problems[3], "place") == "audio.voice");
  CHECK(resolver.run(preset, "??").error().code == Code{"bad-language-tag"});
}

}  // namespace capsule::test

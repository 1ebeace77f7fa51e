#include "tests/timeline/support.h"

namespace capsule::test {

namespace {

preset::Track track(const std::string& path) {
  preset::Track out;
  out.file = plain(path);
  return out;
}

Resolver make_resolver() {
  Resolver resolver;
  resolver.clip("a.mp4", Time::seconds(20));
  resolver.clip("mute.mp4", Time::seconds(20), false);
  resolver.sound("m.flac", Time::seconds(60));
  resolver.sound("v.wav", Time::seconds(4));
  resolver.still("p.jpg");
  return resolver;
}

}  // namespace

TEST_CASE("a clip is heard with its frames when there is neither music nor voice") {
  Resolver resolver = make_resolver();
  preset::Layer clip = media_layer("a.mp4");
  auto& media = std::get<preset::MediaLayer>(clip.content);
  media.trim_from = Time::seconds(2);
  media.trim_to = Time::seconds(4);
  media.speed = 0.5;
  const auto preset =
      film({scene({}), scene({media_layer("mute.mp4"), media_layer("p.jpg"), clip, clip}, Time::seconds(5))});
  const auto sound = resolver.good(preset).sound;
  CHECK(sound.music.empty());
  CHECK(sound.voice.empty());
  REQUIRE(sound.clips.size() == 1);
  const timeline::SoundClip& heard = sound.clips[0];
  CHECK(heard.film_begin == Time::seconds(3));
  CHECK(heard.film_end == Time::seconds(7));  // Two seconds at half speed.
  CHECK(heard.in == Time::seconds(2));
  CHECK(heard.speed == Time(1, 2));
  CHECK(heard.gain_db == 0);
  CHECK(heard.fade_in == Time::millis(20));
  CHECK(heard.fade_out == Time::millis(20));
}

TEST_CASE("clips are mute beside music or voice unless a gain is named") {
  Resolver resolver = make_resolver();
  auto preset = film({scene({media_layer("a.mp4")}, Time::seconds(8))});
  preset.audio.music = track("m.flac");
  CHECK(resolver.good(preset).sound.clips.empty());
  preset.audio.clips_db = -6.0;
  CHECK(resolver.good(preset).sound.clips.at(0).gain_db == -6);
  preset.audio.clips_db.reset();
  std::get<preset::MediaLayer>(preset.scenes[0].layers[0].content).sound_db = -3.0;
  CHECK(resolver.good(preset).sound.clips.at(0).gain_db == -3);
}

TEST_CASE("music fills the film and fades out at its end") {
  Resolver resolver = make_resolver();
  auto preset = film({scene({}, Time::seconds(8))});
  preset.audio.music = track("m.flac");
  preset.audio.music->duck_db = 9;
  preset.audio.music->gain_db = -4;
  auto sound = resolver.good(preset).sound;
  REQUIRE(sound.music.size() == 1);
  CHECK(sound.music[0].film_end == Time::seconds(8));
  CHECK(sound.music[0].fade_out == Time::millis(1500));
  CHECK(sound.music[0].fade_in == Time{});
  CHECK(sound.music[0].gain_db == -4);
  CHECK(sound.duck_db == 9);
  CHECK(sound.loudness_lufs == resolver.delivery.loudness_lufs);

  preset.audio.music->fade_out = Time::seconds(3);
  CHECK(resolver.good(preset).sound.music[0].fade_out == Time::seconds(3));

  preset.audio.music = track("v.wav");  // Ends by itself after four seconds.
  sound = resolver.good(preset).sound;
  CHECK(sound.music[0].film_end == Time::seconds(4));
  CHECK(sound.music[0].fade_out == Time::millis(20));
  preset.audio.music->loop = true;
  sound = resolver.good(preset).sound;
  CHECK(sound.music[0].film_end == Time::seconds(8));
  CHECK(sound.music[0].loop);
}

TEST_CASE("a voice longer than the film is cut, with a warning") {
  Resolver resolver = make_resolver();
  auto preset = film({scene({}, Time::seconds(3))});
  preset.audio.voice = track("v.wav");
  auto sound = resolver.good(preset).sound;
  REQUIRE(sound.voice.size() == 1);
  CHECK(sound.voice[0].film_end == Time::seconds(3));
  REQUIRE(resolver.reporter.count(Code{"voice-cut"}) == 1);
  CHECK(number(resolver.reporter.warnings[0], "end") == 4);

  preset.audio.voice = track("p.jpg");
  const auto problems = resolver.problems(preset);
  REQUIRE(problems.size() == 1);
  CHECK(problems[0].code == Code{"no-sound"});
}

}  // namespace capsule::test

#include <doctest/doctest.h>

#include <cmath>
#include <filesystem>
#include <string>
#include <vector>

#include "tests/support/process.h"

namespace capsule {
namespace {

/// The last number behind `key` in what ffmpeg printed.
double number_after(const std::string& text, const std::string& key) {
  const auto at = text.rfind(key);
  REQUIRE_MESSAGE(at != std::string::npos, key);
  return std::stod(text.substr(at + key.size()));
}

/// Mean level in dB of a narrow band around 6 kHz, where the music's tone stands and speech hardly does.
double tone_level(const std::string& film, const std::string& from, const std::string& length) {
  const auto heard =
      test::run({"ffmpeg", "-nostdin", "-hide_banner", "-ss", from, "-t", length, "-i", film, "-vn", "-af",
                 "bandpass=f=6000:width_type=h:w=60,volumedetect", "-f", "null", "-"});
  return number_after(heard.err, "mean_volume: ");
}

/// A tone in the folder, of so many hertz and seconds, turned down by `quieter` dB.
void hum(const test::TempFolder& temp, const std::string& name, int hertz, int seconds, int quieter) {
  const std::string source =
      "sine=frequency=" + std::to_string(hertz) + ":duration=" + std::to_string(seconds);
  const std::string gain = "volume=-" + std::to_string(quieter) + "dB";
  const auto made =
      test::run({"ffmpeg", "-v", "error", "-f", "lavfi", "-i", source, "-af", gain, temp.path(name)});
  REQUIRE_MESSAGE(made.exit == 0, made.err);
}

TEST_CASE("music goes down under a real voice, and the film has the loudness and peak that were promised") {
  const test::TempFolder temp;
  const auto spoken = test::run({"espeak-ng", "-v", "ar", "-s", "120", "-w", temp.path("voice.wav"),
                                 "مرحبا بكم في الجمعية. ننظم ورشات للشباب ودروسا للكبار."});
  REQUIRE_MESSAGE(spoken.exit == 0, spoken.err);
  hum(temp, "music.wav", 6000, 14, 12);
  temp.write("small.yaml",
             "profile: small\nsize: [180, 320]\nrate: 30\nsafe: { x: 10, y: 10, width: 160, height: 300 }\n"
             "x264_preset: ultrafast\n");
  temp.write("p.yaml",
             "capsule: 1\ntitle: t\nlanguage: ar-MA\ndeliver: [small.yaml]\n"
             "audio:\n  music: { file: music.wav, duck: 12 dB }\n  voice: { file: voice.wav, at: 1s }\n"
             "scenes:\n  - duration: 13s\n    layers:\n      - shape: rect\n        color: \"#0F4C4A\"\n");
  const std::string film = temp.path("film.mp4");
  const auto done =
      test::capsule({"render", temp.path("p.yaml"), "--to", temp.path("small.yaml"), "-o", film});
  REQUIRE_MESSAGE(done.exit == 0, done.err);

  const double under_voice = tone_level(film, "1.6", "1.5");
  const double alone = tone_level(film, "10", "2");
  CHECK(alone - under_voice == doctest::Approx(12).epsilon(0.25));

  const auto measured = test::run({"ffmpeg", "-nostdin", "-hide_banner", "-i", film, "-vn", "-af",
                                   "ebur128=peak=true", "-f", "null", "-"});
  CHECK(std::abs(number_after(measured.err, "I: ") - -16.0) <= 0.5);
  CHECK(number_after(measured.err, "Peak: ") <= -1.4);
}

TEST_CASE("sound too quiet for the loudness of the place is a warning, and the film is made") {
  const test::TempFolder temp;
  hum(temp, "hum.wav", 500, 2, 42);
  temp.write("p.yaml",
             "capsule: 1\nlanguage: fr\naudio: { music: hum.wav }\nscenes:\n  - duration: 2s\n    layers:\n"
             "      - { shape: rect, color: black }\n");
  const std::string film = temp.path("film.mp4");
  const auto done = test::capsule({"render", temp.path("p.yaml"), "--draft", "-o", film, "--ui-lang", "en"});
  CHECK_MESSAGE(done.exit == 0, done.err);
  CHECK(done.err.find("-16") != std::string::npos);
  CHECK(std::filesystem::exists(film));
}

}  // namespace
}  // namespace capsule

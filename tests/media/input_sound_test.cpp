#include <doctest/doctest.h>

#include <cmath>
#include <string>
#include <vector>

#include "base/stream.h"
#include "media/probe.h"
#include "media/sound_reader.h"
#include "tests/media/input_support.h"
#include "tests/support/corpus.h"
#include "tests/support/temp.h"

namespace capsule::media {
namespace {

double loudest(const std::vector<float>& samples, std::int64_t from, std::int64_t to, int channel) {
  double peak = 0;
  for (std::int64_t i = from; i < to; ++i) {
    peak = std::max(
        peak, std::abs(static_cast<double>(samples[static_cast<std::size_t>(i * kChannels + channel)])));
  }
  return peak;
}

std::int64_t first_above(const std::vector<float>& samples, double level) {
  for (std::size_t i = 0; i < samples.size(); i += kChannels) {
    if (std::abs(static_cast<double>(samples[i])) > level) {
      return static_cast<std::int64_t>(i) / kChannels;
    }
  }
  return -1;
}

/// Silence, then a tone from 1 s on.
void make_beep(const std::string& path, const std::vector<std::string>& codec) {
  std::vector<std::string> words{"-f", "lavfi", "-i",
                                 "aevalsrc='if(gte(t,1),0.5*sin(2*PI*1000*t),0)':s=44100:d=5"};
  words.insert(words.end(), codec.begin(), codec.end());
  words.push_back(path);
  test::ffmpeg(words);
}

TEST_CASE("a tone at 1 s is heard at 1 s, whatever the codec's priming") {
  const test::TempFolder folder;
  const std::vector<std::pair<std::string, std::vector<std::string>>> kinds{
      {"a.wav", {}},
      {"a.flac", {}},
      {"a.m4a", {"-c:a", "aac"}},
      {"a.mp3", {"-c:a", "libmp3lame"}},
      {"a.opus", {"-c:a", "libopus"}},
      {"a.mkv", {"-c:a", "libvorbis"}},
  };
  for (const auto& [name, codec] : kinds) {
    CAPTURE(name);
    make_beep(folder.path(name), codec);
    const auto info = probe(folder.path(name));
    REQUIRE(info);
    const auto samples = read_sound(folder.path(name), info->start, kSampleRate * 2, {});
    REQUIRE(samples);
    CHECK(samples->size() == std::size_t{kSampleRate} * 2 * kChannels);
    CHECK(std::abs(first_above(*samples, 0.2) - kSampleRate) < kSampleRate / 200);
    CHECK(loudest(*samples, kSampleRate * 3 / 2, kSampleRate * 2, 1) == doctest::Approx(0.5).epsilon(0.1));
  }
}

TEST_CASE("a later part is the same sound as the whole's, and silence follows the end") {
  const test::TempFolder folder;
  test::ffmpeg({"-f", "lavfi", "-i", "aevalsrc='0.5*sin(2*PI*t*(200+50*t))':s=48000:d=8", "-c:a", "flac",
                folder.path("a.flac")});
  const auto whole = read_sound(folder.path("a.flac"), Time(), kSampleRate * 8, {});
  const auto part = read_sound(folder.path("a.flac"), Time(11, 2), kSampleRate * 4, {});
  REQUIRE(whole);
  REQUIRE(part);
  double worst = 0;
  for (std::size_t i = 0; i < std::size_t{kSampleRate} * 2; ++i) {
    worst = std::max(worst,
                     std::abs(static_cast<double>((*part)[i] - (*whole)[std::size_t{kSampleRate} * 11 + i])));
  }
  CHECK(worst < 1e-4);
  CHECK(loudest(*part, kSampleRate * 5 / 2 + 100, kSampleRate * 4, 0) == 0.0);
}

TEST_CASE("mono is heard on both sides, opposite phases stay, 5.1 is mixed by BS.775") {
  const test::TempFolder folder;
  test::ffmpeg(
      {"-f", "lavfi", "-i", "aevalsrc=0.5:s=48000:d=1", "-c:a", "pcm_f32le", folder.path("mono.wav")});
  const auto mono = read_sound(folder.path("mono.wav"), Time(), 4800, {});
  REQUIRE(mono);
  CHECK((*mono)[2000] == doctest::Approx(0.5));
  CHECK((*mono)[2001] == doctest::Approx(0.5));
  test::ffmpeg(
      {"-f", "lavfi", "-i", "aevalsrc=0.5|-0.5:s=48000:d=1", "-c:a", "pcm_f32le", folder.path("phase.wav")});
  const auto phase = read_sound(folder.path("phase.wav"), Time(), 4800, {});
  REQUIRE(phase);
  CHECK((*phase)[2000] == doctest::Approx(0.5));
  CHECK((*phase)[2001] == doctest::Approx(-0.5));
  test::ffmpeg({"-f", "lavfi", "-i", "aevalsrc=0.1|0.2|0.1|0.9|0.04|0.08:c=5.1:s=48000:d=1", "-c:a",
                "pcm_f32le", folder.path("six.wav")});
  const auto six = read_sound(folder.path("six.wav"), Time(), 4800, {});
  REQUIRE(six);
  const double half = std::sqrt(0.5);
  CHECK((*six)[2000] == doctest::Approx(0.1 + half * 0.1 + half * 0.04).epsilon(0.001));
  CHECK((*six)[2001] == doctest::Approx(0.2 + half * 0.1 + half * 0.08).epsilon(0.001));
}

TEST_CASE("the tempo changes, the pitch does not") {
  std::vector<float> tone(std::size_t{kSampleRate} * 4 * kChannels);
  for (std::size_t i = 0; i < tone.size(); ++i) {
    tone[i] = static_cast<float>(
        0.5 * std::sin(2 * M_PI * 1000 * static_cast<double>(i / kChannels) / kSampleRate));
  }
  for (const Time speed : {Time(2, 1), Time(1, 2), Time(1, 4)}) {
    const auto out = change_tempo(tone, speed, kSampleRate);
    REQUIRE(out);
    REQUIRE(out->size() == std::size_t{kSampleRate} * kChannels);
    int crossings = 0;
    for (std::size_t i = kChannels * 4800; i + kChannels < out->size() - kChannels * 4800; i += kChannels) {
      crossings += ((*out)[i] < 0) != ((*out)[i + kChannels] < 0) ? 1 : 0;
    }
    CHECK(crossings == doctest::Approx(2 * 1000 * 0.8).epsilon(0.03));
  }
}

TEST_CASE("every sound of the corpus gives sound") {
  const auto corpus = test::corpus();
  if (!corpus) {
    return;
  }
  int files = 0;
  for (const std::string& path : test::files_in(*corpus + "/media/audio")) {
    CAPTURE(path);
    const auto info = probe(path);
    REQUIRE(info);
    const std::int64_t frames =
        std::min<std::int64_t>(info->duration.floor_units(kSampleRate), kSampleRate * 30);
    const auto samples = read_sound(path, info->start, frames, {});
    REQUIRE(samples);
    CHECK(loudest(*samples, 0, frames, 0) > 0.0001);
    ++files;
  }
  CHECK(files > 10);
}

}  // namespace
}  // namespace capsule::media

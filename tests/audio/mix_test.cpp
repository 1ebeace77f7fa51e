#include "audio/mix.h"

#include <cmath>
#include <limits>
#include <map>
#include <utility>

#include "audio/loudness.h"
#include "tests/audio/support.h"

namespace capsule::test {

namespace {

timeline::Timeline film(int seconds) {
  timeline::Timeline out;
  out.rate = {30, 1};
  out.frames = {30 * seconds};
  return out;
}

timeline::SoundClip clip(int file, Time begin, Time end) {
  timeline::SoundClip out;
  out.file = file;
  out.film_begin = begin;
  out.film_end = end;
  return out;
}

// Files are whole blocks; asked for a part, they give it and silence behind their end.
class Files {
 public:
  int add(timeline::Timeline& timeline, AudioBlock block) {
    timeline::MediaFacts facts;
    facts.duration = Time(block.frames(), kSampleRate);
    facts.has_audio = true;
    timeline.files.push_back(facts);
    blocks_.push_back(std::move(block));
    return static_cast<int>(blocks_.size()) - 1;
  }

  [[nodiscard]] audio::SoundOf sound() const {
    return [this](int file, Time in, Time /*speed*/, std::int64_t frames) -> Result<Tape> {
      const AudioBlock& whole = blocks_.at(static_cast<std::size_t>(file));
      AudioBlock out;
      out.samples.resize(static_cast<std::size_t>(frames) * kChannels);
      const auto from = static_cast<std::size_t>(in.round_units(kSampleRate)) * kChannels;
      for (std::size_t i = 0; i < out.samples.size() && from + i < whole.samples.size(); ++i) {
        out.samples[i] = whole.samples[from + i];
      }
      return Tape::of(out);
    };
  }

 private:
  std::vector<AudioBlock> blocks_;
};

AudioBlock mixed(const timeline::Timeline& timeline, const Files& files, Reporter& reporter) {
  auto result = audio::mix_with(timeline, -1.5, files.sound(), reporter, {});
  REQUIRE(result.has_value());
  REQUIRE(result->has_value());
  return (*result)->block();
}

}  // namespace

TEST_CASE("no sound is no sound track; the track is exactly as long as the film") {
  Recorder reporter;
  auto timeline = film(2);
  Files files;
  const auto none = audio::mix_with(timeline, -1.5, files.sound(), reporter, {});
  REQUIRE(none.has_value());
  CHECK_FALSE(none->has_value());
  const int music = files.add(timeline, tone(500, 9, -20));
  timeline.rate = {30000, 1001};
  timeline.sound.music = {clip(music, Time{}, Time(2002, 1000))};
  CHECK(mixed(timeline, files, reporter).frames() == 96096);
  CHECK(reporter.warnings.empty());
}

TEST_CASE("a click stays at its sample, through trim, loudness and limiter") {
  Recorder reporter;
  auto timeline = film(4);
  Files files;
  AudioBlock source = noise(4, 0.01);
  source.samples[(kSampleRate * 2 + 123) * kChannels] = 1;
  const int file = files.add(timeline, source);
  timeline.sound.clips = {clip(file, Time(1, 2), Time(7, 2))};
  timeline.sound.clips[0].in = Time(1, 4);
  const AudioBlock out = mixed(timeline, files, reporter);
  const auto loudest = std::ranges::max_element(out.samples) - out.samples.begin();
  CHECK(loudest == (kSampleRate * 2 + 123 + kSampleRate / 4) * kChannels);
  CHECK(rms_db(out, 0, 0.49) < -200);
  CHECK(rms_db(out, 3.51, 4) < -200);
}

TEST_CASE("music ducks by the depth asked for, is down when the voice starts and comes back") {
  Recorder reporter;
  auto timeline = film(8);
  Files files;
  AudioBlock speech = tone(300, 1, -20);
  append(speech, silence(0.3));
  append(speech, tone(300, 1, -20));
  const int voice = files.add(timeline, speech);
  const int music = files.add(timeline, tone(2000, 8, -20));
  timeline.sound.voice = {clip(voice, Time::seconds(3), Time(53, 10))};
  timeline.sound.music = {clip(music, Time{}, Time::seconds(8))};
  timeline.sound.duck_db = 12;

  // The curve alone, without the voice on top.
  AudioBlock bus = silence(3);
  append(bus, speech);
  append(bus, silence(2.7));
  const audio::DuckCurve duck(bus, 12);
  const auto gain_db = [&](double t) {
    return 20 * std::log10(duck.gain_at(static_cast<std::int64_t>(t * kSampleRate)));
  };
  CHECK(gain_db(2.8) == 0);
  CHECK(gain_db(2.93) < -1);
  CHECK(gain_db(3.0) == doctest::Approx(-12).epsilon(0.001));
  CHECK(gain_db(4.15) == doctest::Approx(-12).epsilon(0.001));  // The pause is bridged.
  CHECK(gain_db(5.29) == doctest::Approx(-12).epsilon(0.001));
  CHECK(gain_db(5.56) < -4);
  CHECK(gain_db(5.56) > -8);
  CHECK(gain_db(5.9) == 0);
  for (std::int64_t i = 1; i < bus.frames(); ++i) {
    REQUIRE(std::abs(duck.gain_at(i) - duck.gain_at(i - 1)) < 0.001F);  // No steps that click.
  }

  // In the film: music before the voice against music in the voice's pause.
  const AudioBlock out = mixed(timeline, files, reporter);
  CHECK(rms_db(out, 4.05, 4.25) - rms_db(out, 1, 2) == doctest::Approx(-12).epsilon(0.01));
  CHECK(rms_db(out, 6.5, 7.5) == doctest::Approx(rms_db(out, 1, 2)).epsilon(0.01));
  CHECK(reporter.warnings.empty());
}

TEST_CASE("room noise under the voice's threshold does not duck") {
  const audio::DuckCurve duck(noise(2, 0.01), 12);
  CHECK(duck.flat());
  CHECK(duck.gain_at(kSampleRate) == 1);
}

TEST_CASE("fades begin and end in silence") {
  AudioBlock bus = silence(2);
  const audio::Placing placing{0, 2 * kSampleRate, kSampleRate / 2, kSampleRate, 6.0206, 0, 0};
  AudioBlock flat = silence(2);
  std::ranges::fill(flat.samples, 0.25F);
  audio::add(bus, flat, placing, {});
  const auto at = [&](double t) {
    return bus.samples[static_cast<std::size_t>(t * kSampleRate) * kChannels];
  };
  CHECK(at(0) == 0);
  CHECK(at(0.25) == doctest::Approx(0.25).epsilon(0.001));
  CHECK(at(0.75) == doctest::Approx(0.5).epsilon(0.001));
  CHECK(at(1.5) == doctest::Approx(0.25).epsilon(0.001));
  CHECK(bus.samples.back() == 0);
}

TEST_CASE("music loops to the film's end") {
  Recorder reporter;
  auto timeline = film(5);
  Files files;
  AudioBlock bar = tone(500, 1, -20);
  append(bar, silence(0.5));
  const int music = files.add(timeline, bar);
  timeline.sound.music = {clip(music, Time{}, Time::seconds(5))};
  timeline.sound.music[0].loop = true;
  const AudioBlock out = mixed(timeline, files, reporter);
  const double loud = rms_db(out, 0.1, 0.9);
  for (const double begin : {1.5, 3.0}) {
    CHECK(rms_db(out, begin + 0.1, begin + 0.9) == doctest::Approx(loud).epsilon(0.001));
    CHECK(rms_db(out, begin - 0.4, begin - 0.1) < -100);
  }
  CHECK(rms_db(out, 4.6, 4.9) == doctest::Approx(loud).epsilon(0.01));
}

TEST_CASE("broken samples do not spoil the film; errors and a stop come through") {
  Recorder reporter;
  auto timeline = film(2);
  Files files;
  AudioBlock broken = tone(500, 2, -20);
  broken.samples[5000] = std::numeric_limits<float>::quiet_NaN();
  broken.samples[6000] = std::numeric_limits<float>::infinity();
  broken.samples[7000] = 1e30F;
  const int music = files.add(timeline, broken);
  timeline.sound.music = {clip(music, Time{}, Time::seconds(2))};
  const AudioBlock out = mixed(timeline, files, reporter);
  CHECK(std::ranges::all_of(out.samples, [](float x) { return std::isfinite(x) && std::abs(x) <= 1; }));
  CHECK(rms_db(out, 1, 2) > -60);

  const audio::SoundOf failing = [](int, Time, Time, std::int64_t) -> Result<Tape> {
    return fail(Code{"media-unreadable"}, {{"path", std::string("m.flac")}});
  };
  CHECK(audio::mix_with(timeline, -1.5, failing, reporter, {}).error().code == Code{"media-unreadable"});
  std::stop_source stop;
  stop.request_stop();
  CHECK(audio::mix_with(timeline, -1.5, files.sound(), reporter, stop.get_token()).error().code ==
        Code{"cancelled"});
}

}  // namespace capsule::test

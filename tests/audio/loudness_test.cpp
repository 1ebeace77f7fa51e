#include "audio/loudness.h"

#include <cmath>
#include <cstdio>
#include <cstring>
#include <string>

#include "audio/limiter.h"
#include "audio/soundtrack.h"
#include "tests/audio/support.h"
#include "tests/support/corpus.h"

namespace capsule::test {

namespace {

// Tests decode by the ffmpeg program, an oracle apart from our own decoding.
AudioBlock decode(const std::string& path) {
  AudioBlock block;
  const std::string command = "ffmpeg -v error -i '" + path + "' -f f32le -ac 2 -ar 48000 -";
  std::FILE* pipe = popen(command.c_str(), "r");
  REQUIRE(pipe != nullptr);
  std::vector<float> part(1U << 16U);
  std::size_t got = 0;
  while ((got = std::fread(part.data(), sizeof(float), part.size(), pipe)) > 0) {
    block.samples.insert(block.samples.end(), part.begin(), part.begin() + static_cast<std::ptrdiff_t>(got));
  }
  pclose(pipe);
  return block;
}

void check_mastered(AudioBlock block, double target, double ceiling) {
  Recorder reporter;
  audio::master(block, target, ceiling, reporter);
  const audio::Loudness after = audio::measure(block);
  CHECK(std::abs(after.integrated_lufs - target) <= 0.3);
  CHECK(after.true_peak_dbtp <= ceiling + 0.01);
  CHECK(reporter.warnings.empty());
}

}  // namespace

TEST_CASE("loudness of EBU Tech 3341's first cases") {
  // 1 and 2: stereo sine, 1 kHz, -23 and -33 dBFS, 20 s; 3: -36, -23, -36 dBFS for 10, 60, 10 s.
  CHECK(std::abs(audio::measure(tone(1000, 20, -23)).integrated_lufs + 23) <= 0.1);
  CHECK(std::abs(audio::measure(tone(1000, 20, -33)).integrated_lufs + 33) <= 0.1);
  AudioBlock steps = tone(1000, 10, -36);
  append(steps, tone(1000, 60, -23));
  append(steps, tone(1000, 10, -36));
  CHECK(std::abs(audio::measure(steps).integrated_lufs + 23) <= 0.1);
  CHECK(std::isinf(audio::measure(silence(2)).integrated_lufs));
}

TEST_CASE("true peak between the samples: a quarter of the sample rate at 45 degrees") {
  const AudioBlock between = tone(12000, 2, -6, 45);
  CHECK(*std::ranges::max_element(between.samples) ==
        doctest::Approx(std::pow(10, -9.03 / 20)).epsilon(0.01));
  const double ours = 20 * std::log10(audio::true_peak(between));
  CHECK(ours >= -6.4);
  CHECK(ours <= -5.8);
  for (const AudioBlock& block : {between, tone(12000, 2, -6, 0), tone(997, 2, -3, 10), noise(3, 0.9)}) {
    CHECK(std::abs(20 * std::log10(audio::true_peak(block)) - audio::measure(block).true_peak_dbtp) < 0.001);
  }
}

TEST_CASE("corpus: EBU material is measured as its manifest says") {
  const auto folder = corpus();
  if (!folder) {
    return;
  }

  struct Case {
    const char* name;
    double lufs, peak;
  };

  const Case cases[] = {{"ebu3341_case1_-23.flac", -23, NAN},
                        {"ebu3341_case2_-33.flac", -33, NAN},
                        {"ebu3341_like15_tp-6.flac", NAN, -6},
                        {"ebu3341_like16_tp-6_samplepeak-9.flac", NAN, -6}};
  for (const Case& c : cases) {
    CAPTURE(c.name);
    const AudioBlock block = decode(*folder + "/media/generated/" + c.name);
    REQUIRE(block.frames() > kSampleRate);
    const audio::Loudness measured = audio::measure(block);
    CHECK((std::isnan(c.lufs) || std::abs(measured.integrated_lufs - c.lufs) <= 0.1));
    // EBU Tech 3341 allows +0.2 and -0.4 dB.
    CHECK((std::isnan(c.peak) ||
           (measured.true_peak_dbtp - c.peak <= 0.2 && measured.true_peak_dbtp - c.peak >= -0.4)));
    check_mastered(block, -16, -1.5);
  }
}

TEST_CASE("mastering reaches the loudness and keeps the ceiling") {
  check_mastered(tone(1000, 5, -23), -16, -1.5);
  check_mastered(tone(1000, 5, -1), -23, -1);
  check_mastered(noise(5, 0.02), -16, -1.5);
  // Sparse peaks far above the rest: the limiter takes loudness that has to come back.
  AudioBlock spiky = noise(6, 0.03);
  for (std::size_t i = 0; i < spiky.samples.size(); i += 9600) {
    for (std::size_t k = 0; k < 192; ++k) {
      spiky.samples[i + k] *= 25;
    }
  }
  check_mastered(spiky, -16, -1.5);
}

TEST_CASE("mastering says what it could not do") {
  Recorder reporter;
  AudioBlock quiet = tone(1000, 3, -60);
  audio::master(quiet, -16, -1.5, reporter);
  CHECK(std::abs(audio::measure(quiet).integrated_lufs + 40) <= 0.1);
  CHECK(reporter.count(Code{"sound-quiet"}) == 1);

  AudioBlock silent = silence(1);
  audio::master(silent, -16, -1.5, reporter);
  CHECK(std::ranges::all_of(silent.samples, [](float x) { return x == 0; }));
  CHECK(reporter.count(Code{"sound-silent"}) == 1);

  AudioBlock square = tone(100, 3, 0);
  for (float& x : square.samples) {
    x = x > 0 ? 1.0F : -1.0F;
  }
  reporter.warnings.clear();
  audio::master(square, 2, -12, reporter);  // Louder than its ceiling can be.
  CHECK(audio::measure(square).true_peak_dbtp <= -12 + 0.01);
  CHECK(reporter.count(Code{"loudness-missed"}) == 1);
}

TEST_CASE("sound too short for the meter gets its loudness too") {
  Recorder reporter;
  AudioBlock brief = tone(1000, 0.2, -30);
  audio::master(brief, -16, -1.5, reporter);
  CHECK(rms_db(brief, 0, 0.2) == doctest::Approx(-16 - 3.01).epsilon(0.02));
}

TEST_CASE("the limiter never exceeds its ceiling and leaves alone what is under it") {
  for (const double level : {0.5, 1.0, 3.0, 8.0}) {
    AudioBlock block = noise(3, level);
    audio::limit(block, 0.4);
    CHECK(audio::true_peak(block) <= 0.4 * 1.02);
    CHECK(audio::true_peak(block) >= 0.4 * 0.9);
  }
  const AudioBlock low = noise(2, 0.1);
  AudioBlock same = low;
  CHECK_FALSE(audio::limit(same, 0.5));
  CHECK(same.samples == low.samples);

  // One click in a low tone: the click stays at its sample, the tone is back after a while, bit for bit.
  AudioBlock click = tone(440, 4, -20);
  const AudioBlock before = click;
  click.samples[kSampleRate * kChannels] = 2;
  CHECK(audio::limit(click, 0.5));
  const auto loudest = std::ranges::max_element(click.samples) - click.samples.begin();
  CHECK(loudest == kSampleRate * kChannels);
  CHECK(*std::ranges::max_element(click.samples) <= 0.5F);
  CHECK(std::equal(before.samples.begin(), before.samples.begin() + 90000, click.samples.begin()));
  CHECK(std::equal(before.samples.begin() + 320000, before.samples.end(), click.samples.begin() + 320000));
}

TEST_CASE("the same sound gives the same bytes") {
  Recorder reporter;
  AudioBlock one = noise(2, 0.9);
  AudioBlock two = one;
  audio::master(one, -14, -1, reporter);
  audio::master(two, -14, -1, reporter);
  CHECK(std::memcmp(one.samples.data(), two.samples.data(), one.samples.size() * sizeof(float)) == 0);

  // So long that it does not stay in memory.
  AudioBlock whole = noise(50, 0.9);
  Tape tape = Tape::of(whole);
  audio::master(whole, -14, -1, reporter);
  audio::master(tape, -14, -1, reporter);
  CHECK(tape.block().samples == whole.samples);
  CHECK(audio::measure(tape).integrated_lufs == audio::measure(whole).integrated_lufs);
}

}  // namespace capsule::test

#include <doctest/doctest.h>

#include <algorithm>
#include <chrono>
#include <condition_variable>
#include <mutex>
#include <new>
#include <string>

#include "render/film.h"
#include "tests/support/process.h"
#include "tests/support/recorder.h"

namespace capsule::render {
namespace {

/// Memory that ends while the sound's thread has something to say; the pictures wait for that moment.
class Starved final : public Reporter {
 public:
  void progress(const Progress& progress) override {
    std::unique_lock lock(mutex_);
    met_.wait_for(lock, std::chrono::minutes(1), [&] { return starved_; });
    done_ = std::max(done_, progress.done);
    total_ = progress.total;
  }

  void warn(const Error& /*warning*/) override {
    {
      const std::lock_guard lock(mutex_);
      starved_ = true;
    }
    met_.notify_all();
    throw std::bad_alloc();
  }

  [[nodiscard]] std::int64_t left() {
    const std::lock_guard lock(mutex_);
    return total_ - done_;
  }

 private:
  std::mutex mutex_;
  std::condition_variable met_;
  bool starved_ = false;
  std::int64_t done_ = 0, total_ = 0;
};

}  // namespace

TEST_CASE("pictures and sound: what one of them throws stops the other and comes out") {
  const test::TempFolder temp;
  const auto hum = test::run({"ffmpeg", "-v", "error", "-f", "lavfi", "-i", "sine=frequency=500:duration=2",
                              "-af", "volume=-42dB", temp.path("hum.wav")});
  REQUIRE_MESSAGE(hum.exit == 0, hum.err);
  temp.write("small.yaml",
             "profile: small\nsize: [320, 180]\nrate: 30\nsafe: { x: 10, y: 10, width: 300, height: 160 }\n"
             "x264_preset: medium\n");
  temp.write("p.yaml",
             "capsule: 1\nlanguage: fr\ndeliver: [small.yaml]\naudio: { music: hum.wav }\nscenes:\n"
             "  - duration: 90s\n    layers:\n      - shape: ring\n        sweep: { from: 0, to: 1 }\n"
             "        color: white\n        thickness: 9u\n        box: { width: 80u, height: 80u }\n");
  text::FontLibrary fonts;
  FactsCache facts;
  test::Recorder recorder;
  Environment environment{{CAPSULE_SOURCE_DIR}, &fonts, &facts, &recorder, {}, 2};
  const auto prepared = prepare({temp.path("p.yaml"), "", "", {}, false, false}, environment);
  REQUIRE(prepared);
  Starved starved;
  environment.reporter = &starved;
  CHECK_THROWS_AS(static_cast<void>(render_film(*prepared, temp.path("film.mp4"), {}, environment)),
                  std::bad_alloc);
  CHECK(starved.left() > 100);
}

}  // namespace capsule::render

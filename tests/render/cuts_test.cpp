#include <doctest/doctest.h>

#include <algorithm>
#include <cstdint>
#include <filesystem>
#include <mutex>
#include <string>
#include <vector>

#include "base/files.h"
#include "render/film.h"
#include "tests/support/process.h"
#include "tests/support/recorder.h"
#include "tests/support/temp.h"

namespace capsule::render {
namespace {

namespace fs = std::filesystem;

/// A capsule of one clip of 12 s, 25 a second: cuts at pictures 47, 110, 171 and 205, key frames at every
/// 60th.
struct Folder {
  Folder() {
    const std::string graph =
        "testsrc2=size=192x108:rate=25:d=12,split=5[i][j][k][l][m];[i]trim=end_frame=47[a];"
        "[j]negate,trim=end_frame=63,vflip[b];[k]trim=end_frame=61,hflip[c];[l]negate,trim=end_frame=34[d];"
        "[m]trim=end_frame=95,vflip[e];[a][b][c][d][e]concat=n=5,format=yuv420p";
    const auto made = test::run({"ffmpeg", "-nostdin", "-v", "error", "-y", "-filter_complex", graph, "-c:v",
                                 "libx264", "-preset", "veryfast", "-g", "60", "-sc_threshold", "0", clip()});
    REQUIRE_MESSAGE(made.exit == 0, made.err);
    temp.write("small.yaml",
               "profile: small\nsize: [192, 108]\nrate: 25\nsafe: { x: 6, y: 6, width: 180, height: 96 }\n"
               "x264_preset: veryfast\nmax_gop: 4s\n");
    temp.write("p.yaml",
               "capsule: 1\ntitle: t\nlanguage: fr\ndeliver: [small.yaml]\nscenes:\n  - id: only\n"
               "    media: clip.mp4\n");
  }

  [[nodiscard]] std::string clip() const { return temp.path("clip.mp4"); }

  test::TempFolder temp;
};

FoundCuts cuts_of(FactsCache& facts, const std::string& clip, Time from, Time until) {
  REQUIRE(facts.facts(clip));
  const auto found = facts.cuts(clip, from, until, {});
  REQUIRE(found);
  return *found;
}

const std::vector<Time> kAll{{47, 25}, {110, 25}, {171, 25}, {205, 25}};

TEST_CASE("cuts in a clip are looked for once, and found by later runs in the store") {
  const Folder folder;
  test::Recorder recorder;
  store::Store store(folder.temp.path("cache"), store::kDefaultLimit, recorder);
  FactsCache first(&store);
  const FoundCuts fresh = cuts_of(first, folder.clip(), Time(), Time::seconds(12));
  CHECK(fresh.looked);
  CHECK(fresh.times == kAll);
  CHECK_FALSE(cuts_of(first, folder.clip(), Time::seconds(3), Time::seconds(5)).looked);

  FactsCache second(&store);
  const FoundCuts again = cuts_of(second, folder.clip(), Time(), Time::seconds(12));
  CHECK_FALSE(again.looked);
  CHECK(again.times == kAll);

  SUBCASE("under another name") {
    fs::copy_file(folder.clip(), folder.temp.path("copy.mp4"));
    FactsCache third(&store);
    CHECK_FALSE(cuts_of(third, folder.temp.path("copy.mp4"), Time(), Time::seconds(12)).looked);
  }
  SUBCASE("without a store, and when it is gone, they are the same") {
    FactsCache none;
    CHECK(cuts_of(none, folder.clip(), Time(), Time::seconds(12)).times == kAll);
    CHECK_FALSE(cuts_of(none, folder.clip(), Time(), Time::seconds(12)).looked);
    fs::remove_all(folder.temp.path("cache"));
    FactsCache third(&store);
    const FoundCuts made = cuts_of(third, folder.clip(), Time(), Time::seconds(12));
    CHECK(made.looked);
    CHECK(made.times == kAll);
  }
}

TEST_CASE("only the stretch of a clip that is shown is looked at, and the rest when it is") {
  const Folder folder;
  FactsCache facts;
  const FoundCuts part = cuts_of(facts, folder.clip(), Time::seconds(3), Time::millis(4500));
  CHECK(part.looked);
  CHECK(std::ranges::find(part.times, Time(110, 25)) != part.times.end());
  CHECK(std::ranges::find(part.times, Time(205, 25)) == part.times.end());
  const FoundCuts whole = cuts_of(facts, folder.clip(), Time(), Time::seconds(12));
  CHECK(whole.looked);
  CHECK(whole.times == kAll);
}

struct Made {
  Film film;
  std::vector<std::int64_t> begins;
  std::string bytes;
};

Made make(const Folder& folder, store::Store* store, int jobs, bool draft = false) {
  text::FontLibrary fonts;
  FactsCache facts(store);
  test::Recorder recorder;
  Environment environment{{CAPSULE_SOURCE_DIR}, &fonts, &facts, &recorder, {}, jobs};
  environment.store = store;
  const auto prepared = prepare({folder.temp.path("p.yaml"), "", "", {}, draft, false}, environment);
  REQUIRE_MESSAGE(prepared, (prepared ? "" : std::string(prepared.error().code.id)));
  Made made;
  std::mutex mutex;
  FilmOptions options;
  options.on_segment = [&](const SegmentNews& news) {
    const std::lock_guard lock(mutex);
    made.begins.push_back(news.range.begin.value);
  };
  const std::string output = folder.temp.path("film.mp4");
  const auto film = render_film(*prepared, output, options, environment);
  REQUIRE_MESSAGE(film, (film ? "" : std::string(film.error().code.id)));
  made.film = *film;
  std::ranges::sort(made.begins);
  made.bytes = test::slurp(output);
  return made;
}

TEST_CASE("a film's segments begin at cuts in its clip, with and without a store and with any workers") {
  const Folder folder;
  const Made bare = make(folder, nullptr, 1);
  CHECK(bare.begins == std::vector<std::int64_t>{0, 47, 110, 205});
  test::Recorder recorder;
  store::Store store(folder.temp.path("cache"), store::kDefaultLimit, recorder);
  const Made kept = make(folder, &store, 3);
  CHECK(kept.bytes == bare.bytes);
  CHECK(kept.film.readers > 0);
  const Made again = make(folder, &store, 2);
  CHECK(again.bytes == bare.bytes);
  CHECK(again.film.readers == 0);
}

TEST_CASE("a draft does not look for cuts") {
  const Folder folder;
  CHECK(make(folder, nullptr, 1, true).film.readers == 1);
  CHECK(make(folder, nullptr, 1).film.readers == 2);
}

}  // namespace
}  // namespace capsule::render

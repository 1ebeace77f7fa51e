#include "media/cuts.h"

#include <doctest/doctest.h>

#include <algorithm>
#include <cstdint>
#include <filesystem>
#include <stop_token>
#include <string>
#include <vector>

#include "media/probe.h"
#include "tests/media/input_support.h"
#include "tests/support/corpus.h"
#include "tests/support/temp.h"

namespace capsule::media {
namespace {

const std::vector<std::string> kFixedGop{"-c:v", "libx264",       "-preset", "veryfast", "-g",
                                         "60",   "-sc_threshold", "0",       "-crf",     "23"};

/// Scenes that move, cut hard at pictures 47, 110, 171 and 205 of 300; 25 a second. Key frames stand at 60,
/// 120, 180 and 240 where every 60th picture is one.
const std::string kFourCuts =
    "testsrc2=size=320x180:rate=25:d=12,split=5[i][j][k][l][m];"
    "[i]trim=end_frame=47[a];"
    "[j]negate,trim=end_frame=63,vflip[b];"
    "[k]trim=end_frame=61,hflip[c];"
    "[l]negate,trim=end_frame=34[d];"
    "[m]trim=end_frame=95,vflip[e];"
    "[a][b][c][d][e]concat=n=5,format=yuv420p";
const std::vector<std::int64_t> kCuts{47, 110, 171, 205};

std::string make(const test::TempFolder& folder, const std::string& name, const std::string& graph,
                 const std::vector<std::string>& encoder) {
  std::vector<std::string> words{"-filter_complex", graph, "-threads", "1"};
  words.insert(words.end(), encoder.begin(), encoder.end());
  words.push_back(folder.path(name));
  test::ffmpeg(words);
  return folder.path(name);
}

struct Looked {
  std::size_t suspects = 0;
  std::vector<std::int64_t> cuts;  ///< Pictures of 25 a second.
};

Looked look(const std::string& path) {
  INFO(path);
  const auto info = probe(path);
  REQUIRE(info);
  const auto found = find_cuts(path, info->suspects, {});
  REQUIRE(found);
  REQUIRE(found->size() == info->suspects.size());
  Looked looked;
  looked.suspects = found->size();
  for (const auto& cut : *found) {
    if (cut) {
      looked.cuts.push_back((*cut - info->start).round_units(25));
    }
  }
  return looked;
}

TEST_CASE("cuts between key frames at a fixed distance are found to the picture") {
  const test::TempFolder folder;
  auto with = [](std::vector<std::string> words, const std::vector<std::string>& more) {
    words.insert(words.end(), more.begin(), more.end());
    return words;
  };
  CHECK(look(make(folder, "b.mp4", kFourCuts, kFixedGop)).cuts == kCuts);
  CHECK(look(make(folder, "one.mov", kFourCuts, with(kFixedGop, {"-g", "250"}))).cuts == kCuts);
  CHECK(look(make(folder, "baseline.mp4", kFourCuts, with(kFixedGop, {"-preset", "ultrafast"}))).cuts ==
        kCuts);
  CHECK(look(make(folder, "many.mp4", kFourCuts, with(kFixedGop, {"-bf", "6", "-b_strategy", "0"}))).cuts ==
        kCuts);
  CHECK(look(make(folder, "part2.mp4", kFourCuts,
                  {"-c:v", "mpeg4", "-g", "60", "-sc_threshold", "1000000000", "-q:v", "4"}))
            .cuts == kCuts);
}

TEST_CASE("cuts in ten bits of HEVC with open groups of pictures") {
  const test::TempFolder folder;
  const std::string clip = make(folder, "a.mp4", kFourCuts + ",format=yuv420p10le",
                                {"-c:v", "libx265", "-preset", "ultrafast", "-x265-params",
                                 "log-level=none:keyint=60:scenecut=0:open-gop=1:bframes=4", "-crf", "24"});
  const Looked looked = look(clip);
  CHECK(looked.cuts == kCuts);
}

TEST_CASE("where the clip's encoder answers cuts with key frames there is nothing to look for") {
  const test::TempFolder folder;
  const std::string clip = make(folder, "a.mp4", kFourCuts, {"-c:v", "libx264", "-preset", "veryfast"});
  CHECK(look(clip).suspects <= 1);
  CHECK(look(clip).cuts.empty());
}

TEST_CASE("flashes raise suspicion and are no cuts") {
  const test::TempFolder folder;
  const std::string clip =
      make(folder, "a.mp4",
           "testsrc2=size=320x180:rate=25:d=6,"
           "drawbox=t=fill:color=white:enable='eq(n,40)+between(n,80,81)+between(n,100,103)',"
           "format=yuv420p",
           kFixedGop);
  const Looked looked = look(clip);
  CHECK(looked.suspects > 0);
  CHECK(looked.cuts.empty());
}

TEST_CASE("a quick pan, fades, a crossfade, grain and a still are no cuts") {
  const test::TempFolder folder;
  const std::string still = "testsrc2=size=1920x180:rate=25:d=6,loop=-1:1:0,trim=end_frame=150";
  const std::vector<std::string> graphs{
      still + ",crop=320:180:x='if(lt(n,40),0,if(lt(n,52),(n-40)*120,1440))':y=0,format=yuv420p",
      "testsrc2=size=320x180:rate=25:d=6,fade=out:66:6,format=yuv420p",
      "testsrc2=size=320x180:rate=25:d=3,settb=1/25[a];"
      "testsrc2=size=320x180:rate=25:d=4,vflip,settb=1/25[b];"
      "[a][b]xfade=duration=0.24:offset=2.7,format=yuv420p",
      "testsrc2=size=320x180:rate=25:d=6,noise=alls=40:allf=t,format=yuv420p",
      "testsrc2=size=320x180:rate=25:d=6,loop=-1:1:0,trim=end_frame=150,format=yuv420p"};
  for (std::size_t i = 0; i < graphs.size(); ++i) {
    INFO(i);
    CHECK(look(make(folder, std::to_string(i) + ".mp4", graphs[i], kFixedGop)).cuts.empty());
  }
}

TEST_CASE("a picture rate that varies does not move a cut") {
  const test::TempFolder folder;
  auto encoder = kFixedGop;
  encoder.insert(encoder.end(), {"-vsync", "vfr", "-video_track_timescale", "1000"});
  const std::string clip =
      make(folder, "a.mp4", kFourCuts + ",select='gt(mod(n,5),0)+lt(n,40)',settb=1/1000", encoder);
  const Looked looked = look(clip);
  REQUIRE(!looked.cuts.empty());
  for (const std::int64_t cut : looked.cuts) {
    // a picture that was left out may have been the first after the cut
    CHECK(std::ranges::any_of(kCuts, [&](std::int64_t known) { return cut == known || cut == known + 1; }));
  }
}

TEST_CASE("damage near a cut, a file that is not what its index says, and one that is not there") {
  const test::TempFolder folder;
  const std::string clip = make(folder, "a.mp4", kFourCuts, kFixedGop);
  const auto info = probe(clip);
  REQUIRE(info);
  REQUIRE(info->suspects.size() >= 2);
  std::vector<Suspect> wrong = info->suspects;
  wrong[0].bytes += 1;
  wrong[1].key += 1;
  const auto found = find_cuts(clip, wrong, {});
  REQUIRE(found);
  CHECK_FALSE(found->at(0));
  CHECK_FALSE(found->at(1));
  CHECK(found->at(2));
  std::filesystem::resize_file(clip, std::filesystem::file_size(clip) / 2);
  const auto cut_short = find_cuts(clip, info->suspects, {});
  CHECK((!cut_short || !cut_short->back()));
  CHECK_FALSE(find_cuts(folder.path("none.mp4"), info->suspects, {}));
}

TEST_CASE("looking for cuts can be stopped") {
  const test::TempFolder folder;
  const std::string clip = make(folder, "a.mp4", kFourCuts, kFixedGop);
  const auto info = probe(clip);
  REQUIRE(info);
  std::stop_source stop;
  stop.request_stop();
  const auto found = find_cuts(clip, info->suspects, stop.get_token());
  REQUIRE_FALSE(found);
  CHECK(found.error().code == Code{"cancelled"});
}

TEST_CASE("corpus: no clip that was filmed in one go has a cut") {
  const auto corpus = test::corpus();
  if (!corpus) {
    return;
  }
  for (const std::string& path : test::files_in(*corpus + "/media/video")) {
    const auto info = probe(path);
    if (!info || info->suspects.empty()) {
      continue;
    }
    INFO(path);
    const auto found = find_cuts(path, info->suspects, {});
    REQUIRE(found);
    CHECK(std::ranges::none_of(*found, [](const auto& cut) { return cut.has_value(); }));
  }
}

}  // namespace
}  // namespace capsule::media

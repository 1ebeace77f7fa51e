#include <doctest/doctest.h>

#include <algorithm>
#include <cstdint>
#include <cstdlib>
#include <utility>
#include <vector>

#include "segment/plan.h"

namespace capsule::segment {
namespace {

timeline::Timeline film(std::int64_t frames) {
  timeline::Timeline t;
  t.canvas = {320, 180};
  t.rate = {30, 1};
  t.frames = {frames};
  return t;
}

void add_scene(timeline::Timeline& t, std::int64_t begin, std::int64_t end, int crossfade = 0) {
  timeline::Scene scene;
  scene.range = {{begin}, {end}};
  if (crossfade > 0) {
    scene.enter = {timeline::TransitionKind::kCrossfade, timeline::Side::kLeft, crossfade};
  }
  t.scenes.push_back(scene);
}

bool has(const std::vector<FrameIndex>& begins, std::int64_t frame) {
  return std::find(begins.begin(), begins.end(), FrameIndex{frame}) != begins.end();
}

void check_lengths(const std::vector<FrameIndex>& begins, std::int64_t frames, int longest) {
  REQUIRE(begins.front() == FrameIndex{0});
  for (std::size_t i = 0; i < begins.size(); ++i) {
    const std::int64_t end = i + 1 < begins.size() ? begins[i + 1].value : frames;
    CHECK(end - begins[i].value <= longest);
    CHECK(end - begins[i].value >= std::min<std::int64_t>(kShortestSegment, frames));
  }
}

TEST_CASE("segments begin at cuts and at the ends of transitions") {
  auto t = film(385);
  add_scene(t, 0, 90);
  add_scene(t, 90, 250);
  add_scene(t, 250, 385, 15);
  const auto begins = boundaries(t, 120);
  check_lengths(begins, 385, 120);
  CHECK(has(begins, 90));
  CHECK(has(begins, 265));
  CHECK_FALSE(has(begins, 250));
}

TEST_CASE("without a cut the edge of a caption is taken before an arbitrary frame") {
  auto t = film(300);
  add_scene(t, 0, 300);
  t.captions.cues.push_back({{{20}, {101}}, "أهلاً", ""});
  t.captions.cues.push_back({{{101}, {211}}, "وسهلاً", ""});
  const auto begins = boundaries(t, 120);
  check_lengths(begins, 300, 120);
  CHECK(begins.size() == 3);
  CHECK(has(begins, 101));
  CHECK(has(begins, 211));
}

TEST_CASE("a stretch with nothing in it is cut into as few segments as the longest GOP allows") {
  for (const std::int64_t frames : {1, 11, 12, 13, 119, 120, 121, 131, 132, 240, 241, 1350}) {
    auto t = film(frames);
    add_scene(t, 0, frames);
    const auto begins = boundaries(t, 120);
    check_lengths(begins, frames, 120);
    CHECK(static_cast<std::int64_t>(begins.size()) == (frames + 119) / 120);
  }
}

TEST_CASE("moving one caption moves boundaries near it only") {
  auto t = film(18000);  // ten minutes of one clip
  add_scene(t, 0, 18000);
  for (std::int64_t at = 10; at + 90 < 18000; at += 83 + at % 37) {
    t.captions.cues.push_back({{{at}, {at + 60 + at % 20}}, "سطر", ""});
  }
  const auto before = boundaries(t, 120);
  check_lengths(before, 18000, 120);
  for (const std::size_t which : {std::size_t{3}, t.captions.cues.size() / 2, t.captions.cues.size() - 3}) {
    for (const int by : {-6, -1, 1, 2, 7}) {
      auto moved = t;
      timeline::Cue& cue = moved.captions.cues[which];
      cue.range = {cue.range.begin + by, cue.range.end + by};
      const auto after = boundaries(moved, 120);
      check_lengths(after, 18000, 120);
      for (const auto& [one, other] : {std::pair(&before, &after), std::pair(&after, &before)}) {
        for (const FrameIndex begin : *one) {
          if (std::abs(begin - cue.range.begin) > 2 * 360) {
            CHECK(has(*other, begin.value));
          }
        }
      }
    }
  }
}

TEST_CASE("a card that fades in over a clip leaves the clip's segments to the clip") {
  auto t = film(450);
  t.files.emplace_back();
  add_scene(t, 0, 150);
  add_scene(t, 150, 300, 15);
  add_scene(t, 300, 450, 15);
  timeline::Layer clip;
  clip.range = {{150}, {300}};
  clip.content = timeline::Media{};
  t.scenes[1].layers.push_back(clip);
  const auto begins = boundaries(t, 120);
  check_lengths(begins, 450, 120);
  CHECK(has(begins, 165));
  CHECK(has(begins, 300));
  CHECK_FALSE(has(begins, 315));
}

TEST_CASE("captions do not move the boundaries that cuts and transitions make") {
  auto t = film(1350);
  add_scene(t, 0, 200);
  add_scene(t, 200, 520);
  add_scene(t, 520, 700, 15);
  add_scene(t, 700, 1350);
  for (std::int64_t at = 5; at + 70 < 1350; at += 71) {
    t.captions.cues.push_back({{{at}, {at + 65}}, "سطر", ""});
  }
  const auto begins = boundaries(t, 120);
  check_lengths(begins, 1350, 120);
  for (const std::int64_t frame : {200, 520 + 15, 700}) {
    CHECK(has(begins, frame));
  }
}

TEST_CASE("cuts nearer than the shortest segment do not make a shorter one") {
  auto t = film(200);
  std::int64_t at = 0;
  for (const std::int64_t next : {5, 9, 30, 34, 100, 195, 200}) {
    add_scene(t, at, next);
    at = next;
  }
  check_lengths(boundaries(t, 120), 200, 120);
}

}  // namespace
}  // namespace capsule::segment

#include <doctest/doctest.h>

#include <algorithm>
#include <cstdint>
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

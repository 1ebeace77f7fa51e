#include <doctest/doctest.h>

#include <algorithm>
#include <cstdint>
#include <cstdlib>
#include <utility>
#include <vector>

#include "segment/plan.h"
#include "segment/restarts.h"

namespace capsule::segment {
namespace {

const media::VideoSettings kMedium;

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

/// From now on the scene shows a clip.
void play_clip(timeline::Timeline& t, std::size_t scene) {
  t.files.resize(1);
  timeline::Layer layer;
  layer.range = t.scenes[scene].range;
  layer.content = timeline::Media{};
  t.scenes[scene].layers.push_back(layer);
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
  play_clip(t, 1);
  play_clip(t, 2);
  const auto begins = boundaries(t, kMedium);
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
  const auto begins = boundaries(t, kMedium);
  check_lengths(begins, 300, 120);
  CHECK(begins.size() == 3);
  CHECK(has(begins, 101));
  CHECK(has(begins, 211));
}

/// A film of one clip that fills the picture, with key frames of its own at these seconds.
timeline::Timeline clip(std::int64_t frames, Time in, const std::vector<Time>& keys) {
  auto t = film(frames);
  t.files.emplace_back();
  t.files.back().key_frames = keys;
  add_scene(t, 0, frames);
  timeline::Layer layer;
  layer.range = {{0}, {frames}};
  layer.box = {0, 0, 320, 180};
  timeline::Media media;
  media.in = in;
  layer.content = media;
  t.scenes[0].layers.push_back(layer);
  return t;
}

std::vector<Time> every(std::int64_t milliseconds, std::int64_t end) {
  std::vector<Time> keys;
  for (std::int64_t at = 0; at < end; at += milliseconds) {
    keys.push_back(Time::millis(at));
  }
  return keys;
}

TEST_CASE("inside a clip a segment begins where the clip's own file begins anew") {
  // Key frames every 2 s, of which the film sees those at 2.5 s - 0.7 s, 4 s - 0.7 s ….
  const auto begins = boundaries(clip(300, Time::millis(700), every(2000, 60000)), kMedium);
  check_lengths(begins, 300, 120);
  CHECK(begins.size() == 3);
  for (const FrameIndex begin : begins) {
    if (begin.value > 0) {
      CHECK((begin.value + 21) % 60 == 0);
    }
  }
}

TEST_CASE("a cut in a clip, seen by a key frame out of its encoder's rhythm, is taken before the rhythm") {
  auto keys = every(3000, 12000);
  keys.push_back(Time::millis(3400));
  std::sort(keys.begin(), keys.end());
  const auto begins = boundaries(clip(200, Time(), keys), kMedium);
  CHECK(begins == std::vector<FrameIndex>{{0}, {102}});
}

TEST_CASE("a cut that was found between the clip's key frames is taken before them") {
  auto cut = clip(200, Time::millis(500), every(2000, 12000));
  cut.files[0].cuts = {Time::millis(200), Time::millis(3900), Time::millis(7400)};
  // At 3.9 s - 0.5 s; those before the film's part of the clip and behind it are not there.
  CHECK(boundaries(cut, kMedium) == std::vector<FrameIndex>{{0}, {102}});
  REQUIRE(restarts(cut, cut.scenes[0]).size() == 4);
  cut.scenes[0].layers[0].box = {0, 0, 80, 45};
  CHECK(stretches(cut).empty());
}

TEST_CASE("cuts are looked for in what the film shows of a clip") {
  auto t = clip(120, Time::millis(500), {});
  auto& media = std::get<timeline::Media>(t.scenes[0].layers[0].content);
  media.speed = Time(2, 1);
  REQUIRE(stretches(t).size() == 1);
  CHECK(stretches(t)[0].from == Time::millis(500));
  CHECK(stretches(t)[0].until == Time::millis(8500));
  media.out = Time::seconds(6);
  CHECK(stretches(t)[0].until == Time::seconds(6));
}

TEST_CASE("a clip that plays at twice the speed, and one that is small in the picture") {
  auto fast = clip(200, Time(), every(5000, 60000));
  std::get<timeline::Media>(fast.scenes[0].layers[0].content).speed = Time(2, 1);
  CHECK(has(boundaries(fast, kMedium), 75));
  auto small = clip(200, Time(), every(3600, 60000));
  small.scenes[0].layers[0].box = {0, 0, 80, 45};
  CHECK_FALSE(has(boundaries(small, kMedium), 108));
}

TEST_CASE("captions over a clip cut it between them where a correction would be dear") {
  auto spoken = clip(240, Time(), {});
  for (const std::int64_t begin : {6, 78, 150}) {
    spoken.captions.cues.push_back({{{begin}, {begin + 66}}, "كلمة", ""});
  }
  const auto begins = boundaries(spoken, kMedium);
  REQUIRE(begins.size() == 3);
  for (const timeline::Cue& cue : spoken.captions.cues) {
    const auto next = std::upper_bound(begins.begin(), begins.end(), cue.range.begin);
    CHECK((next == begins.end() || *next >= cue.range.end));
  }
  // A fast preset corrects fast: fewer key frames are worth more.
  media::VideoSettings fast = kMedium;
  fast.preset = "veryfast";
  CHECK(boundaries(spoken, fast).size() == 2);
  spoken.captions.cues.clear();
  CHECK(boundaries(spoken, kMedium).size() == 2);
}

TEST_CASE("splits are even where nothing speaks for another place") {
  auto t = film(250);
  add_scene(t, 0, 250);
  const auto begins = boundaries(t, kMedium);
  REQUIRE(begins.size() == 3);
  CHECK(std::abs(begins[1].value - 83) <= 1);
  CHECK(std::abs(begins[2].value - 167) <= 1);
}

TEST_CASE("a stretch with nothing in it is cut into as few segments as the longest GOP allows") {
  for (const std::int64_t frames : {1, 11, 12, 13, 119, 120, 121, 131, 132, 240, 241, 1350}) {
    auto t = film(frames);
    add_scene(t, 0, frames);
    const auto begins = boundaries(t, kMedium);
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
  const auto before = boundaries(t, kMedium);
  check_lengths(before, 18000, 120);
  for (const std::size_t which : {std::size_t{3}, t.captions.cues.size() / 2, t.captions.cues.size() - 3}) {
    for (const int by : {-6, -1, 1, 2, 7}) {
      auto moved = t;
      timeline::Cue& cue = moved.captions.cues[which];
      cue.range = {cue.range.begin + by, cue.range.end + by};
      const auto after = boundaries(moved, kMedium);
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
  const auto begins = boundaries(t, kMedium);
  check_lengths(begins, 450, 120);
  CHECK(has(begins, 165));
  CHECK(has(begins, 300));
  CHECK_FALSE(has(begins, 315));
}

TEST_CASE("a card that has come to rest ends its segment before the transition, so that it is repeats") {
  auto t = film(600);
  add_scene(t, 0, 100);
  add_scene(t, 100, 220, 15);
  add_scene(t, 220, 400, 15);
  add_scene(t, 400, 600, 15);
  play_clip(t, 2);
  timeline::Layer words;
  words.range = {{0}, {100}};
  words.enter = {timeline::EffectKind::kFade, timeline::Side::kRight, 10, 5};
  words.content = timeline::Text{};
  t.scenes[0].layers.push_back(words);
  words.range = {{100}, {220}};
  words.exit = {timeline::EffectKind::kFade, timeline::Side::kRight, 20};
  t.scenes[1].layers.push_back(words);
  auto begins = boundaries(t, kMedium);
  check_lengths(begins, 600, 120);
  // Card to card: at rest instead of at the transition's end; card to clip: both.
  CHECK(has(begins, 100));
  CHECK_FALSE(has(begins, 115));
  CHECK(has(begins, 200));
  CHECK(has(begins, 235));
  CHECK(has(begins, 400));
  t.captions.cues.push_back({{{30}, {80}}, "سطر", ""});
  CHECK(has(boundaries(t, kMedium), 100));
  // Something that never rests, over all of it.
  timeline::Layer bar;
  bar.range = {{0}, {600}};
  bar.content = timeline::ProgressBar{};
  t.overlays.push_back(bar);
  begins = boundaries(t, kMedium);
  CHECK(has(begins, 115));
  CHECK_FALSE(has(begins, 200));
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
  const auto begins = boundaries(t, kMedium);
  check_lengths(begins, 1350, 120);
  for (const std::int64_t frame : {200, 520, 700}) {
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
  check_lengths(boundaries(t, kMedium), 200, 120);
}

}  // namespace
}  // namespace capsule::segment

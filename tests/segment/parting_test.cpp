#include <doctest/doctest.h>

#include <functional>
#include <string>

#include "segment/parting.h"
#include "segment/plan.h"

namespace capsule::segment {
namespace {

/// A clip under a logo that varies, in the upper left of 1280 × 720.
timeline::Timeline film(const std::string& logo = "logo1.png") {
  timeline::Timeline t;
  t.canvas = {1280, 720};
  t.rate = {30, 1};
  t.frames = {90};
  for (const std::string& path : {std::string("clip.mp4"), logo}) {
    timeline::MediaFacts facts;
    facts.path = path;
    facts.digest = Hasher().add(path).digest();
    facts.still = path != "clip.mp4";
    facts.shown = {1280, 720};
    facts.duration = Time::seconds(3);
    t.files.push_back(facts);
  }
  timeline::Scene scene;
  scene.range = {{0}, {90}};
  timeline::Layer clip;
  clip.range = scene.range;
  clip.box = {0, 0, 1280, 720};
  clip.content = timeline::Media{};
  scene.layers.push_back(clip);
  t.scenes.push_back(scene);
  timeline::Layer corner = clip;
  corner.box = {28, 28, 94, 94};
  corner.varies = true;
  timeline::Media mark;
  mark.file = 1;
  corner.content = mark;
  t.overlays.push_back(corner);
  return t;
}

std::optional<media::Split> split(const std::function<void(timeline::Timeline&)>& edit = {},
                                  const std::string& preset = "medium") {
  timeline::Timeline t = film();
  if (edit) {
    edit(t);
  }
  media::VideoSettings settings;
  settings.size = t.canvas;
  settings.preset = preset;
  return split_of(t, {{0}, {90}}, settings);
}

TEST_CASE("the seam lies beyond what varies, with room for motion, on the smaller side") {
  CHECK(split() == media::Split{144, true});
  CHECK(split([](auto& t) { t.overlays[0].box.y = 600; }) == media::Split{576, false});
  // Letters reach beyond their box.
  CHECK(split([](auto& t) { t.overlays[0].content = timeline::Text{}; }) == media::Split{160, true});
  CHECK(split([](auto& t) {
          timeline::Text text;
          text.style.shadow = timeline::Shadow{{}, 0, 20, 10};
          t.overlays[0].content = text;
        }) == media::Split{208, true});
}

TEST_CASE("pictures are not divided where that cannot be or does not pay") {
  CHECK_FALSE(split([](auto& t) { t.overlays[0].varies = false; }));
  CHECK_FALSE(split([](auto& t) { t.overlays[0].box.y = 330; }));
  CHECK_FALSE(split([](auto& t) { t.overlays[0].box = {0, 0, 1280, 720}; }));
  CHECK_FALSE(split([](auto& t) { t.overlays[0].lifts_captions = true; }));
  CHECK_FALSE(split([](auto& t) { t.overlays[0].box.height = 0; }));
  CHECK_FALSE(split([](auto& t) { t.overlays[0].range = {{90}, {120}}; }));
  CHECK_FALSE(split([](auto& t) { t.scenes[0].layers[0].varies = true; }));
  CHECK_FALSE(split([](auto& t) {
    t.scenes[0].range = {{-200}, {90}};
    t.scenes[0].layers.push_back(t.overlays[0]);
    t.scenes[0].layers.back().range = {{-200}, {-100}};
    t.overlays.clear();
  }));
  CHECK_FALSE(split([](auto& t) { t.files[0].still = true; }));
  CHECK_FALSE(split([](auto& t) {
    t.scenes[0].enter = {timeline::TransitionKind::kPush, timeline::Side::kTop, 15};
  }));
  CHECK(split([](auto& t) {
    t.scenes[0].enter = {timeline::TransitionKind::kCrossfade, timeline::Side::kTop, 15};
  }));
  for (const char* preset : {"ultrafast", "superfast"}) {
    CHECK_FALSE(split({}, preset));
  }
  CHECK(split({}, "veryfast"));
}

TEST_CASE("films of a batch share the key of the strip in which they are the same") {
  text::FontLibrary fonts;
  const auto planned = [&](const timeline::Timeline& t) {
    media::VideoSettings settings;
    settings.size = t.canvas;
    return plan(t, {{{0}, {90}}}, settings, fonts).front();
  };
  const Segment one = planned(film("logo1.png"));
  const Segment two = planned(film("logo2.png"));
  REQUIRE(one.split);
  CHECK(one.split == two.split);
  CHECK(one.shared == two.shared);
  CHECK(one.key != two.key);
  CHECK(one.key != one.shared);

  timeline::Timeline other = film();
  other.files[0].digest = Hasher().add("another clip").digest();
  CHECK(planned(other).shared != one.shared);
  timeline::Timeline lower = film();
  lower.overlays[0].box.height += 20;
  CHECK(planned(lower).shared != one.shared);

  timeline::Timeline alone = film();
  alone.overlays[0].varies = false;
  CHECK_FALSE(planned(alone).split);
  CHECK(planned(alone).key != one.key);
}

}  // namespace
}  // namespace capsule::segment

#include "segment/rest.h"

#include <doctest/doctest.h>

#include <string>

namespace capsule::segment {
namespace {

using timeline::EffectKind;

/// Two cards of five seconds; on the first a text that comes somehow within half a second.
timeline::Timeline cards(EffectKind enter) {
  timeline::Timeline t;
  t.canvas = {320, 180};
  t.rate = {30, 1};
  t.frames = {300};
  for (int i = 0; i < 2; ++i) {
    timeline::Scene scene;
    scene.range = {{i * 150}, {i * 150 + 150}};
    t.scenes.push_back(scene);
  }
  timeline::Text text;
  text.text = "التسويق الرقمي";
  timeline::Layer layer;
  layer.range = t.scenes[0].range;
  layer.content = text;
  layer.enter = {enter, timeline::Side::kBottom, 15, 6, 40, 0};
  t.scenes[0].layers.push_back(layer);
  return t;
}

TEST_CASE("whatever comes, has come") {
  for (const EffectKind kind :
       {EffectKind::kFade, EffectKind::kSlide, EffectKind::kWipe, EffectKind::kGrow, EffectKind::kPop,
        EffectKind::kRoll, EffectKind::kTypewriter, EffectKind::kReading}) {
    CAPTURE(static_cast<int>(kind));
    timeline::Timeline t = cards(kind);
    CHECK(rest_before(t, 1) == FrameIndex{150});
    CHECK(coded_pictures(t, {{0}, {150}}) == 6 + 15 + 1);
    CHECK(coded_pictures(t, {{60}, {150}}) == 1);
    t.scenes[0].layers[0].enter.frames = 100;
    CHECK_FALSE(rest_before(t, 1));
  }
}

TEST_CASE("a step back takes a quarter of a second at any rate") {
  for (const std::int64_t rate : {24, 30, 60}) {
    CAPTURE(rate);
    timeline::Timeline t = cards(EffectKind::kNone);
    t.rate = {rate, 1};
    t.scenes[0].layers[0].dim = timeline::Dim{20, 0.5};
    CHECK(coded_pictures(t, {{0}, {150}}) == 20 + rate / 4 + 1);
  }
}

TEST_CASE("lines that come one after another come to rest after the last of them") {
  timeline::Timeline t = cards(EffectKind::kFade);
  timeline::Layer& layer = t.scenes[0].layers[0];
  layer.enter.stagger = 3;
  std::get<timeline::Text>(layer.content).text = "أ\nب\nت";
  CHECK(coded_pictures(t, {{0}, {150}}) >= 6 + 15 + 2 * 3 + 1);
  CHECK(coded_pictures(t, {{0}, {150}}) < 60);
  std::string many;
  for (int i = 0; i < 140; ++i) {
    many += "أ\n";
  }
  std::get<timeline::Text>(layer.content).text = many;
  layer.enter.stagger = 1;
  // The last of 140 lines begins when 139 frames have passed.
  CHECK(coded_pictures(t, {{145}, {150}}) > 1);
}

}  // namespace
}  // namespace capsule::segment

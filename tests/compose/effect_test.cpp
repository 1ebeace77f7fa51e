#include "compose/effects/effect.h"

#include <doctest/doctest.h>

#include "compose/transitions/transition.h"
#include "tests/compose/pictures.h"

namespace capsule::compose {
namespace {

using timeline::EffectKind;
using timeline::Side;

timeline::Layer layer_with(EffectKind enter, EffectKind exit) {
  timeline::Layer layer;
  layer.range = {{30}, {90}};
  layer.content = timeline::Shape{};
  layer.enter = {enter, Side::kRight, 12, 0, 50, 0};
  layer.exit = {exit, Side::kLeft, 8, 0, 50, 0};
  return layer;
}

const RectF kBox{100, 100, 200, 80};
constexpr FrameRange kRange{{30}, {90}};
const Life kLife{kRange, {90}, 8};

}  // namespace

TEST_CASE("a slide comes from its side, decelerates, and rests exactly") {
  const timeline::Layer layer = layer_with(EffectKind::kSlide, EffectKind::kNone);
  CHECK_FALSE(pose_at(layer, kLife, {29}, kBox));
  double before = 51;
  double step_before = 51;
  for (std::int64_t n = 30; n < 42; ++n) {
    const Pose pose = *pose_at(layer, kLife, {n}, kBox);
    CHECK(pose.dx < before);
    CHECK(before - pose.dx <= step_before + 1e-9);
    CHECK(pose.opacity > 0);
    step_before = n == 30 ? 51 : before - pose.dx;
    before = pose.dx;
  }
  for (const std::int64_t n : {42, 60, 89}) {
    const Pose rest = *pose_at(layer, kLife, {n}, kBox);
    CHECK(rest.dx == 0);
    CHECK(rest.opacity == 1);
  }
  CHECK_FALSE(pose_at(layer, kLife, {90}, kBox));
}

TEST_CASE("a roll keeps one speed, stays whole, and rests exactly") {
  const timeline::Layer layer = layer_with(EffectKind::kRoll, EffectKind::kNone);
  const double step = pose_at(layer, kLife, {30}, kBox)->dx - pose_at(layer, kLife, {31}, kBox)->dx;
  CHECK(step == doctest::Approx(50.0 / 13));
  for (std::int64_t n = 31; n < 43; ++n) {
    const Pose pose = *pose_at(layer, kLife, {n}, kBox);
    CHECK(pose_at(layer, kLife, {n - 1}, kBox)->dx - pose.dx == doctest::Approx(step));
    CHECK(pose.opacity == 1);
  }
  CHECK(pose_at(layer, kLife, {42}, kBox)->dx == 0);
}

TEST_CASE("an exit leaves faster and faster, and a layer that left does not come back under a transition") {
  const timeline::Layer layer = layer_with(EffectKind::kNone, EffectKind::kSlide);
  const Life longer{kRange, {100}, 8};
  CHECK(pose_at(layer, longer, {81}, kBox)->dx == 0);
  const double first = -pose_at(layer, longer, {82}, kBox)->dx;
  const double last = pose_at(layer, longer, {88}, kBox)->dx - pose_at(layer, longer, {89}, kBox)->dx;
  CHECK(first > 0);
  CHECK(last > first);
  CHECK_FALSE(pose_at(layer, longer, {90}, kBox));
}

TEST_CASE("a layer without an exit runs on under the transition, as it was") {
  const timeline::Layer layer = layer_with(EffectKind::kFade, EffectKind::kNone);
  const Life longer{kRange, {100}, 8};
  CHECK(pose_at(layer, longer, {99}, kBox)->opacity == 1);
  CHECK_FALSE(pose_at(layer, longer, {100}, kBox));
}

TEST_CASE("an enter effect at the film's first frame is already settled") {
  timeline::Layer layer = layer_with(EffectKind::kSlide, EffectKind::kNone);
  layer.range = {{0}, {90}};
  const Pose pose = *pose_at(layer, {layer.range, {90}, 8}, {0}, kBox);
  CHECK(pose.dx == 0);
  CHECK(pose.opacity == 1);
}

TEST_CASE("a wipe uncovers from its side and then clips nothing") {
  const timeline::Layer layer = layer_with(EffectKind::kWipe, EffectKind::kNone);
  const Pose early = *pose_at(layer, kLife, {32}, kBox);
  REQUIRE(early.clip);
  CHECK(early.clip->right() == doctest::Approx(kBox.right()));
  CHECK(early.clip->x > kBox.x);
  CHECK_FALSE(pose_at(layer, kLife, {42}, kBox)->clip);
}

TEST_CASE("a pop keeps its centre") {
  const timeline::Layer layer = layer_with(EffectKind::kPop, EffectKind::kNone);
  const RectF small = moved(kBox, *pose_at(layer, kLife, {30}, kBox));
  CHECK(small.width < kBox.width);
  CHECK(small.x + small.width / 2 == doctest::Approx(kBox.x + kBox.width / 2));
  CHECK(small.y + small.height / 2 == doctest::Approx(kBox.y + kBox.height / 2));
}

TEST_CASE("lines come one after another and all settle") {
  timeline::Layer layer = layer_with(EffectKind::kFade, EffectKind::kNone);
  layer.enter.stagger = 3;
  CHECK(pose_at(layer, kLife, {31}, kBox, {0, 3}));
  CHECK_FALSE(pose_at(layer, kLife, {31}, kBox, {1, 3}));
  CHECK(pose_at(layer, kLife, {34}, kBox, {1, 3})->opacity <
        pose_at(layer, kLife, {34}, kBox, {0, 3})->opacity);
  CHECK(pose_at(layer, kLife, {48}, kBox, {2, 3})->opacity == 1);
}

TEST_CASE("dimming steps down once and stays") {
  timeline::Layer layer = layer_with(EffectKind::kNone, EffectKind::kNone);
  layer.dim = timeline::Dim{20, 0.55};
  CHECK(pose_at(layer, kLife, {49}, kBox)->opacity == 1);
  CHECK(pose_at(layer, kLife, {53}, kBox)->opacity == doctest::Approx(0.775));
  CHECK(pose_at(layer, kLife, {57}, kBox)->opacity == doctest::Approx(0.55));
  CHECK(pose_at(layer, kLife, {89}, kBox)->opacity == doctest::Approx(0.55));
}

TEST_CASE("transitions start at once, never go back and end on the new picture") {
  const Canvas black = test::plain({64, 32}, {16, 128, 128});
  const Canvas white = test::plain({64, 32}, {235, 90, 160});
  using timeline::TransitionKind;
  for (const TransitionKind kind :
       {TransitionKind::kCrossfade, TransitionKind::kWipe, TransitionKind::kSlide, TransitionKind::kPush}) {
    for (const Side side : {Side::kLeft, Side::kRight, Side::kTop, Side::kBottom}) {
      const timeline::Transition transition{kind, side, 15};
      long before = -1;
      for (int frame = 0; frame < 15; ++frame) {
        Canvas out = Canvas::make({64, 32});
        between(transition, progress_of(transition, frame), black, white, out);
        long light = 0;
        for (const std::uint8_t sample : test::bytes_of(out)) {
          light += sample;
        }
        CHECK(light >= before);
        before = light;
      }
      CHECK(progress_of(transition, 0) > 0);
      CHECK(progress_of(transition, 15) == kTransitionDone);
    }
  }
  CHECK(progress_of({TransitionKind::kCut, Side::kLeft, 0}, 0) == kTransitionDone);
}

TEST_CASE("a push from the right moves both pictures to the left, side by side") {
  const Canvas old_picture = test::plain({64, 32}, {50, 128, 128});
  const Canvas new_picture = test::plain({64, 32}, {200, 128, 128});
  Canvas out = Canvas::make({64, 32});
  push(out, old_picture, new_picture, Side::kRight, kTransitionDone / 2);
  CHECK(test::at(out, 31, 10).y == 50);
  CHECK(test::at(out, 32, 10).y == 200);
  wipe(out, old_picture, new_picture, Side::kRight, kTransitionDone / 2);
  CHECK(test::at(out, 4, 10).y == 50);
  CHECK(test::at(out, 60, 10).y == 200);
}

}  // namespace capsule::compose

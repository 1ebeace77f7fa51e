#pragma once
#include "base/geometry.h"
#include "base/time.h"
#include "compose/effects/pose.h"
#include "timeline/timeline.h"

namespace capsule::compose {

/// What an effect needs to know of the layer at one instant.
struct EffectAt {
  double shown = 1;  ///< Eased (a roll is not): 0 = gone, 1 = settled.
  const timeline::Effect& effect;
  const RectF& extent;  ///< Around everything the layer draws, at rest.
  bool shape = false;   ///< Grows by being drawn smaller; anything else is uncovered instead.
};

/// Files beside this one (a roll is a slide that does not fade); each adds its part to the pose.
void fade(const EffectAt& at, Pose& pose);
void slide(const EffectAt& at, Pose& pose);
void wipe(const EffectAt& at, Pose& pose);
void grow(const EffectAt& at, Pose& pose);
void pop(const EffectAt& at, Pose& pose);
void roll(const EffectAt& at, Pose& pose);

/// The frames of a layer: from range.begin, gone from `gone` on. A layer that lasts to its scene's end runs
/// on under the next scene's transition, so `gone` may be later than range.end.
struct Life {
  FrameRange range;
  FrameIndex gone;
  int dim_frames = 8;  ///< How long stepping down takes: a quarter of a second.
};

/// Lines of a text come and go one after another.
struct LineOf {
  int line = 0;
  int lines = 1;
};

/// How far a layer (or a line of it) has come in and how far it is still there, 0..1, eased.
struct Shown {
  double in = 1, out = 1;
};

/// Nothing when it does not show.
std::optional<Shown> shown_at(const timeline::Layer& layer, const Life& life, FrameIndex n, LineOf line = {});

/// Effects that uncover letters one after another; they leave a text's pose alone.
bool reveals_text(timeline::EffectKind kind);

/// The pose of a layer (or of one of its lines) at frame n, its opacity and dimming included; nothing when it
/// does not show. An enter effect that would begin at frame 0 is settled from the start.
std::optional<Pose> pose_at(const timeline::Layer& layer, const Life& life, FrameIndex n, const RectF& extent,
                            LineOf line = {});

}  // namespace capsule::compose

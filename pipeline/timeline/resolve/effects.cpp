#include "timeline/resolve/effects.h"

#include <algorithm>
#include <string_view>

namespace capsule::timeline {
namespace {

EffectKind kind_of(preset::EffectKind kind) {
  switch (kind) {
    case preset::EffectKind::kNone:
      return EffectKind::kNone;
    case preset::EffectKind::kFade:
      return EffectKind::kFade;
    case preset::EffectKind::kSlide:
      return EffectKind::kSlide;
    case preset::EffectKind::kWipe:
      return EffectKind::kWipe;
    case preset::EffectKind::kGrow:
      return EffectKind::kGrow;
    case preset::EffectKind::kPop:
      return EffectKind::kPop;
    case preset::EffectKind::kRoll:
      return EffectKind::kRoll;
    case preset::EffectKind::kTypewriter:
      return EffectKind::kTypewriter;
    case preset::EffectKind::kReading:
      break;
  }
  return EffectKind::kReading;
}

TransitionKind kind_of(preset::TransitionKind kind) {
  switch (kind) {
    case preset::TransitionKind::kCut:
      return TransitionKind::kCut;
    case preset::TransitionKind::kCrossfade:
      return TransitionKind::kCrossfade;
    case preset::TransitionKind::kWipe:
      return TransitionKind::kWipe;
    case preset::TransitionKind::kSlide:
      return TransitionKind::kSlide;
    case preset::TransitionKind::kPush:
      break;
  }
  return TransitionKind::kPush;
}

// The words of the preset language.
std::string_view word(EffectKind kind) {
  constexpr std::string_view kWords[] = {"none", "fade", "slide",      "wipe",   "grow",
                                         "pop",  "roll", "typewriter", "reading"};
  return kWords[static_cast<std::size_t>(kind)];
}

std::string_view word(TransitionKind kind) {
  constexpr std::string_view kWords[] = {"cut", "crossfade", "wipe", "slide", "push"};
  return kWords[static_cast<std::size_t>(kind)];
}

struct Lengths {
  std::int64_t effect, available, limit;  ///< Frames.
};

void report(Context& context, std::string_view word, Lengths lengths, const Named& named) {
  context.problem(Code{"effect-too-long"},
                  {{"effect", std::string(word)},
                   {"length", context.seconds(lengths.effect)},
                   {"name", named.name},
                   {"available", context.seconds(lengths.available)},
                   {"limit", context.seconds(std::max<std::int64_t>(0, lengths.limit))}},
                  named.where);
}

}  // namespace

Effect effect_of(const Context& context, const preset::Effect& effect, const RectF& reference, bool by_line) {
  Effect out;
  out.kind = kind_of(effect.kind);
  out.frames = context.frames(effect.duration);
  if (out.kind == EffectKind::kNone || out.frames == 0) {
    return {};
  }
  const Geometry geometry = geometry_of(context.timeline);
  const bool across = effect.edge == preset::Edge::kStart || effect.edge == preset::Edge::kEnd;
  out.side = geometry.side(effect.edge);
  out.delay = context.frames(effect.delay);
  out.travel = geometry.pixels(effect.travel, across ? reference.width : reference.height);
  out.stagger = by_line ? context.frames(Time(8, 100)) : 0;
  return out;
}

void check_effects(Context& context, const Layer& layer, const Named& named) {
  const std::int64_t available = layer.range.size();
  const std::int64_t entered = std::int64_t{layer.enter.delay} + layer.enter.frames;
  if (entered > available) {
    report(context, word(layer.enter.kind), {layer.enter.frames, available, available - layer.enter.delay},
           named);
    return;
  }
  if (entered + layer.exit.delay + layer.exit.frames > available) {
    report(context, word(layer.exit.kind),
           {layer.exit.frames, available, available - entered - layer.exit.delay}, named);
  }
}

void settle_poster(const Context& context, Layer& layer) {
  if (layer.range.begin.value == 0 && start_of({layer.enter.delay}, context.timeline.rate) < poster_end()) {
    layer.enter = {};
  }
}

Transition transition_of(Context& context, const preset::Transition& transition, FrameRange scene,
                         const Named& named) {
  Transition out;
  out.kind = kind_of(transition.kind);
  out.frames = context.frames(transition.duration);
  if (out.kind == TransitionKind::kCut || out.frames == 0) {
    return {};
  }
  if (out.frames > scene.size()) {
    report(context, word(out.kind), {out.frames, scene.size(), scene.size()}, named);
  }
  if (scene.begin.value == 0) {
    return {};
  }
  out.side = geometry_of(context.timeline).side(transition.edge);
  return out;
}

}  // namespace capsule::timeline

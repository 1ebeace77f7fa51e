#include "segment/seen.h"

#include <algorithm>
#include <cstdint>
#include <variant>

namespace capsule::segment {
namespace {

using timeline::Effect;
using timeline::EffectKind;
using timeline::Layer;

// Spoken words stand out a little before and after they are said.
constexpr std::int64_t kWordMargin = 60;
// Lines that may come one after another.
constexpr std::int64_t kMostLines = 100;
// Stepping back takes a quarter of a second.
constexpr std::int64_t kDimFrames = 60;

/// Frames from a layer's begin (or to its end) in which an effect moves; kNeverAtRest: all of them.
std::int64_t moving(const Effect& effect) {
  switch (effect.kind) {
    case EffectKind::kNone:
      return 0;
    case EffectKind::kFade:
    case EffectKind::kSlide:
    case EffectKind::kWipe:
    case EffectKind::kGrow:
    case EffectKind::kPop:
      return std::int64_t{effect.delay} + effect.frames + kMostLines * effect.stagger;
    default:
      return kNeverAtRest;
  }
}

struct UnrestOf {
  const std::vector<timeline::MediaFacts>& files;

  Unrest operator()(const timeline::Media& media) const {
    if (media.motion.kind != timeline::MotionKind::kNone) {
      return {kNeverAtRest, kNeverAtRest};
    }
    return {files.at(static_cast<std::size_t>(media.file)).still ? 0 : kNeverAtRest, 0};
  }

  Unrest operator()(const timeline::Text& text) const {
    return {text.count ? std::int64_t{text.count->frames} : 0, 0};
  }

  Unrest operator()(const timeline::Shape& shape) const {
    const bool sweeps = shape.sweep_from != shape.sweep_to;
    return sweeps ? Unrest{kNeverAtRest, kNeverAtRest} : Unrest{};
  }

  Unrest operator()(const timeline::Qr& /*qr*/) const { return {}; }

  Unrest operator()(const timeline::ProgressBar& /*bar*/) const { return {kNeverAtRest, kNeverAtRest}; }

  Unrest operator()(const timeline::Stack& /*stack*/) const { return {}; }
};

/// The part of a range that a stretch is aware of, given for how long things move at both ends.
FrameRange aware(FrameRange range, FrameRange stretch, const Unrest& unrest) {
  if (unrest.after_begin < kNeverAtRest && range.begin + unrest.after_begin <= stretch.begin) {
    range.begin = stretch.begin - kNeverAtRest;
  }
  if (unrest.before_end < kNeverAtRest && range.end - unrest.before_end >= stretch.end) {
    range.end = stretch.end + kNeverAtRest;
  }
  return range;
}

}  // namespace

FrameIndex end_of(const timeline::Timeline& timeline, std::size_t scene) {
  const bool last = scene + 1 == timeline.scenes.size();
  const FrameIndex end = timeline.scenes[scene].range.end;
  return last ? end : end + timeline.scenes[scene + 1].enter.frames;
}

FrameIndex end_of(const Layer& layer, const timeline::Timeline& timeline, std::size_t scene) {
  const bool stays = layer.range.end == timeline.scenes[scene].range.end;
  return stays ? end_of(timeline, scene) : layer.range.end;
}

bool lifts(const Layer& layer) {
  const auto* stack = std::get_if<timeline::Stack>(&layer.content);
  return layer.lifts_captions || (stack != nullptr && std::ranges::any_of(stack->children, lifts));
}

bool plays(const Layer& layer, const std::vector<timeline::MediaFacts>& files) {
  if (const auto* media = std::get_if<timeline::Media>(&layer.content)) {
    return !files.at(static_cast<std::size_t>(media->file)).still;
  }
  const auto* stack = std::get_if<timeline::Stack>(&layer.content);
  return stack != nullptr &&
         std::ranges::any_of(stack->children, [&](const Layer& child) { return plays(child, files); });
}

Unrest unrest_of(const Layer& layer, const std::vector<timeline::MediaFacts>& files) {
  Unrest unrest = std::visit(UnrestOf{files}, layer.content);
  unrest.after_begin = std::max(
      {unrest.after_begin, moving(layer.enter), layer.dim ? std::int64_t{layer.dim->at} + kDimFrames : 0});
  unrest.before_end = std::max(unrest.before_end, moving(layer.exit));
  return unrest;
}

Layer seen(const Layer& layer, FrameRange stretch, const std::vector<timeline::MediaFacts>& files) {
  Layer out = layer;
  out.range = aware(layer.range, stretch, unrest_of(layer, files));
  if (auto* stack = std::get_if<timeline::Stack>(&out.content)) {
    for (Layer& child : stack->children) {
      child = seen(child, stretch, files);
    }
  }
  return out;
}

Layer outline_of(const Layer& layer) {
  Layer out = layer;
  out.enter = out.exit = {};
  out.opacity = 1;
  out.dim.reset();
  if (auto* text = std::get_if<timeline::Text>(&out.content)) {
    timeline::TextStyle& style = text->style;
    style.color = {};
    style.align = {};
    style.outline.reset();
    style.shadow.reset();
    style.glow.reset();
    text->spans.clear();
  } else if (auto* stack = std::get_if<timeline::Stack>(&out.content)) {
    for (Layer& child : stack->children) {
      child = outline_of(child);
    }
  }
  return out;
}

timeline::Cue seen(const timeline::Cue& cue, FrameRange stretch) {
  timeline::Cue out = cue;
  // Words that are spoken may be timed by their cue; without them, and at rest, a cue is there or not.
  const std::int64_t moves = cue.words.empty() && !cue.look.move ? 0 : kNeverAtRest;
  out.range = aware(cue.range, stretch, {moves, moves});
  for (timeline::SpokenPart& word : out.words) {
    // A word that is being said is half lit: only those said long ago, or not for long, are alike.
    if (word.range.end + kWordMargin <= stretch.begin) {
      word.range = {stretch.begin - kNeverAtRest, stretch.begin - kNeverAtRest};
    } else if (word.range.begin - kWordMargin >= stretch.end) {
      word.range = {stretch.end + kNeverAtRest, stretch.end + kNeverAtRest};
    }
  }
  return out;
}

}  // namespace capsule::segment

#include "segment/seen.h"

#include <algorithm>
#include <cstdint>
#include <optional>
#include <variant>

namespace capsule::segment {
namespace {

using timeline::Effect;
using timeline::EffectKind;
using timeline::Layer;

// Spoken words stand out a little before and after they are said.
constexpr std::int64_t kWordMargin = 60;

/// No less than the lines of a text, each of which has a letter, that come one after another.
std::int64_t most_lines(const Layer& layer) {
  const auto* text = std::get_if<timeline::Text>(&layer.content);
  if (text == nullptr || text->count) {
    return 0;
  }
  const auto begins_letter = [](char c) { return (static_cast<unsigned char>(c) & 0xC0U) != 0x80U; };
  return std::ranges::count_if(text->text, begins_letter);
}

/// Frames from a layer's begin (or to its end) in which an effect moves: all kinds end.
std::int64_t moving(const Layer& layer, const Effect& effect) {
  if (effect.kind == EffectKind::kNone) {
    return 0;
  }
  const std::int64_t lines = effect.stagger > 0 ? most_lines(layer) : 0;
  return std::int64_t{effect.delay} + effect.frames + lines * effect.stagger;
}

/// Stepping back takes a quarter of a second.
std::int64_t dim_frames(FrameRate rate) {
  return std::max<std::int64_t>(1, rate.num / (4 * rate.den));
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

/// How a layer came is nothing to a stretch in which it rests, nor how it will go to one in which it stays.
void leave_out_effects(Layer& layer, FrameRange stretch, FrameRate rate) {
  const FrameRange range = layer.range;
  if (range.begin + moving(layer, layer.enter) <= stretch.begin) {
    layer.enter = {};
  }
  if (range.end - moving(layer, layer.exit) >= stretch.end) {
    layer.exit = {};
  }
  if (layer.dim && range.begin + layer.dim->at >= stretch.end) {
    layer.dim.reset();
  } else if (layer.dim && range.begin + (layer.dim->at + dim_frames(rate)) <= stretch.begin) {
    layer.dim->at = 0;
  }
  auto* text = std::get_if<timeline::Text>(&layer.content);
  if (text != nullptr && text->count && range.begin + text->count->frames <= stretch.begin) {
    text->count->from = 0;
    text->count->frames = 0;
  }
}

bool reveals_letters(const Effect& effect) {
  return effect.kind == EffectKind::kTypewriter || effect.kind == EffectKind::kReading;
}

/// Whether a child is one with its stack all the time.
bool rests_in(const Layer& child, const Layer& stack) {
  return child.range.begin <= stack.range.begin && child.range.end >= stack.range.end &&
         child.enter.kind == EffectKind::kNone && child.exit.kind == EffectKind::kNone &&
         child.opacity >= 1 && !child.dim;
}

/// A plate as far as it takes room.
void leave_out_colors(std::optional<timeline::Plate>& plate) {
  if (plate) {
    plate->color = {};
    plate->edge = plate->edge ? std::optional(Color{}) : std::nullopt;
  }
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

bool lifts_during(const Layer& layer, FrameRange during) {
  const auto within = [during](const Layer& child) { return lifts_during(child, during); };
  const auto* stack = std::get_if<timeline::Stack>(&layer.content);
  return (layer.lifts_captions && layer.range.overlaps(during)) ||
         (stack != nullptr && std::ranges::any_of(stack->children, within));
}

bool plays(const Layer& layer, const std::vector<timeline::MediaFacts>& files) {
  if (const auto* media = std::get_if<timeline::Media>(&layer.content)) {
    return !files.at(static_cast<std::size_t>(media->file)).still;
  }
  const auto* stack = std::get_if<timeline::Stack>(&layer.content);
  return stack != nullptr &&
         std::ranges::any_of(stack->children, [&](const Layer& child) { return plays(child, files); });
}

Unrest unrest_of(const Layer& layer, const std::vector<timeline::MediaFacts>& files, FrameRate rate) {
  Unrest unrest = std::visit(UnrestOf{files}, layer.content);
  unrest.after_begin = std::max(
      {unrest.after_begin, moving(layer, layer.enter), layer.dim ? layer.dim->at + dim_frames(rate) : 0});
  unrest.before_end = std::max(unrest.before_end, moving(layer, layer.exit));
  return unrest;
}

Layer seen(const Layer& layer, FrameRange stretch, const std::vector<timeline::MediaFacts>& files,
           FrameRate rate) {
  Layer out = layer;
  leave_out_effects(out, stretch, rate);
  out.range = aware(layer.range, stretch, unrest_of(out, files, rate));
  if (auto* stack = std::get_if<timeline::Stack>(&out.content)) {
    for (Layer& child : stack->children) {
      child = seen(child, stretch, files, rate);
    }
  }
  return out;
}

void note_ways(Hasher& to, const Layer& layer) {
  if (std::holds_alternative<timeline::Text>(layer.content)) {
    const bool by_line = layer.enter.stagger > 0 || layer.exit.stagger > 0;
    const bool by_letter = reveals_letters(layer.enter) || reveals_letters(layer.exit);
    to.add(std::int64_t{by_line && !by_letter});
  } else if (const auto* stack = std::get_if<timeline::Stack>(&layer.content)) {
    for (const Layer& child : stack->children) {
      to.add(std::int64_t{rests_in(child, layer)});
      note_ways(to, child);
    }
  }
}

// Of what is laid out, only texts, stacks and media are told apart (compose/layout): of media and the others
// the box alone counts. A text's align moves its box; tracking, digits and cuts make it wider.
Layer outline_of(const Layer& layer, FrameRange during, bool only_raised) {
  Layer out = layer;
  out.lifts_captions = layer.lifts_captions && layer.range.overlaps(during);
  out.range = {during.begin, during.begin};
  out.enter = out.exit = {};
  out.opacity = 1;
  out.dim.reset();
  if (auto* text = std::get_if<timeline::Text>(&out.content)) {
    timeline::TextStyle& style = text->style;
    style.color = {};
    style.align = only_raised ? timeline::HAlign{} : style.align;
    style.outline.reset();
    style.shadow.reset();
    style.glow.reset();
    style.linear = false;
    leave_out_colors(style.plate);
    text->spans.clear();
    if (text->count) {
      text->count->from = 0;
      text->count->frames = 0;
    }
  } else if (auto* stack = std::get_if<timeline::Stack>(&out.content)) {
    leave_out_colors(stack->plate);
    stack->align = only_raised ? timeline::HAlign{} : stack->align;
    for (Layer& child : stack->children) {
      child = outline_of(child, during, only_raised);
    }
  } else if (const auto* media = std::get_if<timeline::Media>(&out.content)) {
    timeline::Media bare;
    bare.file = media->file;
    out.content = bare;
  } else {
    out.content = timeline::Shape{};
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

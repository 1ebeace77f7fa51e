#include "compose/effects/effect.h"

#include <array>

namespace capsule::compose {
namespace {

using timeline::EffectKind;

using Apply = void (*)(const EffectAt&, Pose&);

struct EffectRow {
  EffectKind kind;
  Apply apply;
};

constexpr std::array<EffectRow, 6> kEffects = {{
    {EffectKind::kFade, fade},
    {EffectKind::kSlide, slide},
    {EffectKind::kWipe, wipe},
    {EffectKind::kGrow, grow},
    {EffectKind::kPop, pop},
    {EffectKind::kRoll, roll},
}};

/// Only letters can be typed or read; anything else fades.
bool is_text(const timeline::Layer& layer) {
  const auto* text = std::get_if<timeline::Text>(&layer.content);
  return text != nullptr && !text->count;
}

void apply(const EffectAt& at, bool text, Pose& pose) {
  const bool reveals = reveals_text(at.effect.kind);
  if (reveals && !text) {
    fade(at, pose);
  }
  for (const EffectRow& row : kEffects) {
    if (row.kind == at.effect.kind) {
      row.apply(at, pose);
    }
  }
}

/// Share of an effect that is done at its local frame; already moving at frame 0, settled at `frames`.
double done(std::int64_t frame, int frames) {
  return std::clamp(static_cast<double>(frame + 1) / (frames + 1), 0.0, 1.0);
}

double ease_out(double t) {
  return 1 - (1 - t) * (1 - t) * (1 - t);
}

/// Effects of one speed.
bool is_even(EffectKind kind) {
  return kind == EffectKind::kRoll || reveals_text(kind);
}

/// Opacity of an earlier point of a list, stepped down.
double dimmed(const timeline::Layer& layer, const Life& life, FrameIndex n) {
  if (!layer.dim) {
    return 1;
  }
  const std::int64_t frame = n - (life.range.begin + layer.dim->at);
  return frame < 0 ? 1 : 1 + (layer.dim->opacity - 1) * done(frame, life.dim_frames - 1);
}

/// 0..1 as entering; nothing before its delay is over.
std::optional<double> entered(const timeline::Effect& effect, const Life& life, FrameIndex n, int line) {
  const bool poster = life.range.begin.value == 0 && effect.delay == 0;
  if (effect.kind == EffectKind::kNone || poster) {
    return 1;
  }
  const std::int64_t frame = n - (life.range.begin + effect.delay + std::int64_t{line} * effect.stagger);
  if (frame < 0) {
    return std::nullopt;
  }
  const double t = done(frame, effect.frames);
  return is_even(effect.kind) ? t : ease_out(t);
}

/// 1..0 as leaving; nothing once it is gone.
std::optional<double> remaining(const timeline::Effect& effect, const Life& life, FrameIndex n,
                                int lines_after) {
  if (effect.kind == EffectKind::kNone) {
    return 1;
  }
  const std::int64_t begin =
      life.range.end.value - effect.delay - effect.frames - std::int64_t{lines_after} * effect.stagger;
  const std::int64_t frame = n.value - begin;
  if (frame >= effect.frames) {
    return std::nullopt;
  }
  const double t = frame < 0 ? 0 : done(frame, effect.frames);
  return is_even(effect.kind) ? 1 - t : 1 - t * t * t;
}

}  // namespace

bool reveals_text(EffectKind kind) {
  return kind == EffectKind::kTypewriter || kind == EffectKind::kReading;
}

std::optional<Shown> shown_at(const timeline::Layer& layer, const Life& life, FrameIndex n, LineOf line) {
  if (n < life.range.begin || n >= life.gone) {
    return std::nullopt;
  }
  const std::optional<double> in = entered(layer.enter, life, n, line.line);
  const std::optional<double> out = remaining(layer.exit, life, n, line.lines - 1 - line.line);
  return in && out ? std::optional(Shown{*in, *out}) : std::nullopt;
}

std::optional<Pose> pose_at(const timeline::Layer& layer, const Life& life, FrameIndex n, const RectF& extent,
                            LineOf line) {
  const std::optional<Shown> shown = shown_at(layer, life, n, line);
  if (!shown) {
    return std::nullopt;
  }
  Pose pose;
  pose.opacity = layer.opacity * dimmed(layer, life, n);
  const bool shape = std::holds_alternative<timeline::Shape>(layer.content);
  apply({shown->in, layer.enter, extent, shape}, is_text(layer), pose);
  apply({shown->out, layer.exit, extent, shape}, is_text(layer), pose);
  return pose;
}

}  // namespace capsule::compose

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

constexpr std::array<EffectRow, 5> kEffects = {{
    {EffectKind::kFade, fade},
    {EffectKind::kSlide, slide},
    {EffectKind::kWipe, wipe},
    {EffectKind::kGrow, grow},
    {EffectKind::kPop, pop},
}};

void apply(const EffectAt& at, Pose& pose) {
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
  return ease_out(done(frame, effect.frames));
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
  return 1 - t * t * t;
}

}  // namespace

std::optional<Pose> pose_at(const timeline::Layer& layer, const Life& life, FrameIndex n, const RectF& extent,
                            LineOf line) {
  if (n < life.range.begin || n >= life.gone) {
    return std::nullopt;
  }
  const std::optional<double> in = entered(layer.enter, life, n, line.line);
  const std::optional<double> out = remaining(layer.exit, life, n, line.lines - 1 - line.line);
  if (!in || !out) {
    return std::nullopt;
  }
  Pose pose;
  pose.opacity = layer.opacity * dimmed(layer, life, n);
  const bool shape = std::holds_alternative<timeline::Shape>(layer.content);
  apply({*in, layer.enter, extent, shape}, pose);
  apply({*out, layer.exit, extent, shape}, pose);
  return pose;
}

}  // namespace capsule::compose

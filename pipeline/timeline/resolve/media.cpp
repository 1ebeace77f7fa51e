#include "timeline/resolve/media.h"

#include <algorithm>

#include "timeline/resolve/layers.h"

namespace capsule::timeline {
namespace {

// Standard deviation in u of a blur of 100 %: only the light of a picture is left.
constexpr double kWidestBlur = 10;
constexpr double kSlowest = 0.1;
constexpr double kFastest = 10;

// Containers round their durations; a trim to the rounded end is meant.
Time slack() {
  return {1, 10};
}

Fit fit_of(preset::Fit fit) {
  switch (fit) {
    case preset::Fit::kCover:
      return Fit::kCover;
    case preset::Fit::kContain:
      return Fit::kContain;
    case preset::Fit::kBlurFill:
      break;
  }
  return Fit::kBlurFill;
}

// With an automatic focus the zoom drifts the way one reads: in RTL to the left. Zooming out runs the same
// path backwards, so its anchor lies on the other side.
PointF anchor_of(const preset::Motion& motion, const preset::Focus& focus, bool mirrored) {
  if (!focus.automatic) {
    return {focus.x, focus.y};
  }
  constexpr double kAhead = 0.6;
  const bool leftwards = mirrored == (motion.to >= motion.from);
  return {leftwards ? 1 - kAhead : kAhead, 0.5};
}

Motion motion_of(const preset::MediaLayer& media, const RectF& box, const Geometry& geometry) {
  const preset::Motion& motion = media.motion;
  const bool mirrored = geometry.direction == Direction::kRightToLeft;
  Motion out;
  switch (motion.kind) {
    case preset::MotionKind::kNone:
      break;
    case preset::MotionKind::kKenBurns:
      out.kind = MotionKind::kKenBurns;
      out.from = motion.from;
      out.to = motion.to;
      out.anchor = anchor_of(motion, media.focus, mirrored);
      break;
    case preset::MotionKind::kPan:
      out.kind = MotionKind::kPan;
      out.dx = geometry.pixels(motion.dx, box.width) * (mirrored ? -1 : 1);
      out.dy = geometry.pixels(motion.dy, box.height);
      break;
  }
  return out;
}

bool check_trim(Context& context, const preset::MediaLayer& media, const MediaFacts& facts) {
  const Time from = media.trim_from.value_or(Time{});
  const Time to = media.trim_to.value_or(facts.duration);
  if (media.trim_to && to <= from) {
    context.problem(Code{"trim-reversed"},
                    {{"path", facts.path}, {"from", from.to_seconds()}, {"to", to.to_seconds()}},
                    media.path.where);
    return false;
  }
  const bool known = facts.duration > Time{};
  if (from < Time{} || (known && (from >= facts.duration || to > facts.duration + slack()))) {
    context.problem(Code{"trim-outside"},
                    {{"path", facts.path},
                     {"from", from.to_seconds()},
                     {"to", to.to_seconds()},
                     {"duration", facts.duration.to_seconds()}},
                    media.path.where);
    return false;
  }
  return true;
}

}  // namespace

std::optional<Time> speed_of(const preset::MediaLayer& media) {
  const bool possible = media.speed >= kSlowest && media.speed <= kFastest;
  return possible ? std::optional(Time::from_seconds(media.speed)) : std::nullopt;
}

Time clip_length(const preset::MediaLayer& media, const MediaFacts& facts) {
  const Time to = media.trim_to && *media.trim_to < facts.duration ? *media.trim_to : facts.duration;
  const Time length = to - media.trim_from.value_or(Time{});
  return length / speed_of(media).value_or(Time{1, 1});
}

std::optional<Media> resolve_media(Context& context, const preset::MediaLayer& media, const RectF& box,
                                   const std::string& name) {
  const std::string* path = context.text(media.path, name);
  const std::optional<int> file = path == nullptr ? std::nullopt : context.file(*path, media.path.where);
  if (!file) {
    return std::nullopt;
  }
  const MediaFacts& facts = context.facts(*file);
  if (!facts.has_video) {
    context.problem(Code{"no-picture"}, {{"path", facts.path}}, media.path.where);
    return std::nullopt;
  }
  const std::optional<Time> speed = speed_of(media);
  if (!speed) {
    context.problem(Code{"speed-outside"},
                    {{"path", facts.path}, {"speed", media.speed}, {"min", kSlowest}, {"max", kFastest}},
                    media.path.where);
    return std::nullopt;
  }
  if (!facts.still && !check_trim(context, media, facts)) {
    return std::nullopt;
  }
  const Geometry geometry = geometry_of(context.timeline);
  Media out;
  out.file = *file;
  if (!facts.still) {
    out.in = media.trim_from.value_or(Time{});
    out.out = media.trim_to && *media.trim_to < facts.duration ? *media.trim_to : Time{};
    out.speed = *speed;
  }
  out.fit = fit_of(media.fit);
  out.focus = {media.focus.x, media.focus.y};
  out.focus_auto = media.focus.automatic;
  out.motion = motion_of(media, box, geometry);
  out.blur = media.blur * kWidestBlur * geometry.unit();
  out.dim = media.dim;
  out.dim_color = media.dim_color;
  out.tint = media.tint;
  return out;
}

}  // namespace capsule::timeline

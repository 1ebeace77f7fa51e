#include "compose/items/shot.h"

#include <cmath>

namespace capsule::compose {
namespace {

using timeline::Fit;
using timeline::Media;
using timeline::MotionKind;

/// A picture that fills its box moves behind it, as behind a window; one that is contained moves with its
/// box.
bool moves_inside(const Media& media) {
  return media.motion.kind == MotionKind::kPan && media.fit != Fit::kContain;
}

}  // namespace

double oversize_of(const Media& media, SizeF box) {
  constexpr double kMost = 2;
  if (media.motion.kind == MotionKind::kKenBurns) {
    return std::clamp(std::max(media.motion.from, media.motion.to), 1.0, kMost);
  }
  if (moves_inside(media)) {
    return std::min(
        kMost, 1 + std::max(std::abs(media.motion.dx) / box.width, std::abs(media.motion.dy) / box.height));
  }
  return 1;
}

double travelled(FrameRange range, FrameIndex n, FrameRate rate) {
  const double last = static_cast<double>(std::max<std::int64_t>(1, range.size() - 1));
  const double t = std::clamp(static_cast<double>(n - range.begin) / last, 0.0, 1.0);
  const double soft_frames = 0.6 * static_cast<double>(rate.num) / static_cast<double>(rate.den);
  const double soft = std::min(0.3, soft_frames / last);
  const double speed = 1 / (1 - soft);
  if (t < soft) {
    return speed * t * t / (2 * soft);
  }
  if (t > 1 - soft) {
    return 1 - speed * (1 - t) * (1 - t) / (2 * soft);
  }
  return speed * (t - soft / 2);
}

Shot shot_at(const Media& media, Size picture, SizeF box, double done) {
  const timeline::Motion& motion = media.motion;
  // Picture pixels per canvas pixel where the whole picture is shown.
  const double base = std::min(picture.width / box.width, picture.height / box.height);
  const auto window = [&](double step, PointF at) {
    const double width = box.width * step;
    const double height = box.height * step;
    return RectF{at.x * (picture.width - width), at.y * (picture.height - height), width, height};
  };
  if (motion.kind == MotionKind::kKenBurns) {
    const double zoom = std::max(1.0, motion.from + (motion.to - motion.from) * done);
    return {window(base / zoom, motion.anchor), 0, 0};
  }
  if (moves_inside(media)) {
    RectF seen = window(base / oversize_of(media, box), {0.5, 0.5});
    const double step = seen.width / box.width;
    seen.x -= motion.dx * (done - 0.5) * step;
    seen.y -= motion.dy * (done - 0.5) * step;
    return {seen, 0, 0};
  }
  const bool shifts = motion.kind == MotionKind::kPan;
  return {window(base, {0.5, 0.5}), shifts ? motion.dx * done : 0, shifts ? motion.dy * done : 0};
}

}  // namespace capsule::compose

#include "compose/draw.h"

#include <cmath>

namespace capsule::compose {
namespace {

std::int64_t fixed16(double pixels) {
  // A 64th of a pixel is finer than anyone sees, and lets a layer that has all but settled be recognised as
  // settled.
  return static_cast<std::int64_t>(std::llround(pixels * 64)) * 1024;
}

std::int64_t exact16(double pixels) {
  return static_cast<std::int64_t>(std::llround(pixels * 65536));
}

std::int64_t fixed32(double step) {
  return static_cast<std::int64_t>(std::llround(step * 4294967296.0));
}

Rect whole(Size size) {
  return {0, 0, size.width, size.height};
}

Rect rounded(const RectF& box) {
  const int x = static_cast<int>(std::lround(box.x));
  const int y = static_cast<int>(std::lround(box.y));
  return {x, y, static_cast<int>(std::lround(box.right())) - x,
          static_cast<int>(std::lround(box.bottom())) - y};
}

int opacity_of(double opacity) {
  return static_cast<int>(std::lround(std::clamp(opacity, 0.0, 1.0) * kOpaque));
}

bool fills(const Draw& draw, Size canvas) {
  return !std::holds_alternative<SpritePtr>(draw.what) && draw.opacity == kOpaque &&
         draw.clip == whole(canvas);
}

/// The list is this very picture.
bool is_untouched(const Draw& draw, Size canvas) {
  const auto* picture = std::get_if<Picture>(&draw.what);
  return picture != nullptr && fills(draw, canvas) && draw.at == Placement{} && (*picture)->size() == canvas;
}

/// What a scaled or shifted sprite may touch, on even positions.
Rect touched(const Sprite& sprite, const Placement& at) {
  const double scale = 4294967296.0 / static_cast<double>(at.step);
  const double x = static_cast<double>(at.x) / 65536.0;
  const double y = static_cast<double>(at.y) / 65536.0;
  const int left = static_cast<int>(std::floor(x / 2)) * 2;
  const int top = static_cast<int>(std::floor(y / 2)) * 2;
  const int right = static_cast<int>(std::ceil((x + sprite.bounds.width * scale) / 2)) * 2;
  const int bottom = static_cast<int>(std::ceil((y + sprite.bounds.height * scale) / 2)) * 2;
  return {left, top, right - left, bottom - top};
}

Rect even(const Rect& area) {
  const int x = area.x & ~1;
  const int y = area.y & ~1;
  return {x, y, ((area.right() + 1) & ~1) - x, ((area.bottom() + 1) & ~1) - y};
}

Rect resting(const Placement& at, const Canvas& picture) {
  return {static_cast<int>(at.x / 65536), static_cast<int>(at.y / 65536), picture.size().width,
          picture.size().height};
}

}  // namespace

Rect Easel::clip_of(const RectF& box, const Pose& pose) const {
  RectF seen = moved(box, pose);
  if (pose.clip) {
    seen = intersect(seen, *pose.clip);
  }
  return intersect(rounded(seen), whole(canvas_));
}

void Easel::push(Draw draw) {
  if (!draw.clip.empty() && draw.opacity > 0) {
    list_.push_back(std::move(draw));
  }
}

void Easel::add(const SpritePtr& sprite, const Pose& pose) {
  const Rect& b = sprite->bounds;
  const RectF box{static_cast<double>(b.x), static_cast<double>(b.y), static_cast<double>(b.width),
                  static_cast<double>(b.height)};
  const RectF at = moved(box, pose);
  Draw draw{sprite, {fixed16(at.x), fixed16(at.y), fixed32(1 / pose.scale)}, {}, opacity_of(pose.opacity)};
  // The border is transparent: rounding outward costs nothing and cuts nothing.
  draw.clip = intersect(even(around(at)), whole(canvas_));
  if (pose.clip) {
    draw.clip = intersect(draw.clip, rounded(*pose.clip));
  }
  push(std::move(draw));
}

void Easel::add(const std::variant<Picture, SpritePtr>& what, const RectF& box, const RectF& window,
                const Pose& pose) {
  const double step = window.width / box.width / pose.scale;
  const RectF at = moved(box, pose);
  Draw draw;
  draw.at = {exact16(at.x - window.x / step), exact16(at.y - window.y / step), fixed32(step)};
  draw.clip = clip_of(box, pose);
  draw.opacity = opacity_of(pose.opacity);
  std::visit([&draw](const auto& pixels) { draw.what = pixels; }, what);
  push(std::move(draw));
}

void Easel::add(YCbCr color, const RectF& box, double opacity, const Pose& pose) {
  push({color, {}, clip_of(box, pose), opacity_of(pose.opacity * opacity)});
}

Picture Painter::paint(const DrawList& list, Size canvas, YCbCr background) {
  std::size_t first = list.size();
  while (first > 0 && !fills(list[first - 1], canvas)) {
    --first;
  }
  const bool covered = first > 0;
  const auto* base = covered ? &list[first - 1] : nullptr;
  const bool untouched = covered && is_untouched(*base, canvas);
  if (untouched && first == list.size()) {
    return std::get<Picture>(base->what);
  }
  const std::shared_ptr<Canvas> out = untouched ? copy(*std::get<Picture>(base->what)) : blank(canvas);
  if (!covered) {
    out->fill(background);
  } else if (!untouched) {
    paint_one(*out, *base);
  }
  for (std::size_t i = first; i < list.size(); ++i) {
    paint_one(*out, list[i]);
  }
  return out;
}

std::shared_ptr<Canvas> Painter::blank(Size size) {
  return std::make_shared<Canvas>(pool_.make(size));
}

std::shared_ptr<Canvas> Painter::copy(const Canvas& picture) {
  std::shared_ptr<Canvas> out = blank(picture.size());
  blend(*out, picture, {}, whole(picture.size()));
  return out;
}

void Painter::paint_onto(Canvas& canvas, const DrawList& list) {
  for (const Draw& draw : list) {
    paint_one(canvas, draw);
  }
}

void Painter::paint_one(Canvas& canvas, const Draw& draw) {
  if (const auto* color = std::get_if<YCbCr>(&draw.what)) {
    blend(canvas, *color, draw.clip, draw.opacity);
    return;
  }
  if (const auto* picture = std::get_if<Picture>(&draw.what)) {
    if (draw.at.at_rest()) {
      blend(canvas, **picture, resting(draw.at, **picture), draw.clip, draw.opacity);
    } else if (draw.opacity == kOpaque) {
      resampler_.run(**picture, canvas, draw.clip, draw.at);
    } else {
      const std::shared_ptr<Canvas> layer = blank(canvas.size());
      resampler_.run(**picture, *layer, draw.clip, draw.at);
      blend(canvas, *layer, {}, draw.clip, draw.opacity);
    }
    return;
  }
  const Sprite& sprite = *std::get<SpritePtr>(draw.what);
  const bool home =
      draw.at.x == std::int64_t{sprite.bounds.x} << 16 && draw.at.y == std::int64_t{sprite.bounds.y} << 16;
  if (home && draw.at.at_rest()) {
    blend(canvas, sprite, draw.clip, draw.opacity);
    return;
  }
  const Rect area = even(intersect(touched(sprite, draw.at), draw.clip));
  if (!area.empty()) {
    resampler_.run(sprite, moved_, area, draw.at);
    blend(canvas, moved_, draw.clip, draw.opacity);
  }
}

}  // namespace capsule::compose

#include "timeline/resolve/geometry.h"

#include <algorithm>

namespace capsule::timeline {
namespace {

struct Span {
  double begin = 0, size = 0;
};

struct Sides {
  std::optional<double> near, far, size;
};

// Along one axis, measured from the near side of a reference that is `whole` long.
Span span(const Sides& sides, double whole) {
  if (sides.near && sides.far) {
    return {*sides.near, whole - *sides.near - *sides.far};
  }
  if (sides.near) {
    return {*sides.near, sides.size.value_or(whole - *sides.near)};
  }
  if (sides.far) {
    const double size = sides.size.value_or(whole - *sides.far);
    return {whole - *sides.far - size, size};
  }
  const double size = sides.size.value_or(whole);
  return {(whole - size) / 2, size};
}

}  // namespace

double Geometry::unit() const {
  return std::min(canvas.width, canvas.height) / 100;
}

double Geometry::pixels(const preset::Length& length, double side) const {
  return length.percent * side / 100 + length.units * unit();
}

Side Geometry::side(preset::Edge edge) const {
  const bool rtl = direction == Direction::kRightToLeft;
  switch (edge) {
    case preset::Edge::kStart:
      return rtl ? Side::kRight : Side::kLeft;
    case preset::Edge::kEnd:
      return rtl ? Side::kLeft : Side::kRight;
    case preset::Edge::kTop:
      return Side::kTop;
    case preset::Edge::kBottom:
      break;
  }
  return Side::kBottom;
}

HAlign Geometry::across(preset::Across across) const {
  const bool rtl = direction == Direction::kRightToLeft;
  switch (across) {
    case preset::Across::kStart:
      return rtl ? HAlign::kRight : HAlign::kLeft;
    case preset::Across::kEnd:
      return rtl ? HAlign::kLeft : HAlign::kRight;
    case preset::Across::kCenter:
      break;
  }
  return HAlign::kCenter;
}

RectF Geometry::place(const preset::Box& box, const RectF& reference) const {
  const auto measure = [this](const std::optional<preset::Length>& length,
                              double side) -> std::optional<double> {
    return length ? std::optional(pixels(*length, side)) : std::nullopt;
  };
  const double w = reference.width;
  const double h = reference.height;
  const Span x = span({measure(box.start, w), measure(box.end, w), measure(box.width, w)}, w);
  const Span y = span({measure(box.top, h), measure(box.bottom, h), measure(box.height, h)}, h);
  const bool rtl = direction == Direction::kRightToLeft;
  const double left = rtl ? reference.right() - x.begin - x.size : reference.x + x.begin;
  return {left, reference.y + y.begin, x.size, y.size};
}

Geometry geometry_of(const Timeline& timeline) {
  const RectF canvas{0, 0, static_cast<double>(timeline.canvas.width),
                     static_cast<double>(timeline.canvas.height)};
  return {canvas, timeline.safe, timeline.direction};
}

VAlign down(preset::Down down) {
  switch (down) {
    case preset::Down::kTop:
      return VAlign::kTop;
    case preset::Down::kMiddle:
      return VAlign::kMiddle;
    case preset::Down::kBottom:
      break;
  }
  return VAlign::kBottom;
}

}  // namespace capsule::timeline

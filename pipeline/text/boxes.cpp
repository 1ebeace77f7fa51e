#include "text/boxes.h"

#include <algorithm>
#include <cmath>

namespace capsule::text {
namespace {

double with_right(RectF& box, double right) {
  box.width = right - box.x;
  return right;
}

void make_flush(RectF& a, RectF& b, double corner) {
  if (std::fabs(a.x - b.x) < corner) {
    const double left = std::min(a.x, b.x);
    const double right_a = a.right();
    const double right_b = b.right();
    a.x = left;
    b.x = left;
    with_right(a, right_a);
    with_right(b, right_b);
  }
  if (std::fabs(a.right() - b.right()) < corner) {
    const double right = std::max(a.right(), b.right());
    with_right(a, right);
    with_right(b, right);
  }
}

/// A quarter of a circle around `center` from `from` to `to`, both on it; `from` itself is not added.
void quarter(std::vector<PointF>& points, PointF center, PointF from, PointF to) {
  constexpr int kParts = 16;
  // Halving directions needs no trigonometry, whose last bit differs between machines.
  std::vector<PointF> arc{from, to};
  while (arc.size() <= kParts) {
    std::vector<PointF> finer{arc.front()};
    for (std::size_t i = 1; i < arc.size(); ++i) {
      const PointF sum{arc[i - 1].x + arc[i].x, arc[i - 1].y + arc[i].y};
      const double radius = std::sqrt(from.x * from.x + from.y * from.y);
      const double length = std::sqrt(sum.x * sum.x + sum.y * sum.y);
      finer.push_back({sum.x * radius / length, sum.y * radius / length});
      finer.push_back(arc[i]);
    }
    arc = std::move(finer);
  }
  for (std::size_t i = 1; i < arc.size(); ++i) {
    points.push_back({center.x + arc[i].x, center.y + arc[i].y});
  }
}

}  // namespace

std::vector<RectF> line_boxes(const Paragraph& paragraph, const PaintStyle& paint, PointF offset) {
  std::vector<RectF> boxes;
  for (const Line& line : paragraph.lines) {
    if (line.width <= 0) {
      continue;
    }
    const double top = std::min(paragraph.line_top, line.ink.empty() ? 0.0 : line.ink.y);
    const double bottom = std::max(paragraph.line_bottom, line.ink.empty() ? 0.0 : line.ink.bottom());
    boxes.push_back({offset.x + line.x - paint.box_pad_x, offset.y + line.baseline + top - paint.box_pad_y,
                     line.width + 2 * paint.box_pad_x, bottom - top + 2 * paint.box_pad_y});
  }
  const double slit = 0.25 * paragraph.size;
  for (std::size_t i = 1; i < boxes.size(); ++i) {
    RectF& upper = boxes[i - 1];
    RectF& lower = boxes[i];
    const double gap = lower.y - upper.bottom();
    if (gap > slit) {
      continue;
    }
    upper.height += std::max(gap, 0.0);
    make_flush(upper, lower, 2 * paint.box_radius);
  }
  return boxes;
}

Edges rounded(const std::vector<RectF>& boxes, double radius) {
  Edges edges;
  for (const RectF& box : boxes) {
    const double r = std::clamp(radius, 0.0, std::min(box.width, box.height) / 2);
    if (r < 0.1) {
      edges.add_polygon(
          {{box.x, box.y}, {box.right(), box.y}, {box.right(), box.bottom()}, {box.x, box.bottom()}},
          Edges::kFill);
      continue;
    }
    std::vector<PointF> points;
    points.push_back({box.x + r, box.y});
    points.push_back({box.right() - r, box.y});
    quarter(points, {box.right() - r, box.y + r}, {0, -r}, {r, 0});
    points.push_back({box.right(), box.bottom() - r});
    quarter(points, {box.right() - r, box.bottom() - r}, {r, 0}, {0, r});
    points.push_back({box.x + r, box.bottom()});
    quarter(points, {box.x + r, box.bottom() - r}, {0, r}, {-r, 0});
    points.push_back({box.x, box.y + r});
    quarter(points, {box.x + r, box.y + r}, {-r, 0}, {0, -r});
    edges.add_polygon(points, Edges::kFill);
  }
  return edges;
}

}  // namespace capsule::text

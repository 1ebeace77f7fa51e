#include "text/outline.h"

#include <hb.h>

#include <algorithm>
#include <cmath>

#include "base/cptr.h"

namespace capsule::text {
namespace {

constexpr double kArcTolerance = 1.0 / 16;

// Not std::hypot: only the square root is rounded the same everywhere.
double length_of(PointF v) {
  return std::sqrt(v.x * v.x + v.y * v.y);
}

/// Takes HarfBuzz's drawing calls.
struct Pen {
  Contours contours;
  Placement how;

  [[nodiscard]] PointF place(float x, float y) const {
    return {how.at.x + static_cast<double>(x) * how.scale, how.at.y - static_cast<double>(y) * how.scale};
  }

  [[nodiscard]] PointF last() const { return contours.back().back(); }

  void line(PointF to) { contours.back().push_back(to); }

  void cubic(PointF b, PointF c, PointF d) {
    const PointF a = last();
    const double bend = std::max(length_of({a.x - 2 * b.x + c.x, a.y - 2 * b.y + c.y}),
                                 length_of({b.x - 2 * c.x + d.x, b.y - 2 * c.y + d.y}));
    constexpr double kMost = 64;
    const int parts =
        static_cast<int>(std::min(kMost, 1 + std::floor(std::sqrt(0.75 * bend / how.tolerance))));
    for (int i = 1; i <= parts; ++i) {
      const double t = static_cast<double>(i) / parts;
      const double s = 1 - t;
      line({s * s * s * a.x + 3 * s * s * t * b.x + 3 * s * t * t * c.x + t * t * t * d.x,
            s * s * s * a.y + 3 * s * s * t * b.y + 3 * s * t * t * c.y + t * t * t * d.y});
    }
  }
};

Pen& pen_of(void* data) {
  return *static_cast<Pen*>(data);
}

// NOLINTNEXTLINE(readability-function-size): HarfBuzz's signature
void move_to(hb_draw_funcs_t* /*funcs*/, void* data, hb_draw_state_t* /*state*/, float x, float y,
             void* /*user*/) {
  Pen& pen = pen_of(data);
  pen.contours.push_back({pen.place(x, y)});
}

// NOLINTNEXTLINE(readability-function-size): HarfBuzz's signature
void line_to(hb_draw_funcs_t* /*funcs*/, void* data, hb_draw_state_t* /*state*/, float x, float y,
             void* /*user*/) {
  Pen& pen = pen_of(data);
  pen.line(pen.place(x, y));
}

// HarfBuzz turns quadratic curves into cubic ones where no function for them is set.
// NOLINTNEXTLINE(readability-function-size): HarfBuzz's signature
void cubic_to(hb_draw_funcs_t* /*funcs*/, void* data, hb_draw_state_t* /*state*/, float x1, float y1,
              float x2, float y2, float x3, float y3, void* /*user*/) {
  Pen& pen = pen_of(data);
  pen.cubic(pen.place(x1, y1), pen.place(x2, y2), pen.place(x3, y3));
}

using DrawFuncs = CPtr<hb_draw_funcs_t, hb_draw_funcs_destroy>;

DrawFuncs make_funcs() {
  DrawFuncs funcs(hb_draw_funcs_create());
  hb_draw_funcs_set_move_to_func(funcs.get(), move_to, nullptr, nullptr);
  hb_draw_funcs_set_line_to_func(funcs.get(), line_to, nullptr, nullptr);
  hb_draw_funcs_set_cubic_to_func(funcs.get(), cubic_to, nullptr, nullptr);
  return funcs;
}

double area_of(const Contours& contours) {
  double area = 0;
  for (const auto& points : contours) {
    for (std::size_t i = 0; i < points.size(); ++i) {
      const PointF& a = points[i];
      const PointF& b = points[i + 1 == points.size() ? 0 : i + 1];
      area += a.x * b.y - b.x * a.y;
    }
  }
  return area;
}

PointF plus(PointF a, PointF b) {
  return {a.x + b.x, a.y + b.y};
}

PointF minus(PointF a) {
  return {-a.x, -a.y};
}

/// One side of a contour: its direction and its offset to the left.
struct Side {
  PointF from, to;
  PointF along;
  PointF left;
  double length = 0;
};

std::vector<Side> sides_of(const std::vector<PointF>& contour, double width) {
  constexpr double kShortest = 1e-4;
  std::vector<Side> sides;
  PointF from = contour.front();
  for (std::size_t i = 1; i <= contour.size(); ++i) {
    const PointF to = i == contour.size() ? contour.front() : contour[i];
    const double length = length_of({to.x - from.x, to.y - from.y});
    if (length < kShortest) {
      continue;
    }
    const PointF along{(to.x - from.x) / length, (to.y - from.y) / length};
    sides.push_back({from, to, along, {along.y * width, -along.x * width}, length});
    from = to;
  }
  return sides;
}

class Stroker {
 public:
  Stroker(Edges& edges, double width) : edges_(edges), width_(width) {}

  void run(const std::vector<PointF>& contour) {
    const std::vector<Side> sides = sides_of(contour, width_);
    if (sides.empty()) {
      return;
    }
    PointF start = is_smooth(sides.back(), sides.front()) ? shared_offset(sides.back(), sides.front())
                                                          : sides.front().left;
    for (std::size_t i = 0; i < sides.size(); ++i) {
      const Side& side = sides[i];
      const Side& next = sides[i + 1 == sides.size() ? 0 : i + 1];
      const bool smooth = is_smooth(side, next);
      const PointF end = smooth ? shared_offset(side, next) : side.left;
      add(plus(side.from, start), plus(side.to, end));
      add(plus(side.to, minus(end)), plus(side.from, minus(start)));
      if (!smooth) {
        join(side, next);
      }
      start = smooth ? end : next.left;
    }
  }

 private:
  void add(PointF from, PointF to) { edges_.add(from, to, Edges::kStroke); }

  /// A turn so slight, between sides long enough, that both may end on the line that halves it: less than
  /// 1/80 of the width is lost.
  [[nodiscard]] bool is_smooth(const Side& a, const Side& b) const {
    constexpr double kSlight = 0.95;
    const double cross = a.along.x * b.along.y - a.along.y * b.along.x;
    const double dot = a.along.x * b.along.x + a.along.y * b.along.y;
    return dot > kSlight && std::min(a.length, b.length) >= width_ * std::fabs(cross);
  }

  [[nodiscard]] PointF shared_offset(const Side& a, const Side& b) const {
    const PointF sum = plus(a.left, b.left);
    const double length = length_of(sum);
    return {sum.x * width_ / length, sum.y * width_ / length};
  }

  /// Along the circle around `center`, from one offset to another at most half a turn away.
  void arc(PointF center, PointF from, PointF to, int depth) {
    const PointF sum = plus(from, to);
    const double length = length_of(sum);
    if (depth == 0 || width_ - length / 2 < kArcTolerance) {
      add(plus(center, from), plus(center, to));
      return;
    }
    const PointF middle{sum.x * width_ / length, sum.y * width_ / length};
    arc(center, from, middle, depth - 1);
    arc(center, middle, to, depth - 1);
  }

  /// The rectangles of two sides meet at a corner: a wedge fills the outer gap, so that every point of the
  /// stroke is covered once or more and none negatively. The inner side goes through the corner itself,
  /// unless both sides are long enough for their rectangles to cover the short cut.
  void join(const Side& a, const Side& b) {
    const PointF center = a.to;
    const double cross = a.along.x * b.along.y - a.along.y * b.along.x;
    const double dot = a.along.x * b.along.x + a.along.y * b.along.y;
    const bool left_outer = cross > 0;
    const PointF from = left_outer ? a.left : minus(b.left);
    const PointF to = left_outer ? b.left : minus(a.left);
    constexpr int kDeepest = 6;
    constexpr double kTurn = -0.999;
    if (dot < kTurn) {
      const PointF tip = {a.along.x * width_, a.along.y * width_};
      arc(center, from, tip, kDeepest);
      arc(center, tip, to, kDeepest);
    } else {
      arc(center, from, to, kDeepest);
    }
    const PointF inner_from = plus(center, left_outer ? minus(b.left) : a.left);
    const PointF inner_to = plus(center, left_outer ? minus(a.left) : b.left);
    if (dot > 0 && std::min(a.length, b.length) >= width_ * std::fabs(cross)) {
      add(inner_from, inner_to);
    } else {
      add(inner_from, center);
      add(center, inner_to);
    }
  }

  Edges& edges_;
  double width_;
};

}  // namespace

Contours glyph_contours(const Face& face, std::uint32_t glyph, const Placement& placement) {
  Pen pen;
  pen.how = placement;
  const FaceData* data = face.data();
  if (data == nullptr) {
    return {};
  }
  const DrawFuncs funcs = make_funcs();
#if HB_VERSION_ATLEAST(7, 0, 0)
  hb_font_draw_glyph(data->font, glyph, funcs.get(), &pen);
#else
  hb_font_get_glyph_shape(data->font, glyph, funcs.get(), &pen);
#endif
  if (area_of(pen.contours) < 0) {
    for (auto& contour : pen.contours) {
      std::reverse(contour.begin(), contour.end());
    }
  }
  return std::move(pen.contours);
}

std::vector<PointF> sliced(const std::vector<PointF>& contour, double left, double right) {
  std::vector<PointF> out = contour;
  for (const double side : {1.0, -1.0}) {
    const double limit = side > 0 ? left : right;
    const auto depth = [side, limit](PointF p) { return side * (p.x - limit); };
    std::vector<PointF> kept;
    for (std::size_t i = 0; i < out.size(); ++i) {
      const PointF a = out[i];
      const PointF b = out[i + 1 == out.size() ? 0 : i + 1];
      const double from = depth(a);
      const double to = depth(b);
      if (from >= 0) {
        kept.push_back(a);
      }
      if ((from < 0) != (to < 0)) {
        kept.push_back({limit, a.y + (b.y - a.y) * (from / (from - to))});
      }
    }
    out = std::move(kept);
  }
  return out;
}

void add_stroke(Edges& edges, const std::vector<PointF>& contour, double width) {
  if (contour.size() >= 2 && width > 0) {
    Stroker(edges, width).run(contour);
  }
}

}  // namespace capsule::text

#include "text/edges.h"

#include <algorithm>
#include <cmath>
#include <tuple>
#include <utility>

namespace capsule::text {
namespace {

constexpr std::int64_t kSubPixel = 256;    // horizontal units of a pixel
constexpr std::int64_t kFraction = 65536;  // parts of a unit that an edge keeps while it descends
constexpr double kFarthest = 100000;

std::int64_t to_units(double value) {
  return static_cast<std::int64_t>(
      std::llround(std::clamp(value, -kFarthest, kFarthest) * static_cast<double>(kSubPixel)));
}

std::int64_t floor_div(std::int64_t a, std::int64_t b) {
  return a >= 0 ? a / b : -((-a + b - 1) / b);
}

/// The first sub-scanline, `height` units high, whose centre is at or below y.
std::int32_t first_line(std::int64_t y, std::int64_t height) {
  return static_cast<std::int32_t>(floor_div(y + height / 2 - 1, height));
}

struct Active {
  std::int64_t x = 0;
  std::int64_t step = 0;
  std::int32_t last = 0;
  std::int8_t winding = 0;
  std::uint8_t set = 0;
};

/// Sums of coverage along one row of pixels: differences, turned into values by a running sum.
class Row {
 public:
  Row(const Rect& bounds, int sub_scanlines)
      : left_(static_cast<std::int64_t>(bounds.x) * kSubPixel),
        full_(static_cast<std::int32_t>(kSubPixel) * sub_scanlines),
        sums_(static_cast<std::size_t>(bounds.width) + 2) {}

  void span(std::int64_t from, std::int64_t to) {
    edge(from, 1);
    edge(to, -1);
  }

  void write(std::uint8_t* out, int width) {
    std::int32_t sum = 0;
    for (int x = 0; x < width; ++x) {
      sum += sums_[static_cast<std::size_t>(x)];
      out[x] = static_cast<std::uint8_t>((sum * 255 + full_ / 2) / full_);
    }
    std::fill(sums_.begin(), sums_.end(), 0);
  }

 private:
  void edge(std::int64_t x, std::int32_t sign) {
    const std::int64_t at =
        std::clamp<std::int64_t>(x - left_, 0, static_cast<std::int64_t>(sums_.size() - 2) * kSubPixel);
    const auto pixel = static_cast<std::size_t>(at / kSubPixel);
    const auto part = static_cast<std::int32_t>(at % kSubPixel);
    sums_[pixel] += sign * (static_cast<std::int32_t>(kSubPixel) - part);
    sums_[pixel + 1] += sign * part;
  }

  std::int64_t left_;
  std::int32_t full_;
  std::vector<std::int32_t> sums_;
};

/// The sides that cross the current sub-scanline, from left to right.
class Sweep {
 public:
  explicit Sweep(const std::vector<Edges::Edge>& edges) : waiting_(edges) {
    std::sort(waiting_.begin(), waiting_.end(), [](const Edges::Edge& a, const Edges::Edge& b) {
      return std::tie(a.first, a.x, a.step) < std::tie(b.first, b.x, b.step);
    });
  }

  void advance_to(std::int32_t line) {
    std::size_t kept = 0;
    for (const Active& edge : active_) {
      if (edge.last > line) {
        active_[kept] = edge;
        active_[kept++].x += edge.step;
      }
    }
    active_.resize(kept);
    // Nearly sorted already: edges seldom cross between two sub-scanlines.
    for (std::size_t i = 1; i < active_.size(); ++i) {
      const Active moving = active_[i];
      std::size_t at = i;
      for (; at > 0 && active_[at - 1].x > moving.x; --at) {
        active_[at] = active_[at - 1];
      }
      active_[at] = moving;
    }
    const auto middle = static_cast<std::ptrdiff_t>(active_.size());
    for (; next_ < waiting_.size() && waiting_[next_].first == line; ++next_) {
      const Edges::Edge& edge = waiting_[next_];
      active_.push_back({edge.x, edge.step, edge.last, edge.winding, edge.set});
    }
    if (middle < static_cast<std::ptrdiff_t>(active_.size())) {
      std::inplace_merge(active_.begin(), active_.begin() + middle, active_.end(),
                         [](const Active& a, const Active& b) { return a.x < b.x; });
    }
  }

  void add_spans(Row& row) const {
    std::array<int, 2> winding{};
    std::int64_t start = 0;
    bool inside = false;
    for (const Active& edge : active_) {
      winding[edge.set] += edge.winding;
      const bool now = winding[0] != 0 || winding[1] != 0;
      if (now == inside) {
        continue;
      }
      const std::int64_t x = edge.x >> 16;  // 1/65536 to whole units, downwards
      if (now) {
        start = x;
      } else {
        row.span(start, x);
      }
      inside = now;
    }
  }

  [[nodiscard]] bool idle() const { return active_.empty(); }

 private:
  std::vector<Edges::Edge> waiting_;
  std::vector<Active> active_;
  std::size_t next_ = 0;
};

}  // namespace

void Edges::add(PointF from, PointF to, int set) {
  for (const PointF& p : {from, to}) {
    left_ = std::min(left_, p.x);
    right_ = std::max(right_, p.x);
    top_ = std::min(top_, p.y);
    bottom_ = std::max(bottom_, p.y);
  }
  std::int64_t x0 = to_units(from.x);
  std::int64_t y0 = to_units(from.y);
  std::int64_t x1 = to_units(to.x);
  std::int64_t y1 = to_units(to.y);
  const bool down = y0 < y1;
  if (!down) {
    std::swap(x0, x1);
    std::swap(y0, y1);
  }
  const std::int64_t row = kSubPixel / sub_scanlines_;
  const std::int32_t first = first_line(y0, row);
  const std::int32_t last = first_line(y1, row);
  if (first >= last) {
    return;
  }
  Edge edge;
  edge.first = first;
  edge.last = last;
  const std::int64_t height = y1 - y0;
  const std::int64_t slope = (x1 - x0) * kFraction / height;
  edge.step = slope * row;
  edge.x = x0 * kFraction + slope * (first * row + row / 2 - y0);
  edge.winding = down ? 1 : -1;
  edge.set = static_cast<std::uint8_t>(set);
  edges_.push_back(edge);
}

void Edges::add_polygon(const std::vector<PointF>& points, int set) {
  for (std::size_t i = 0; i < points.size(); ++i) {
    add(points[i], points[i + 1 == points.size() ? 0 : i + 1], set);
  }
}

Rect Edges::bounds() const {
  if (edges_.empty()) {
    return {};
  }
  const auto pixel = [](double value, int margin) {
    return static_cast<int>(std::floor(std::clamp(value, -kFarthest, kFarthest))) + margin;
  };
  const int x = pixel(left_, -1);
  const int y = pixel(top_, -1);
  return {x, y, pixel(right_, 2) - x, pixel(bottom_, 2) - y};
}

Status check_area(const Rect& bounds) {
  constexpr std::int64_t kMostPixels = 64'000'000;
  if (static_cast<std::int64_t>(bounds.width) * bounds.height <= kMostPixels) {
    return {};
  }
  return fail(Code{"text-too-large"}, {{"width", static_cast<std::int64_t>(bounds.width)},
                                       {"height", static_cast<std::int64_t>(bounds.height)},
                                       {"limit", kMostPixels}});
}

Result<Mask> fill_edges(const Edges& edges) {
  const Rect bounds = edges.bounds();
  if (bounds.empty()) {
    return Mask();
  }
  TRY(check_area(bounds));
  Mask mask = Mask::make(bounds);
  Sweep sweep(edges.edges());
  Row row(bounds, edges.sub_scanlines());
  for (int y = 0; y < bounds.height; ++y) {
    bool any = false;
    for (int sub = 0; sub < edges.sub_scanlines(); ++sub) {
      sweep.advance_to((bounds.y + y) * edges.sub_scanlines() + sub);
      any = any || !sweep.idle();
      sweep.add_spans(row);
    }
    if (any) {
      row.write(mask.row(y), bounds.width);
    }
  }
  return mask;
}

}  // namespace capsule::text

#pragma once
#include <algorithm>

namespace capsule {

/// Pixels, or any other unit that the holder names.
struct Size {
  int width = 0;
  int height = 0;
  friend bool operator==(const Size&, const Size&) = default;
};

struct PointF {
  double x = 0;
  double y = 0;
  friend bool operator==(const PointF&, const PointF&) = default;
};

struct SizeF {
  double width = 0;
  double height = 0;
  friend bool operator==(const SizeF&, const SizeF&) = default;
};

/// Whole pixels, half-open: x..x+width, y..y+height.
struct Rect {
  int x = 0;
  int y = 0;
  int width = 0;
  int height = 0;

  [[nodiscard]] int right() const { return x + width; }

  [[nodiscard]] int bottom() const { return y + height; }

  [[nodiscard]] bool empty() const { return width <= 0 || height <= 0; }

  friend bool operator==(const Rect&, const Rect&) = default;
};

struct RectF {
  double x = 0;
  double y = 0;
  double width = 0;
  double height = 0;

  [[nodiscard]] double right() const { return x + width; }

  [[nodiscard]] double bottom() const { return y + height; }

  [[nodiscard]] bool empty() const { return width <= 0 || height <= 0; }

  friend bool operator==(const RectF&, const RectF&) = default;
};

inline Rect intersect(const Rect& a, const Rect& b) {
  const int x = std::max(a.x, b.x);
  const int y = std::max(a.y, b.y);
  return {x, y, std::max(0, std::min(a.right(), b.right()) - x),
          std::max(0, std::min(a.bottom(), b.bottom()) - y)};
}

/// The smallest rectangle around both, of pixels (Rect) or of lengths (RectF); an empty one counts for
/// nothing.
template <typename Rectangle>
Rectangle unite(const Rectangle& a, const Rectangle& b) {
  if (a.empty() || b.empty()) {
    return a.empty() ? b : a;
  }
  const auto x = std::min(a.x, b.x);
  const auto y = std::min(a.y, b.y);
  return {x, y, std::max(a.right(), b.right()) - x, std::max(a.bottom(), b.bottom()) - y};
}

/// Paragraph, layout and motion direction.
enum class Direction { kLeftToRight, kRightToLeft };

}  // namespace capsule

#include "source/fit.h"

#include <algorithm>
#include <cmath>

namespace capsule::source {
namespace {

int even_floor(double value) {
  return static_cast<int>(value) / 2 * 2;
}

int even_nearest(double value) {
  return static_cast<int>(std::lround(value / 2)) * 2;
}

}  // namespace

RectF cover_crop(Size shown, Size size, PointF focus) {
  const double scale = std::max(static_cast<double>(size.width) / shown.width,
                                static_cast<double>(size.height) / shown.height);
  const double w = std::min<double>(shown.width, size.width / scale);
  const double h = std::min<double>(shown.height, size.height / scale);
  return {std::clamp(focus.x * shown.width - w / 2, 0.0, shown.width - w),
          std::clamp(focus.y * shown.height - h / 2, 0.0, shown.height - h), w, h};
}

Rect contain_rect(Size shown, Size size) {
  const double scale = std::min(static_cast<double>(size.width) / shown.width,
                                static_cast<double>(size.height) / shown.height);
  const int w = std::clamp(even_nearest(shown.width * scale), 2, std::max(2, size.width));
  const int h = std::clamp(even_nearest(shown.height * scale), 2, std::max(2, size.height));
  return {even_floor((size.width - w) / 2.0), even_floor((size.height - h) / 2.0), w, h};
}

Size cover_size(Size shown, Size size) {
  const double scale = std::max(static_cast<double>(size.width) / shown.width,
                                static_cast<double>(size.height) / shown.height);
  return {std::max(1, static_cast<int>(std::lround(shown.width * scale))),
          std::max(1, static_cast<int>(std::lround(shown.height * scale)))};
}

}  // namespace capsule::source

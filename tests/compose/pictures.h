#pragma once
#include <cstdint>
#include <cstring>
#include <string>
#include <vector>

#include "base/canvas.h"
#include "base/color.h"

namespace capsule::test {

inline Canvas plain(Size size, YCbCr color) {
  Canvas canvas = Canvas::make(size);
  canvas.fill(color);
  return canvas;
}

/// Every sample of the three planes, in order.
inline std::vector<std::uint8_t> bytes_of(const Canvas& canvas) {
  std::vector<std::uint8_t> out;
  for (const ConstPlaneView& plane : {canvas.y(), canvas.cb(), canvas.cr()}) {
    for (int y = 0; y < plane.height; ++y) {
      out.insert(out.end(), plane.row(y), plane.row(y) + plane.width);
    }
  }
  return out;
}

inline bool same(const Canvas& a, const Canvas& b) {
  return a.size() == b.size() && bytes_of(a) == bytes_of(b);
}

inline YCbCr at(const Canvas& canvas, int x, int y) {
  return {canvas.y().row(y)[x], canvas.cb().row(y / 2)[x / 2], canvas.cr().row(y / 2)[x / 2]};
}

/// Deterministic noise in a canvas.
inline Canvas noisy(Size size, std::uint32_t seed) {
  Canvas canvas = Canvas::make(size);
  for (const PlaneView& plane : {canvas.y(), canvas.cb(), canvas.cr()}) {
    for (int y = 0; y < plane.height; ++y) {
      for (int x = 0; x < plane.width; ++x) {
        seed = seed * 1664525U + 1013904223U;
        plane.row(y)[x] = static_cast<std::uint8_t>(seed >> 24);
      }
    }
  }
  return canvas;
}

/// Around the luma samples that differ by more than `by`; empty when none does.
inline Rect difference(const Canvas& a, const Canvas& b, int by = 0) {
  Rect found;
  for (int y = 0; y < a.size().height; ++y) {
    for (int x = 0; x < a.size().width; ++x) {
      if (std::abs(int{a.y().row(y)[x]} - int{b.y().row(y)[x]}) > by) {
        const int left = found.empty() ? x : std::min(found.x, x);
        const int top = found.empty() ? y : found.y;
        const int right = found.empty() ? x + 1 : std::max(found.right(), x + 1);
        found = {left, top, right - left, y + 1 - top};
      }
    }
  }
  return found;
}

}  // namespace capsule::test

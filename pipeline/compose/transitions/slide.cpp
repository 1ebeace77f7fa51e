#include "compose/pixels/blend.h"
#include "compose/transitions/transition.h"

namespace capsule::compose {
namespace {

using timeline::Side;

/// Where the new picture's corner is, on even positions; its old neighbour stands one canvas further on.
Rect corner_of(Size canvas, Side side, int progress) {
  const auto left_to_go = [progress](int length) {
    const auto away = std::int64_t{length} * (kTransitionDone - progress) / kTransitionDone;
    return static_cast<int>(away) & ~1;
  };
  switch (side) {
    case Side::kLeft:
      return {-left_to_go(canvas.width), 0, 0, 0};
    case Side::kRight:
      return {left_to_go(canvas.width), 0, 0, 0};
    case Side::kTop:
      return {0, -left_to_go(canvas.height), 0, 0};
    case Side::kBottom:
      break;
  }
  return {0, left_to_go(canvas.height), 0, 0};
}

Rect beside(const Rect& corner, Size canvas, Side side) {
  switch (side) {
    case Side::kLeft:
      return {corner.x + canvas.width, 0, 0, 0};
    case Side::kRight:
      return {corner.x - canvas.width, 0, 0, 0};
    case Side::kTop:
      return {0, corner.y + canvas.height, 0, 0};
    case Side::kBottom:
      break;
  }
  return {0, corner.y - canvas.height, 0, 0};
}

}  // namespace

void slide(Canvas& out, const Canvas& a, const Canvas& b, Side side, int progress) {
  const Rect all{0, 0, out.size().width, out.size().height};
  blend(out, a, {}, all);
  blend(out, b, corner_of(out.size(), side, progress), all);
}

void push(Canvas& out, const Canvas& a, const Canvas& b, Side side, int progress) {
  const Rect all{0, 0, out.size().width, out.size().height};
  const Rect corner = corner_of(out.size(), side, progress);
  blend(out, a, beside(corner, out.size(), side), all);
  blend(out, b, corner, all);
}

}  // namespace capsule::compose

#pragma once
#include "base/canvas.h"

// Internal to media/: from one Y'CbCr to another without passing through RGB.
namespace capsule::media {

/// The luma weights of a matrix and the range of its samples.
struct ColorModel {
  double kr = 0.2126;
  double kb = 0.0722;
  bool full = false;
  friend bool operator==(const ColorModel&, const ColorModel&) = default;
};

/// BT.709 limited: what a canvas holds.
inline constexpr ColorModel kCanvasColor{};

struct Planes {
  PlaneView y, cb, cr;
};

/// What JPEG files hold (JFIF): BT.601 full.
inline constexpr ColorModel kJpegColor{0.299, 0.114, true};

/// 4:2:0 planes of model `from` into planes of model `into` and the same size; `to` may be the same memory.
/// Grey stays grey: chroma turns by a 2×2 matrix, luma shifts by a little of both chromas.
void recolor(const ConstPlaneView& y, const ConstPlaneView& cb, const ConstPlaneView& cr,
             const ColorModel& from, const Planes& to, const ColorModel& into = kCanvasColor);

}  // namespace capsule::media

#pragma once
#include <cstddef>
#include <vector>

#include "base/geometry.h"
#include "text/contours.h"

// Internal to batch/: the shapes around the letter of a logo.
namespace capsule::batch {

/// A shape on the square from -1 to 1, y down.
struct Frame {
  text::Contour outline;
  RectF room;  ///< What a letter may fill.
};

inline constexpr std::size_t kFrames = 8;

/// 0 ≤ `index` < kFrames.
Frame logo_frame(std::size_t index);

/// The contour scaled around the middle of the square.
text::Contour scaled(const text::Contour& contour, double scale);
/// The band between the contour at two scales, `outer` > `inner`.
std::vector<text::Contour> band(const text::Contour& contour, double outer, double inner);

}  // namespace capsule::batch

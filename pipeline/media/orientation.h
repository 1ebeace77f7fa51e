#pragma once
#include <array>
#include <cstdint>

#include "base/geometry.h"

namespace capsule::media {

/// How stored pixels turn into the picture as shown: first rows and columns change places, then the flips.
struct Orientation {
  bool transpose = false;
  bool flip_x = false;
  bool flip_y = false;
  friend bool operator==(const Orientation&, const Orientation&) = default;

  [[nodiscard]] bool upright() const { return !transpose && !flip_x && !flip_y; }
};

/// EXIF orientation 1..8; anything else is upright.
Orientation orientation_of_exif(int value);
/// The nearest of the eight of a display matrix as in ISO 14496-12 (nine 32-bit numbers); safe for any of
/// them.
Orientation orientation_of_matrix(const std::array<std::int32_t, 9>& matrix);
/// Degrees clockwise (0, 90, 180, 270), then `mirrored`: a flip left to right.
int clockwise_of(const Orientation& o);
bool mirrored_of(const Orientation& o);

/// Stored size and sample aspect → size as shown: the stored width is stretched, the height kept.
Size shown_size(Size coded, std::int64_t aspect_num, std::int64_t aspect_den, const Orientation& o);

}  // namespace capsule::media

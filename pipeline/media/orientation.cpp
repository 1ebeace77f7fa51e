#include "media/orientation.h"

#include <algorithm>
#include <cstdlib>
#include <utility>

namespace capsule::media {

Orientation orientation_of_exif(int value) {
  switch (value) {
    case 2:
      return {false, true, false};
    case 3:
      return {false, true, true};
    case 4:
      return {false, false, true};
    case 5:
      return {true, false, false};
    case 6:
      return {true, true, false};
    case 7:
      return {true, true, true};
    case 8:
      return {true, false, true};
    default:
      return {};
  }
}

Orientation orientation_of_matrix(const std::array<std::int32_t, 9>& matrix) {
  // x' = a x + c y, y' = b x + d y.
  const std::int64_t a = matrix[0];
  const std::int64_t b = matrix[1];
  const std::int64_t c = matrix[3];
  const std::int64_t d = matrix[4];
  if (std::abs(a) + std::abs(d) >= std::abs(b) + std::abs(c)) {
    return {false, a < 0, d < 0};
  }
  return {true, c < 0, b < 0};
}

int clockwise_of(const Orientation& o) {
  if (o.transpose) {
    return o.flip_y ? 270 : 90;
  }
  return o.flip_y ? 180 : 0;
}

bool mirrored_of(const Orientation& o) {
  // 90° is transpose + flip_x, 270° transpose + flip_y, 180° both flips; a mirror toggles flip_x.
  const bool turned_flip_x = o.transpose ? !o.flip_y : o.flip_y;
  return o.flip_x != turned_flip_x;
}

Size shown_size(Size coded, std::int64_t aspect_num, std::int64_t aspect_den, const Orientation& o) {
  Size shown = coded;
  // An absurd ratio is a damaged header, not a shape.
  const bool sane =
      aspect_num > 0 && aspect_den > 0 && aspect_num / aspect_den < 16 && aspect_den / aspect_num < 16;
  if (sane && aspect_num != aspect_den) {
    const std::int64_t wide = (coded.width * aspect_num + aspect_den / 2) / aspect_den;
    shown.width = static_cast<int>(std::max<std::int64_t>(1, wide));
  }
  if (o.transpose) {
    std::swap(shown.width, shown.height);
  }
  return shown;
}

}  // namespace capsule::media

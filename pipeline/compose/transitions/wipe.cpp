#include <algorithm>
#include <cmath>
#include <vector>

#include "compose/pixels/blend.h"
#include "compose/transitions/transition.h"

namespace capsule::compose {
namespace {

using timeline::Side;

/// Share of the new picture (0..kOpaque) at each of `length` samples, new at index 0 first, behind a soft
/// edge.
std::vector<std::uint16_t> shares_of(int length, double soft, int progress) {
  std::vector<std::uint16_t> shares(static_cast<std::size_t>(length));
  const double edge = (length + soft) * progress / kTransitionDone;
  for (int i = 0; i < length; ++i) {
    const double share = std::clamp((edge - (i + 0.5)) / soft, 0.0, 1.0);
    shares[static_cast<std::size_t>(i)] = static_cast<std::uint16_t>(std::lround(share * kOpaque));
  }
  return shares;
}

struct Planes {
  PlaneView out;
  ConstPlaneView a, b;
};

void wipe_plane(const Planes& planes, Side side, double soft, int progress) {
  const bool across = side == Side::kLeft || side == Side::kRight;
  const int width = planes.out.width;
  std::vector<std::uint16_t> shares = shares_of(across ? width : planes.out.height, soft, progress);
  if (side == Side::kRight || side == Side::kBottom) {
    std::reverse(shares.begin(), shares.end());
  }
  std::vector<std::uint16_t> row(static_cast<std::size_t>(width));
  for (int y = 0; y < planes.out.height; ++y) {
    if (!across) {
      std::fill(row.begin(), row.end(), shares[static_cast<std::size_t>(y)]);
    }
    const std::uint16_t* along = across ? shares.data() : row.data();
    mix_row(planes.out.row(y), planes.a.row(y), planes.b.row(y), along, width);
  }
}

}  // namespace

void wipe(Canvas& out, const Canvas& a, const Canvas& b, Side side, int progress) {
  const double soft = std::max(4.0, 0.02 * std::min(out.size().width, out.size().height));
  wipe_plane({out.y(), a.y(), b.y()}, side, soft, progress);
  wipe_plane({out.cb(), a.cb(), b.cb()}, side, soft / 2, progress);
  wipe_plane({out.cr(), a.cr(), b.cr()}, side, soft / 2, progress);
}

}  // namespace capsule::compose

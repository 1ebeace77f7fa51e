#include "compose/pixels/lit.h"

#include <algorithm>
#include <array>
#include <cmath>

namespace capsule::compose {
namespace {

Rect even_around(const Rect& area) {
  const int x = area.x & ~1;
  const int y = area.y & ~1;
  return {x, y, ((area.right() + 1) & ~1) - x, ((area.bottom() + 1) & ~1) - y};
}

std::uint8_t at(const Mask& mask, int x, int y) {
  const Rect& b = mask.bounds();
  return x >= b.x && y >= b.y && x < b.right() && y < b.bottom() ? mask.row(y - b.y)[x - b.x]
                                                                 : std::uint8_t{0};
}

/// The share at a chroma sample, weighed by the ink that the sample is filtered from (sprite.h).
std::uint8_t chroma_share(const Mask& share, const Mask& letters, int x, int y) {
  constexpr std::array<int, 3> kAcross{1, 2, 1};
  int ink = 0;
  int own = 0;
  for (int row = 0; row < 2; ++row) {
    for (int i = 0; i < 3; ++i) {
      const int weight = kAcross[static_cast<std::size_t>(i)] * at(letters, x - 1 + i, y + row);
      ink += weight;
      own += weight * at(share, x - 1 + i, y + row);
    }
  }
  return static_cast<std::uint8_t>(ink == 0 ? 0 : (own + ink / 2) / ink);
}

/// How far each sample of a row is lit, 0..256; samples are `step` luma pixels apart.
std::vector<int> columns_of(const Lit& lit, int width, int step) {
  std::vector<int> out(static_cast<std::size_t>(width), lit.strength);
  if (!lit.edge) {
    return out;
  }
  for (int i = 0; i < width; ++i) {
    const double x = lit.region->bounds.x + i * step + 0.5;
    const double past = lit.edge->leftwards ? x - lit.edge->x : lit.edge->x - x;
    const double share = std::clamp(past / std::max(lit.edge->softness, 1e-3) + 0.5, 0.0, 1.0);
    out[static_cast<std::size_t>(i)] = static_cast<int>(std::lround(share * lit.strength));
  }
  return out;
}

/// Changes are taken from what was there before any: neighbouring regions add up where they meet.
struct Shading {
  const Plane& base;
  const Plane& bright;
  const Plane& share;
  const std::vector<int>& columns;
  int x = 0, y = 0;  ///< Of the region in the planes.
};

void shade(Plane& plane, const Shading& how) {
  const ConstPlaneView share = how.share.view();
  const ConstPlaneView base = how.base.view();
  const ConstPlaneView bright = how.bright.view();
  const PlaneView out = plane.view();
  for (int y = 0; y < share.height; ++y) {
    std::uint8_t* to = out.row(how.y + y) + how.x;
    const std::uint8_t* from = base.row(how.y + y) + how.x;
    const std::uint8_t* towards = bright.row(how.y + y) + how.x;
    const std::uint8_t* shares = share.row(y);
    for (int x = 0; x < share.width; ++x) {
      const int weight = shares[x] * how.columns[static_cast<std::size_t>(x)];  // of 255 × 256
      const int change = (int{towards[x]} - int{from[x]}) * weight;
      constexpr int kOne = 255 * 256;
      const int step = (change + (change >= 0 ? kOne / 2 : -kOne / 2)) / kOne;
      to[x] = static_cast<std::uint8_t>(std::clamp(to[x] + step, 0, 255));
    }
  }
}

}  // namespace

Region make_region(const Mask& share, const Mask& letters, const Rect& sprite) {
  Region region;
  // A chroma sample reaches one column to each side.
  const Rect reach{share.bounds().x - 1, share.bounds().y, share.bounds().width + 2, share.bounds().height};
  region.bounds = share.empty() ? Rect{} : intersect(even_around(reach), sprite);
  if (region.bounds.empty()) {
    region.bounds = {};
    return region;
  }
  const Rect& b = region.bounds;
  region.luma = Plane(b.width, b.height, 0);
  region.chroma = Plane(b.width / 2, b.height / 2, 0);
  for (int y = 0; y < b.height; ++y) {
    for (int x = 0; x < b.width; ++x) {
      region.luma.view().row(y)[x] = at(share, b.x + x, b.y + y);
    }
  }
  for (int y = 0; y < b.height / 2; ++y) {
    for (int x = 0; x < b.width / 2; ++x) {
      region.chroma.view().row(y)[x] = chroma_share(share, letters, b.x + 2 * x, b.y + 2 * y);
    }
  }
  return region;
}

SpritePtr lit(const Sprite& base, const Sprite& bright, const std::vector<Lit>& regions) {
  auto out = std::make_shared<Sprite>(base);
  for (const Lit& lit : regions) {
    if (lit.region->bounds.empty() || lit.strength <= 0) {
      continue;
    }
    const Rect& b = lit.region->bounds;
    const int x = b.x - base.bounds.x;
    const int y = b.y - base.bounds.y;
    const std::vector<int> luma = columns_of(lit, b.width, 1);
    const std::vector<int> chroma = columns_of(lit, b.width / 2, 2);
    shade(out->y, {base.y, bright.y, lit.region->luma, luma, x, y});
    shade(out->cb, {base.cb, bright.cb, lit.region->chroma, chroma, x / 2, y / 2});
    shade(out->cr, {base.cr, bright.cr, lit.region->chroma, chroma, x / 2, y / 2});
  }
  return out;
}

}  // namespace capsule::compose

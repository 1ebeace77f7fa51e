#include "compose/pixels/sprite.h"

#include <algorithm>

#include "compose/pixels/noise.h"

namespace capsule::compose {
namespace {

/// Around the samples that are not transparent.
Rect ink_bounds(const Art& art) {
  const Rect all = art.bounds();
  Rect found;
  for (int y = all.y; y < all.bottom(); ++y) {
    const std::int16_t* a = art.row(y).a;
    const std::int16_t* end = a + all.width;
    const std::int16_t* first = std::find_if(a, end, [](std::int16_t v) { return v != 0; });
    if (first == end) {
      continue;
    }
    const auto last = std::find_if(std::make_reverse_iterator(end), std::make_reverse_iterator(first),
                                   [](std::int16_t v) { return v != 0; });
    found =
        unite(found, Rect{all.x + static_cast<int>(first - a), y, static_cast<int>(last.base() - first), 1});
  }
  return found;
}

int even_floor(int value) {
  return value & ~1;
}

int even_ceil(int value) {
  return (value + 1) & ~1;
}

/// A transparent border of at least two samples, so that a shifted sprite fades into nothing.
Rect with_border(const Rect& ink) {
  const int x = even_floor(ink.x) - 4;
  const int y = even_floor(ink.y) - 4;
  return {x, y, even_ceil(ink.right()) + 4 - x, even_ceil(ink.bottom()) + 4 - y};
}

struct Rounder {
  Rounding rounding;

  /// `shift` low bits → 0; `channel` keeps the noises of colour and coverage apart.
  [[nodiscard]] int operator()(int value, int shift, int channel, std::uint32_t noise) const {
    const int whole = 1 << shift;
    const int bias = rounding == Rounding::kNearest
                         ? whole / 2
                         : static_cast<int>((noise >> (channel * 8)) & 0xFFU) * whole / 256;
    return (value + bias) >> shift;
  }
};

std::uint8_t sample(int value) {
  return static_cast<std::uint8_t>(std::clamp(value, 0, 255));
}

void round_luma(const Art& art, const Rect& ink, Rounder round, Sprite& sprite) {
  for (int y = ink.y; y < ink.bottom(); ++y) {
    const Art::ConstRow row = art.row(y);
    const std::ptrdiff_t shift = ink.x - sprite.bounds.x;
    std::uint8_t* luma = sprite.y.view().row(y - sprite.bounds.y) + shift;
    std::uint8_t* alpha = sprite.a.view().row(y - sprite.bounds.y) + shift;
    for (int x = 0; x < ink.width; ++x) {
      const int i = x + ink.x - art.bounds().x;
      const std::uint32_t noise = round.rounding == Rounding::kNearest ? 0 : noise_at(ink.x + x, y);
      luma[x] = sample(round(row.y[i], 7, 0, noise));
      alpha[x] = sample(round(row.a[i], 7, 1, noise));
    }
  }
}

/// Sums of two rows of the art, laid out along the sprite with two zeros before it.
struct PairSums {
  explicit PairSums(const Sprite& sprite)
      : bounds(sprite.bounds), cb(bounds.width + 2), cr(bounds.width + 2), a(bounds.width + 2) {}

  void clear() {
    for (auto* plane : {&cb, &cr, &a}) {
      std::fill(plane->begin(), plane->end(), 0);
    }
  }

  void add(const Art& art, const Rect& ink, int y) {
    if (y < ink.y || y >= ink.bottom()) {
      return;
    }
    const Art::ConstRow row = art.row(y);
    for (int x = ink.x; x < ink.right(); ++x) {
      const std::size_t at = static_cast<std::size_t>(x - bounds.x) + 2;
      cb[at] += row.cb[x - art.bounds().x];
      cr[at] += row.cr[x - art.bounds().x];
      a[at] += row.a[x - art.bounds().x];
    }
  }

  /// What lies left of the canvas counts as what lies at its edge: a field that fills the canvas is full
  /// there.
  void extend_left_edge() {
    const auto edge = static_cast<std::size_t>(2 - bounds.x);
    if (bounds.x >= 0 || edge >= a.size() || a[edge - 1] != 0) {
      return;
    }
    cb[edge - 1] = cb[edge];
    cr[edge - 1] = cr[edge];
    a[edge - 1] = a[edge];
  }

  Rect bounds;
  std::vector<int> cb, cr, a;
};

void subsample_row(const PairSums& sums, Rounder round, int row, Sprite& sprite) {
  std::uint8_t* cb = sprite.cb.view().row(row);
  std::uint8_t* cr = sprite.cr.view().row(row);
  std::uint8_t* ca = sprite.ca.view().row(row);
  for (int x = 0; x < sums.bounds.width / 2; ++x) {
    const std::size_t at = 2 * static_cast<std::size_t>(x) + 2;
    const auto filtered = [at](const std::vector<int>& v) { return v[at - 1] + 2 * v[at] + v[at + 1]; };
    const std::uint32_t noise = round.rounding == Rounding::kNearest
                                    ? 0
                                    : noise_at(sums.bounds.x + 2 * x, ~(sums.bounds.y + 2 * row));
    cb[x] = sample(128 + round(filtered(sums.cb), 10, 0, noise));
    cr[x] = sample(128 + round(filtered(sums.cr), 10, 2, noise));
    ca[x] = sample(round(filtered(sums.a), 10, 1, noise));
  }
}

}  // namespace

Plane::Plane(int width, int height, std::uint8_t value)
    : width_(width),
      height_(height),
      samples_(static_cast<std::size_t>(width) * static_cast<std::size_t>(height), value) {}

void Plane::reshape(int width, int height) {
  width_ = width;
  height_ = height;
  samples_.resize(static_cast<std::size_t>(width) * static_cast<std::size_t>(height));
}

SpritePtr make_sprite(const Art& art, Rounding rounding) {
  auto sprite = std::make_shared<Sprite>();
  const Rect ink = ink_bounds(art);
  if (ink.empty()) {
    return sprite;
  }
  const Rect bounds = with_border(ink);
  sprite->bounds = bounds;
  sprite->y = Plane(bounds.width, bounds.height, 0);
  sprite->a = Plane(bounds.width, bounds.height, 0);
  sprite->cb = Plane(bounds.width / 2, bounds.height / 2, 128);
  sprite->cr = Plane(bounds.width / 2, bounds.height / 2, 128);
  sprite->ca = Plane(bounds.width / 2, bounds.height / 2, 0);
  const Rounder round{rounding};
  round_luma(art, ink, round, *sprite);
  PairSums sums(*sprite);
  for (int row = 0; row < bounds.height / 2; ++row) {
    sums.clear();
    sums.add(art, ink, bounds.y + 2 * row);
    sums.add(art, ink, bounds.y + 2 * row + 1);
    sums.extend_left_edge();
    subsample_row(sums, round, row, *sprite);
  }
  return sprite;
}

}  // namespace capsule::compose

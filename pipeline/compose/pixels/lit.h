#pragma once
#include <optional>
#include <vector>

#include "compose/pixels/sprite.h"

namespace capsule::compose {

/// The part of a sprite that may take another colour: shares of 255 of the letters' ink.
struct Region {
  Rect bounds;   ///< Inside the sprite's, all four numbers even.
  Plane luma;    ///< bounds.width × bounds.height
  Plane chroma;  ///< Half of that each way: shares of the ink that the chroma samples are made of.
};

/// `share` (255ths of the coverage in `letters`) as a region of a sprite with these bounds.
Region make_region(const Mask& share, const Mask& letters, const Rect& sprite);

/// An upright edge that has come this far, soft by `softness` pixels.
struct Edge {
  double x = 0;
  double softness = 1;
  bool leftwards = false;  ///< What it has passed lies right of it.
  friend bool operator==(const Edge&, const Edge&) = default;
};

/// How far a region is lit.
struct Lit {
  const Region* region = nullptr;
  int strength = 256;  ///< 0..256
  std::optional<Edge> edge;
  friend bool operator==(const Lit&, const Lit&) = default;
};

/// A sprite that shades from `base` into `bright` where it is lit. Both show the same coverage in other
/// colours. Equal colours give `base` to the last bit.
SpritePtr lit(const Sprite& base, const Sprite& bright, const std::vector<Lit>& regions);

}  // namespace capsule::compose

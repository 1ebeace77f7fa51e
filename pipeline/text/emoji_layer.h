#pragma once
#include <memory>
#include <vector>

#include "base/canvas.h"
#include "base/result.h"
#include "text/color_glyph.h"

namespace capsule::text {

/// A colour glyph and the rectangle, in pixels, that its bitmap is scaled to.
struct PlacedPicture {
  std::shared_ptr<const Rgba> picture;
  RectF box;
};

/// All pictures over one another in a premultiplied layer with one empty pixel around. Null, with an empty
/// `at`, when there are none. "text-too-large".
struct EmojiLayer {
  std::shared_ptr<const Rgba> picture;
  Rect at;
};

Result<EmojiLayer> draw_pictures(const std::vector<PlacedPicture>& pictures);

}  // namespace capsule::text

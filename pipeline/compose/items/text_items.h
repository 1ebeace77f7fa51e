#pragma once
#include "compose/items/item.h"

namespace capsule::compose {

/// The text of a layer, and how it is painted.
inline const timeline::Text& text_of(const Placed& placed) {
  return std::get<timeline::Text>(placed.layer->content);
}

inline Letters letters_of(const Placed& placed) {
  Letters out;
  out.spans = text_of(placed).spans;
  return out;
}

/// Each line of a placed text as a sprite, with its boxes apart: boxes lie below all letters.
struct LineSprites {
  std::vector<SpritePtr> boxes, letters;  ///< One for each line.
};

Result<LineSprites> line_sprites(const Placed& placed);

/// Lines that come and go one after another; the plate goes with the first to come and the last to leave.
ItemPtr make_lines(const Placed& placed);
/// Letters that appear one after another, or lines that are uncovered as they are read.
ItemPtr make_reveal(const Placed& placed);

}  // namespace capsule::compose

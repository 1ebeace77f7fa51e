#pragma once
#include <vector>

#include "compose/draw.h"
#include "compose/layout/text_block.h"

namespace capsule::compose {

/// A cue as it stands on the canvas: its text, and below it its second language.
struct PlacedCue {
  std::optional<TextBlock> text, second;
  RectF box, ink;
  bool fits = true;
};

/// A layer that captions keep clear of, and when it shows.
struct Lifting {
  FrameRange range;
  RectF box;
};

/// Lays a cue out in the caption zone, growing upward from its bottom edge, above every lifting layer that
/// shows at any time of the cue and would be covered: a caption never moves while it is read.
Result<PlacedCue> place_cue(Workshop& shop, const timeline::Cue& cue, const std::vector<Lifting>& lifting);

/// Its sprite, both languages united.
Result<SpritePtr> cue_sprite(const PlacedCue& cue, const timeline::Captions& captions);

}  // namespace capsule::compose

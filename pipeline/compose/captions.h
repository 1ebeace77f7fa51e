#pragma once
#include <vector>

#include "compose/draw.h"
#include "compose/layout/text_block.h"

namespace capsule::compose {

/// A cue as it stands on the canvas: its text, and below it its second language.
struct PlacedCue {
  timeline::TextStyle style, second_style;  ///< The captions', with what the cue asks for itself.
  std::vector<timeline::ColorSpan> spans;   ///< Of the first text.
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
/// shows at any time of the cue and would be covered: a caption never moves while it is read. A cue that asks
/// for another place stands there, inside the canvas.
Result<PlacedCue> place_cue(Workshop& shop, const timeline::Cue& cue, const std::vector<Lifting>& lifting);

/// Its picture, both languages united; `letters` are those of the first, in the cue's own colours where they
/// name none.
Result<Art> cue_art(const PlacedCue& cue, const Letters& letters = {});

}  // namespace capsule::compose

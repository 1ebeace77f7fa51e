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
  RectF room;  ///< What no other caption may stand in: box and letters, all along its way where it moves.
  bool fits = true;
};

/// A layer that captions keep clear of, and when it shows.
struct Lifting {
  FrameRange range;
  RectF box;
};

/// For each cue the first of those that its place depends on: cues that show at once, directly or through
/// others between them, are placed in their order, each clear of the ones before it. No more than 64 of them,
/// so that the place of one never asks for a whole film.
std::vector<std::size_t> first_beside(const std::vector<timeline::Cue>& cues);

/// Lays a cue out in the caption zone, growing upward from its bottom edge, above every lifting layer that
/// shows at any time of the cue and would be covered: a caption never moves while it is read. A cue that asks
/// for another place stands there: what WebVTT asks for inside the safe box, points inside the canvas, what
/// moves where it goes. `taken` is the room of the cues that it meets; it gives way to them as W3C
/// WebVTT, 7.2 has it, and where it cannot "cue-covered" is said.
Result<PlacedCue> place_cue(Workshop& shop, const timeline::Cue& cue, const std::vector<Lifting>& lifting,
                            std::vector<RectF> taken = {});

/// Where a moving cue is at frame n, in respect of its begin.
PointF moved_by(const timeline::CueLook& look, FrameIndex n);

/// Its picture, both languages united; `letters` are those of the first, in the cue's own colours where they
/// name none.
Result<Art> cue_art(const PlacedCue& cue, const Letters& letters = {});

}  // namespace capsule::compose

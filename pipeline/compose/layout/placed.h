#pragma once
#include <memory>
#include <vector>

#include "compose/effects/effect.h"
#include "compose/layout/text_block.h"

namespace capsule::compose {

/// A layer as laid out at its rest. The layer must outlive it.
struct Placed {
  const timeline::Layer* layer = nullptr;
  Life life;
  RectF box;                              ///< Text and stacks with a plate: the plate. Media: even numbers.
  RectF ink;                              ///< Around all that is drawn.
  std::shared_ptr<const TextBlock> text;  ///< Of text layers only.
  std::vector<Placed> children;
};

/// When a layer shows: one that lasts to `end` (its scene's) runs on for `run_on` frames.
struct Span {
  FrameIndex end;
  int run_on = 0;
};

/// Measures a layer and what is in it, and puts everything in its place.
Result<Placed> place(Workshop& shop, const timeline::Layer& layer, const Span& span);

/// The text of a layer as it is at the end of its count.
std::string settled_text(const timeline::Text& text);
/// The same with another figure.
std::string text_with(const timeline::Text& text, double figure);

}  // namespace capsule::compose

#pragma once
#include <memory>
#include <vector>

#include "compose/layout/placed.h"

namespace capsule::compose {

/// What a layer needs, its plate included; position not yet known.
struct Measured {
  const timeline::Layer* layer = nullptr;
  SizeF size;
  std::shared_ptr<const TextBlock> text;
  std::vector<Measured> children;
};

/// Text and stacks take what they need of the room, other layers their own size or all the room.
Result<Measured> measure(Workshop& shop, const timeline::Layer& layer, const Room& room);
/// Text and stacks that are too high are measured again with smaller letters.
Result<Measured> measure_to_fit(Workshop& shop, const timeline::Layer& layer, const Room& room);

/// Room that a stack's plate takes on each side.
struct Padding {
  double left = 0, right = 0, top = 0, bottom = 0;
};

Padding padding_of(const timeline::Stack& stack);

}  // namespace capsule::compose

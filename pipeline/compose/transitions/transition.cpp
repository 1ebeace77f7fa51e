#include "compose/transitions/transition.h"

#include <array>
#include <cmath>

namespace capsule::compose {
namespace {

using timeline::TransitionKind;

using Compose = void (*)(Canvas&, const Canvas&, const Canvas&, timeline::Side, int);

struct TransitionRow {
  TransitionKind kind;
  Compose compose;
  bool eased;
};

constexpr std::array<TransitionRow, 4> kTransitions = {{
    {TransitionKind::kCrossfade, crossfade, false},
    {TransitionKind::kWipe, wipe, true},
    {TransitionKind::kSlide, slide, true},
    {TransitionKind::kPush, push, true},
}};

const TransitionRow* row_of(TransitionKind kind) {
  for (const TransitionRow& row : kTransitions) {
    if (row.kind == kind) {
      return &row;
    }
  }
  return nullptr;
}

double ease_both(double t) {
  return t * t * (3 - 2 * t);
}

}  // namespace

int progress_of(const timeline::Transition& transition, std::int64_t frame) {
  const TransitionRow* row = row_of(transition.kind);
  if (row == nullptr || frame >= transition.frames) {
    return kTransitionDone;
  }
  const double t = static_cast<double>(frame + 1) / (transition.frames + 1);
  return static_cast<int>(std::lround((row->eased ? ease_both(t) : t) * kTransitionDone));
}

void between(const timeline::Transition& transition, int progress, const Canvas& old_picture,
             const Canvas& new_picture, Canvas& out) {
  if (const TransitionRow* row = row_of(transition.kind)) {
    row->compose(out, old_picture, new_picture, transition.side, progress);
  }
}

}  // namespace capsule::compose

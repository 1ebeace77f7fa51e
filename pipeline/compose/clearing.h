#pragma once
#include <optional>
#include <vector>

#include "base/geometry.h"

namespace capsule::compose {

/// Where a box may go when its place is taken.
enum class Way { kUp, kDown, kAny };

/// The least movement that brings a box clear of what is taken, `gap` away from it, and inside an area: up
/// before down or the other way round, or any way that is the shortest. No movement where it is clear
/// already, wherever it stands; nothing where there is no room. Source: W3C WebVTT, 7.2 ("adjust the
/// positions of boxes").
std::optional<PointF> way_out(const RectF& box, const RectF& area, Way way, const std::vector<RectF>& taken,
                              double gap);

}  // namespace capsule::compose

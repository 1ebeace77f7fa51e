#pragma once
#include <optional>

#include "preset/layer.h"
#include "timeline/resolve/geometry.h"
#include "timeline/timeline.h"

namespace capsule::timeline {

/// Sizes relative to `reference` (the layer's box): heights for size and vertical parts, width for horizontal
/// parts, the shorter side for radii, strokes and blurs.
TextStyle text_style(const preset::TextStyle& style, const RectF& reference, const Geometry& geometry);
std::optional<Plate> plate(const std::optional<preset::Plate>& plate, const RectF& reference,
                           const Geometry& geometry);

}  // namespace capsule::timeline

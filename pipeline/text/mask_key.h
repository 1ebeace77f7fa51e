#pragma once
#include <cstddef>

#include "base/hash.h"
#include "text/raster.h"

namespace capsule::text {

struct Workpieces;

/// Where what is drawn of a paragraph is kept; null for one without glyphs, and where its faces are not of
/// one library.
Workpieces* workpieces_of(const Paragraph& paragraph);
/// Equal for paragraphs whose masks are equal.
Digest key_of(const Paragraph& paragraph, const PaintStyle& paint, PointF offset);
/// Masks of its own; the emoji picture, which never changes, is shared.
Masks copy_of(const Masks& masks);
/// What they hold, pictures included, for the budget of Kept.
std::size_t bytes_of(const Masks& masks);

}  // namespace capsule::text

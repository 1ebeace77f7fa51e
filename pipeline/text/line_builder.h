#pragma once
#include <cstdint>

#include "text/analysis.h"
#include "text/paragraph.h"

namespace capsule::text {

/// The line [start, end) of an analysis at `size` pixels per em: L1 and L2 applied, glyphs placed from the
/// left edge of its advance box, which trailing white space overhangs. x and baseline are 0.
Line build_line(const Analysis& analysis, std::int32_t start, std::int32_t end, double size, Shaper& shaper);

/// Ink of one glyph relative to its line's (x, baseline), y down.
RectF ink_of(const Run& run, const Glyph& glyph);

}  // namespace capsule::text

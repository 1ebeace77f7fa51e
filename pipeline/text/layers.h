#pragma once
#include <cstdint>
#include <optional>
#include <vector>

#include "text/emoji_layer.h"
#include "text/outline.h"

namespace capsule::text {

/// A glyph made of layers (COLR version 0): those in the text's own colour, by their glyphs, and the coloured
/// ones drawn over one another where they stand, in the font's first palette.
struct LayeredGlyph {
  std::vector<std::uint32_t> plain;
  PlacedPicture colored;  ///< Picture null where no layer has a colour of its own.
};

/// nullopt for a glyph without layers, or too large to draw.
std::optional<LayeredGlyph> layered_glyph(const Face& face, std::uint32_t glyph, const Placement& placement);

}  // namespace capsule::text

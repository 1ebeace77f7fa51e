#pragma once
#include <string_view>

namespace capsule::text {

/// Why a font file cannot be used, in one English clause for the native text of an error; empty when the
/// table directory is sound: TrueType, OpenType or a collection of them, every table inside the file, the
/// required ones (cmap, head, hhea, hmtx, maxp) present, and something to draw with. `index` counts the faces
/// of a collection. Source: OpenType 1.9, "Organization of an OpenType Font".
std::string_view sfnt_fault(std::string_view file, int index);

}  // namespace capsule::text

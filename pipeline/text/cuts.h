#pragma once
#include <cstdint>
#include <string_view>
#include <vector>

#include "text/paragraph.h"

namespace capsule::text {

/// Which of a style's faces draws each code point: choose_fonts(), in the cut that the style's emphasis asks
/// for. A word of letters that join has one weight, that of most of its letters, so that no join is broken,
/// and is never slanted, nor is anything but Latin, Greek and Cyrillic with the figures and signs among them.
/// Marks are cut as their letters are; what a cut has no glyph for stays plain. `scripts` are those of
/// resolve_scripts().
std::vector<const FacePtr*> faces_of(std::u32string_view text, const std::vector<std::uint32_t>& scripts,
                                     const ParagraphStyle& style, std::u32string& missing);

/// Emphasis of a stretch of a text, counted from the stretch's begin.
std::vector<Emphasis> emphasis_from(const std::vector<Emphasis>& emphasis, std::int32_t start);

}  // namespace capsule::text

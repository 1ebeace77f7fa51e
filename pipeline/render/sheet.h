#pragma once
#include <string>
#include <vector>

#include "base/canvas.h"
#include "base/result.h"
#include "render/environment.h"
#include "render/prepare.h"

namespace capsule::render {

/// One picture of a contact sheet.
struct SheetCell {
  Picture picture;
  std::string heading;  ///< "0:07.0  points"
  std::string text;     ///< The caption at that time, or empty.
  RectF safe;           ///< Outlined, in the picture's pixels; empty = none.
};

/// Cells in reading order of `language` (right to left for Arabic), each with its two lines underneath, on
/// white.
Result<Canvas> contact_sheet(const std::vector<SheetCell>& cells, const std::string& language,
                             text::FontLibrary& fonts);

/// The storyboard: each scene in its middle, where everything has come in.
Result<std::vector<SheetCell>> cells_of_film(const Prepared& prepared, const Environment& environment);
/// Nine pictures of a clip, evenly spread, or the one of a still.
Result<std::vector<SheetCell>> cells_of_media(const std::string& path, const Environment& environment);

}  // namespace capsule::render

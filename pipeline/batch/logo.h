#pragma once
#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "base/canvas.h"
#include "base/color.h"
#include "base/result.h"
#include "text/contours.h"
#include "text/font.h"

// A mark for those who have no logo yet: a letter of the name in a geometric frame, of plain areas. The same
// name and colour give the same mark.
namespace capsule::batch {

/// Logos are drawn on a square of this side, y down.
inline constexpr int kLogoSide = 512;

struct LogoArea {
  Color color;
  std::vector<text::Contour> contours;  ///< Filled by the non-zero rule.
};

/// Areas from the lowest to the topmost, on a transparent ground.
struct Logo {
  std::vector<LogoArea> areas;
};

/// What stands for a name: the first letter of its first word that says something («جمعية», «ال»,
/// "association", "de" do not); of Latin names, of the first two such words. Empty where there is no letter.
std::string logo_letters(std::string_view name);

/// A colour of the house for a name that has none of its own.
Color logo_color(std::string_view name);

/// `color` fills the frame; the letter is white or a dark shade of it, whichever reads (contrast of 4.5 at
/// least). "font-not-found" where no font is installed.
Result<Logo> draw_logo(std::string_view name, Color color, text::FontLibrary& fonts);

/// An SVG file of the size kLogoSide: a path of straight lines per area, no fonts, nothing to fetch.
std::string write_svg(const Logo& logo);
/// On `side` × `side` pixels, premultiplied as Rgba is.
Result<Rgba> logo_pixels(const Logo& logo, int side);

}  // namespace capsule::batch

#pragma once
#include <string>
#include <vector>

#include "base/color.h"
#include "base/report.h"
#include "base/result.h"

namespace capsule::batch {

/// A logo that a row of a roster asks for.
struct WantedLogo {
  std::string name;
  Color color;
  std::string path;             ///< Beside the roster; empty: the row names no file.
  Where where;                  ///< Of the file's name in the roster.
  std::vector<Error> problems;  ///< At their line and column; such a logo is not drawn.
};

/// What the columns "name", "logo" and "color", in the usual words, ask for; rows without a name are left
/// out, and a row without a colour gets one of the house. A file outside of the roster's folder, or no .png
/// or .svg, is a problem ("logo-path"), and so is a colour that is none. "logo-column", and what read_table
/// says.
Result<std::vector<WantedLogo>> wanted_logos(const std::string& roster, Reporter& reporter);

/// Whether a logo can be written under this name: .png or .svg, in any letters.
bool is_svg(const std::string& path);
bool is_png(const std::string& path);

}  // namespace capsule::batch

#pragma once
#include <string>
#include <string_view>
#include <vector>

#include "text/face.h"

namespace capsule::text {

/// One installed face as fontconfig lists it. Weights are fontconfig's (80 regular, 200 bold).
struct SystemFont {
  std::vector<std::string> families;  ///< All its names, the first is the usual one.
  std::string style;
  std::string file;
  int index = 0;
  int instance = -1;
  bool variable = false;  ///< The whole of a variable font, of no weight of its own.
  int weight = 80;
  int slant = 0;    ///< 0 upright.
  int width = 100;  ///< 100 normal.
  bool color = false;
};

struct SystemFonts {
  std::vector<SystemFont> fonts;  ///< Every scalable or colour font, in the order of file and index.
  /// Paths of the settings by which fontconfig finds and replaces fonts: files, and folders of files.
  std::vector<std::string> settings;
};

/// What is installed.
SystemFonts list_system_fonts();

/// What "Noto Kufi Arabic:bold italic" or "Cairo:wght=650" asks for.
struct FontRequest {
  std::string family;
  int weight = -1;  ///< -1: not said; the regular, or what is nearest to it.
  bool italic = false;
  std::vector<Axis> axes;
};

/// A style that is not known gives a family that cannot be found, so that the message names it.
FontRequest parse_font_request(std::string_view name);

/// The font of exactly this family (letter case aside), of the weight nearest to the one that is asked for;
/// null when the family is not installed. Another family is never taken. With axes the family's variable
/// font, where there is one; the weight axis asks for a weight where there is none.
const SystemFont* choose_font(const std::vector<SystemFont>& fonts, const FontRequest& request);

}  // namespace capsule::text

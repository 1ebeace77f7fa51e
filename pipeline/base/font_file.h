#pragma once
#include <algorithm>
#include <array>
#include <string_view>

#include "base/ascii.h"

namespace capsule {

/// Whether a font's name is the path of a file and not that of a family: "fonts/x", "A.TTF". Without what may
/// follow it ("#1", ":wght=600").
inline bool is_font_file(std::string_view name) {
  constexpr std::array<std::string_view, 4> kEndings{".ttf", ".otf", ".ttc", ".otc"};
  const auto ends = [name](std::string_view ending) {
    return name.size() > ending.size() && ascii::lower(name.substr(name.size() - ending.size())) == ending;
  };
  return name.find('/') != std::string_view::npos || std::ranges::any_of(kEndings, ends);
}

}  // namespace capsule

#include <algorithm>
#include <array>

#include "base/ascii.h"
#include "media/svg.h"

namespace capsule::media {
namespace {

/// Elements that draw letters, or a document of their own that may.
constexpr std::array<std::string_view, 6> kMayDraw{"text",  "tspan",   "foreignObject",
                                                   "image", "feImage", "include"};

/// The name of an element without its namespace's; `rest` begins after '<'.
std::string_view local_name(std::string_view rest) {
  const std::string_view name = rest.substr(0, rest.find_first_of(" \t\r\n/>"));
  const auto colon = name.rfind(':');
  return colon == std::string_view::npos ? name : name.substr(colon + 1);
}

/// What the XML declaration names; empty where it names none, which means UTF-8.
std::string_view encoding_of(std::string_view svg) {
  constexpr std::string_view kKey = "encoding";
  const std::string_view declaration = svg.substr(0, svg.find("?>"));
  const auto key = declaration.starts_with("<?xml") ? declaration.find(kKey) : std::string_view::npos;
  if (key == std::string_view::npos) {
    return {};
  }
  const std::string_view rest = declaration.substr(key + kKey.size());
  const auto open = rest.find_first_of("\"'");
  const auto close = open == std::string_view::npos ? open : rest.find(rest[open], open + 1);
  return close == std::string_view::npos ? rest : rest.substr(open + 1, close - open - 1);
}

}  // namespace

bool may_draw_letters(std::string_view svg) {
  constexpr std::string_view kMark = "\xEF\xBB\xBF";
  if (svg.starts_with(kMark)) {
    svg.remove_prefix(kMark.size());
  }
  svg = ascii::trimmed(svg);
  const std::string_view encoding = encoding_of(svg);
  const bool plain = svg.starts_with('<') && svg.find('\0') == std::string_view::npos &&
                     (encoding.empty() || ascii::same_word(encoding, "utf-8"));
  // Entities may stand for elements.
  if (!plain || svg.find("<!ENTITY") != std::string_view::npos) {
    return true;
  }
  for (auto at = svg.find('<'); at != std::string_view::npos; at = svg.find('<', at + 1)) {
    const std::string_view name = local_name(svg.substr(at + 1));
    if (std::ranges::any_of(kMayDraw, [name](std::string_view n) { return ascii::same_word(n, name); })) {
      return true;
    }
  }
  return false;
}

}  // namespace capsule::media

#pragma once
#include <optional>
#include <set>
#include <string>
#include <string_view>

#include "timeline/cues/markup.h"

namespace capsule::timeline {

/// `#f80`, `#ff8800`, `ff8800`, `rgb(255, 136, 0)`, or one of the names that captions use (`yellow`).
std::optional<Color> read_css_color(std::string_view text);

/// The nearest of the eight colours that WebVTT gives its class names: "yellow".
std::string_view nearest_class(Color color);

/// A STYLE block of WebVTT, its first line left out: `::cue(.loud) { color: red; font-weight: bold }` → its
/// rules at the end of the sheet, by selector: `.loud`, `b`, or empty for all letters. Returns what it says
/// besides. Source: W3C WebVTT, 7 and 8.2.
std::set<std::string> read_style_block(std::string_view css, StyleSheet& sheet);

/// What the tag `<name.class1.class2>` changes: what it means itself, the eight colours that WebVTT gives its
/// class names (W3C WebVTT, 5.1), `.cRRGGBB` as write_vtt() writes it, then the sheet.
LetterChange change_of(std::string_view tag, std::string_view classes, const StyleSheet& sheet);

}  // namespace capsule::timeline

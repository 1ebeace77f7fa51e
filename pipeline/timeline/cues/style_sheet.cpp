#include "timeline/cues/style_sheet.h"

#include <algorithm>
#include <array>
#include <charconv>
#include <cstdint>
#include <span>
#include <utility>
#include <vector>

#include "base/ascii.h"

namespace capsule::timeline {
namespace {

using NamedColor = std::pair<std::string_view, Color>;

// The first eight are WebVTT's default classes.
constexpr std::array kColors{
    NamedColor{"white", {255, 255, 255, 255}},  NamedColor{"lime", {0, 255, 0, 255}},
    NamedColor{"cyan", {0, 255, 255, 255}},     NamedColor{"red", {255, 0, 0, 255}},
    NamedColor{"yellow", {255, 255, 0, 255}},   NamedColor{"magenta", {255, 0, 255, 255}},
    NamedColor{"blue", {0, 0, 255, 255}},       NamedColor{"black", {0, 0, 0, 255}},
    NamedColor{"green", {0, 128, 0, 255}},      NamedColor{"orange", {255, 165, 0, 255}},
    NamedColor{"gray", {128, 128, 128, 255}},   NamedColor{"grey", {128, 128, 128, 255}},
    NamedColor{"silver", {192, 192, 192, 255}}, NamedColor{"pink", {255, 192, 203, 255}},
    NamedColor{"purple", {128, 0, 128, 255}},   NamedColor{"gold", {255, 215, 0, 255}},
    NamedColor{"aqua", {0, 255, 255, 255}},     NamedColor{"fuchsia", {255, 0, 255, 255}},
    NamedColor{"navy", {0, 0, 128, 255}},       NamedColor{"teal", {0, 128, 128, 255}},
    NamedColor{"maroon", {128, 0, 0, 255}},     NamedColor{"olive", {128, 128, 0, 255}},
    NamedColor{"brown", {165, 42, 42, 255}},    NamedColor{"violet", {238, 130, 238, 255}},
};
constexpr std::size_t kClasses = 8;

std::optional<Color> named(std::string_view name, std::size_t count) {
  const auto* end = kColors.begin() + count;
  const auto* found =
      std::find_if(kColors.begin(), end, [&](const NamedColor& c) { return c.first == name; });
  return found == end ? std::nullopt : std::optional(found->second);
}

// `rgb(1, 2, 3)` and `rgba(1, 2, 3, 0.5)`; the share of alpha is left out.
std::optional<Color> color_function(std::string_view text) {
  const std::size_t open = text.find('(');
  std::array<std::uint8_t, 3> parts{};
  text.remove_prefix(std::min(open + 1, text.size()));
  for (std::uint8_t& part : parts) {
    text = ascii::trimmed(text);
    int value = 0;
    const auto [rest, error] = std::from_chars(text.data(), text.data() + text.size(), value);
    if (error != std::errc{} || value < 0 || value > 255) {
      return std::nullopt;
    }
    part = static_cast<std::uint8_t>(value);
    text.remove_prefix(static_cast<std::size_t>(rest - text.data()));
    text.remove_prefix(text.starts_with(',') ? 1 : 0);
  }
  return Color{parts[0], parts[1], parts[2], 255};
}

bool declares(std::string_view property, std::string_view value, LetterChange& change) {
  if (property == "color") {
    const std::optional<Color> color = read_css_color(value);
    change.color = color ? color : change.color;
    return color.has_value();
  }
  if (property == "font-weight") {
    int weight = 0;
    std::from_chars(value.data(), value.data() + value.size(), weight);
    change.bold = value == "bold" || value == "bolder" || weight >= 600;
    return true;
  }
  if (property == "font-style") {
    change.italic = value == "italic" || value == "oblique";
    return true;
  }
  if (property == "text-decoration" || property == "text-decoration-line") {
    change.underline = value.find("underline") != std::string_view::npos;
    change.strike = value.find("line-through") != std::string_view::npos;
    return true;
  }
  return false;
}

// The front of a list, up to its first comma outside parentheses; `list` loses it.
std::string_view next_of_list(std::string_view& list) {
  int depth = 0;
  std::size_t end = 0;
  for (; end < list.size() && (depth > 0 || list[end] != ','); ++end) {
    depth += list[end] == '(' ? 1 : list[end] == ')' ? -1 : 0;
  }
  const std::string_view front = ascii::trimmed(list.substr(0, end));
  list.remove_prefix(std::min(end + 1, list.size()));
  return front;
}

// "::cue(c.loud, b)" → ".loud", "b"; "::cue" → ""; nullopt for what is not read.
std::vector<std::optional<std::string>> selected(std::string_view selector) {
  constexpr std::string_view kCue = "::cue";
  const std::size_t at = selector.find(kCue);
  if (at == std::string_view::npos) {
    return {std::nullopt};
  }
  selector.remove_prefix(at + kCue.size());
  if (selector.empty()) {
    return {std::string{}};
  }
  if (selector.front() != '(' || selector.back() != ')') {
    return {std::nullopt};
  }
  std::vector<std::optional<std::string>> out;
  for (std::string_view list = selector.substr(1, selector.size() - 2); !list.empty();) {
    std::string_view inner = next_of_list(list);
    inner.remove_prefix(inner.starts_with("c.") || inner.starts_with("v.") ? 1 : 0);
    const bool simple = !inner.empty() && inner.find_first_of(" #:[>*") == std::string_view::npos &&
                        inner.find('.', 1) == std::string_view::npos;
    out.push_back(simple ? std::optional(std::string(inner)) : std::nullopt);
  }
  return out.empty() ? std::vector<std::optional<std::string>>{std::nullopt} : out;
}

std::string without_comments(std::string_view css) {
  std::string out;
  while (!css.empty()) {
    const std::size_t open = std::min(css.find("/*"), css.size());
    out += css.substr(0, open);
    css.remove_prefix(open);
    const std::size_t close = css.find("*/");
    css.remove_prefix(close == std::string_view::npos ? css.size() : close + 2);
  }
  return out;
}

LetterChange read_declarations(std::string_view body, std::set<std::string>& left_out) {
  constexpr std::size_t kLongestName = 24;
  LetterChange change;
  while (!body.empty()) {
    const std::size_t end = std::min(body.find(';'), body.size());
    const std::string_view line = ascii::trimmed(body.substr(0, end));
    body.remove_prefix(std::min(end + 1, body.size()));
    const std::size_t colon = line.find(':');
    if (colon == std::string_view::npos) {
      continue;
    }
    const std::string property = ascii::lower(ascii::trimmed(line.substr(0, colon)));
    if (!declares(property, ascii::lower(ascii::trimmed(line.substr(colon + 1))), change)) {
      left_out.insert("STYLE " + property.substr(0, kLongestName));
    }
  }
  return change;
}

}  // namespace

std::string_view nearest_class(Color color) {
  const auto square = [](int a, int b) { return (a - b) * (a - b); };
  const auto distance = [&](const NamedColor& c) {
    return square(c.second.r, color.r) + square(c.second.g, color.g) + square(c.second.b, color.b);
  };
  return std::ranges::min(std::span(kColors).first(kClasses), {}, distance).first;
}

std::optional<Color> read_css_color(std::string_view text) {
  std::string word = ascii::lower(ascii::trimmed(text));
  if (word.starts_with("rgb")) {
    return color_function(word);
  }
  if (const std::optional<Color> found = named(word, kColors.size()); found) {
    return found;
  }
  const bool bare = word.size() == 6 && word.find_first_not_of("0123456789abcdef") == std::string::npos;
  const Result<Color> parsed = parse_color(bare ? "#" + word : word);
  return parsed ? std::optional(*parsed) : std::nullopt;
}

std::set<std::string> read_style_block(std::string_view css, StyleSheet& sheet) {
  constexpr std::size_t kMostRules = 500;
  std::set<std::string> left_out;
  const std::string plain = without_comments(css);
  std::string_view rest = plain;
  while (true) {
    const std::size_t open = rest.find('{');
    const std::size_t close = rest.find('}', open);
    if (open == std::string_view::npos || close == std::string_view::npos || sheet.size() >= kMostRules) {
      return left_out;
    }
    const std::string_view body = rest.substr(open + 1, close - open - 1);
    std::string_view selectors = rest.substr(0, open);
    const LetterChange change = read_declarations(body, left_out);
    while (!selectors.empty()) {
      const std::vector<std::optional<std::string>> names = selected(next_of_list(selectors));
      for (const std::optional<std::string>& name : names) {
        if (!name) {
          left_out.insert("STYLE");
        } else if (sheet.size() < kMostRules) {
          sheet.emplace_back(*name, change);
        }
      }
    }
    rest.remove_prefix(close + 1);
  }
}

LetterChange change_of(std::string_view tag, std::string_view classes, const StyleSheet& sheet) {
  LetterChange out;
  const auto add = [&out](const LetterChange& more) {
    out.bold = more.bold ? more.bold : out.bold;
    out.italic = more.italic ? more.italic : out.italic;
    out.underline = more.underline ? more.underline : out.underline;
    out.strike = more.strike ? more.strike : out.strike;
    out.color = more.color ? more.color : out.color;
  };
  const auto add_ruled = [&](std::string_view name) {
    for (const auto& [selector, change] : sheet) {
      if (selector == name) {
        add(change);
      }
    }
  };
  out.bold = tag == "b" || tag == "strong" ? std::optional(true) : std::nullopt;
  out.italic = tag == "i" || tag == "em" ? std::optional(true) : std::nullopt;
  out.underline = tag == "u" ? std::optional(true) : std::nullopt;
  out.strike = tag == "s" || tag == "strike" || tag == "del" ? std::optional(true) : std::nullopt;
  add_ruled(tag);
  while (classes.starts_with('.')) {
    const std::size_t end = std::min(classes.find('.', 1), classes.size());
    const std::string_view name = classes.substr(0, end);
    add({.color = named(name.substr(1), kClasses)});
    if (name.size() == 8 && name.starts_with(".c")) {
      add({.color = read_css_color(name.substr(2))});
    }
    add_ruled(name);
    classes.remove_prefix(end);
  }
  return out;
}

}  // namespace capsule::timeline

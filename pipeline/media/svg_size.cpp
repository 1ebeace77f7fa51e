#include <algorithm>
#include <array>
#include <charconv>
#include <cmath>
#include <optional>
#include <utility>

#include "base/ascii.h"
#include "media/svg.h"

namespace capsule::media {
namespace {

constexpr double kLargest = 2e9;

struct Unit {
  std::string_view name;
  double pixels;
};

std::string_view root_element(std::string_view text) {
  std::size_t at = 0;
  while ((at = text.find('<', at)) != std::string_view::npos) {
    if (text.substr(at, 4) == "<!--") {
      at = text.find("-->", at);
      if (at == std::string_view::npos) {
        break;
      }
      continue;
    }
    const std::string_view rest = text.substr(at + 1);
    const std::size_t name_end = std::min(rest.find_first_of(" \t\r\n/>"), rest.size());
    const std::string_view name = rest.substr(0, name_end);
    if (name == "svg" || name.ends_with(":svg")) {
      return rest.substr(0, std::min(rest.find('>'), rest.size()));
    }
    ++at;
  }
  return {};
}

std::optional<std::string_view> attribute(std::string_view element, std::string_view name) {
  std::size_t at = 0;
  while ((at = element.find(name, at)) != std::string_view::npos) {
    const bool starts = at > 0 && std::string_view(" \t\r\n").find(element[at - 1]) != std::string_view::npos;
    std::string_view rest = ascii::trimmed(element.substr(at + name.size()));
    at += name.size();
    if (!starts || !rest.starts_with('=')) {
      continue;
    }
    rest.remove_prefix(1);
    rest.remove_prefix(std::min(rest.find_first_of("\"'"), rest.size()));
    if (rest.empty()) {
      return std::nullopt;
    }
    const std::size_t end = rest.find(rest.front(), 1);
    return end == std::string_view::npos ? std::nullopt : std::optional(rest.substr(1, end - 1));
  }
  return std::nullopt;
}

std::optional<double> take_number(std::string_view& text) {
  text.remove_prefix(std::min(text.find_first_not_of(" \t\r\n,+"), text.size()));
  double value = 0;
  const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), value);
  if (error != std::errc() || !std::isfinite(value)) {
    return std::nullopt;
  }
  text.remove_prefix(static_cast<std::size_t>(end - text.data()));
  return value;
}

/// Pixels; nothing for a percentage, which needs a page that we do not have.
std::optional<double> length(std::optional<std::string_view> text) {
  if (!text) {
    return std::nullopt;
  }
  const std::optional<double> value = take_number(*text);
  if (!value || *value <= 0) {
    return std::nullopt;
  }
  constexpr std::array<Unit, 8> kUnits{{{"px", 1},
                                        {"pt", 96.0 / 72},
                                        {"pc", 16},
                                        {"mm", 96 / 25.4},
                                        {"cm", 96 / 2.54},
                                        {"in", 96},
                                        {"em", 16},
                                        {"ex", 8}}};
  if (text->starts_with('%')) {
    return std::nullopt;
  }
  for (const Unit& unit : kUnits) {
    if (text->starts_with(unit.name)) {
      return *value * unit.pixels;
    }
  }
  return value;
}

std::optional<std::pair<double, double>> view_box(std::optional<std::string_view> text) {
  if (!text) {
    return std::nullopt;
  }
  std::array<double, 4> values{};
  for (double& value : values) {
    const std::optional<double> number = take_number(*text);
    if (!number) {
      return std::nullopt;
    }
    value = *number;
  }
  if (values[2] <= 0 || values[3] <= 0) {
    return std::nullopt;
  }
  return std::pair(values[2], values[3]);
}

}  // namespace

Size svg_size(std::string_view text) {
  constexpr int kDefault = 512;
  const std::string_view root = root_element(text);
  const std::optional<double> width = length(attribute(root, "width"));
  const std::optional<double> height = length(attribute(root, "height"));
  const auto box = view_box(attribute(root, "viewBox"));
  double w = width.value_or(0);
  double h = height.value_or(0);
  if (box && !width && !height) {
    w = box->first;
    h = box->second;
  } else if (box && !width) {
    w = h * box->first / box->second;
  } else if (box && !height) {
    h = w * box->second / box->first;
  }
  if (w <= 0 || h <= 0) {
    return {kDefault, kDefault};
  }
  const auto whole = [](double v) {
    return static_cast<int>(std::ceil(std::clamp(v - 1e-6, 0.5, kLargest)));
  };
  return {whole(w), whole(h)};
}

}  // namespace capsule::media

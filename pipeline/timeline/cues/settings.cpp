#include "timeline/cues/settings.h"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <charconv>
#include <cmath>
#include <cstddef>
#include <optional>
#include <utility>

#include "base/ascii.h"

namespace capsule::timeline {
namespace {

template <typename T, std::size_t kCount>
using Words = std::array<std::pair<std::string_view, T>, kCount>;

constexpr Words<CueSide, 6> kSides{{{"start", CueSide::kStart},
                                    {"left", CueSide::kLeft},
                                    {"center", CueSide::kCenter},
                                    {"middle", CueSide::kCenter},
                                    {"right", CueSide::kRight},
                                    {"end", CueSide::kEnd}}};
// The second half are the words of the format's drafts, which players still meet.
constexpr Words<HAlign, 6> kBoxEdges{{{"line-left", HAlign::kLeft},
                                      {"center", HAlign::kCenter},
                                      {"line-right", HAlign::kRight},
                                      {"start", HAlign::kLeft},
                                      {"middle", HAlign::kCenter},
                                      {"end", HAlign::kRight}}};
constexpr Words<VAlign, 4> kLineEdges{{{"start", VAlign::kTop},
                                       {"center", VAlign::kMiddle},
                                       {"end", VAlign::kBottom},
                                       {"middle", VAlign::kMiddle}}};

template <typename T, std::size_t kCount>
std::optional<T> meant(const Words<T, kCount>& words, std::string_view word) {
  const auto* found = std::ranges::find(words, word, &std::pair<std::string_view, T>::first);
  return found == words.end() ? std::nullopt : std::optional(found->second);
}

template <typename T, std::size_t kCount>
std::string_view said(const Words<T, kCount>& words, T what) {
  return std::ranges::find(words, what, &std::pair<std::string_view, T>::second)->first;
}

std::optional<double> number(std::string_view text) {
  double value = 0;
  const auto [rest, error] = std::from_chars(text.data(), text.data() + text.size(), value);
  const bool whole = error == std::errc{} && rest == text.data() + text.size();
  return whole && std::isfinite(value) ? std::optional(value) : std::nullopt;
}

std::optional<double> percent(std::string_view text) {
  if (!text.ends_with('%')) {
    return std::nullopt;
  }
  const std::optional<double> value = number(text.substr(0, text.size() - 1));
  return value && *value >= 0 && *value <= 100 ? value : std::nullopt;
}

// `value` or `value,edge`.
std::pair<std::string_view, std::string_view> parts_of(std::string_view text) {
  const std::size_t comma = text.find(',');
  return comma == std::string_view::npos ? std::pair(text, std::string_view{})
                                         : std::pair(text.substr(0, comma), text.substr(comma + 1));
}

bool read_align(std::string_view value, TimedLook& look) {
  const std::optional<CueSide> side = meant(kSides, value);
  look.side = side ? side : look.side;
  return side.has_value();
}

bool read_position(std::string_view text, CueBox& box) {
  const auto [value, word] = parts_of(text);
  const std::optional<double> position = percent(value);
  const std::optional<HAlign> edge = meant(kBoxEdges, word);
  if (!position || (!word.empty() && !edge)) {
    return false;
  }
  box.position = position;
  box.edge = edge;
  return true;
}

bool read_size(std::string_view text, CueBox& box) {
  const std::optional<double> size = percent(text);
  box.size = size.value_or(box.size);
  return size.has_value();
}

bool read_line(std::string_view text, CueBox& box) {
  const auto [value, word] = parts_of(text);
  const bool row = !value.ends_with('%');
  const std::optional<double> at = row ? number(value) : percent(value);
  const std::optional<VAlign> edge = meant(kLineEdges, word);
  if (!at || (!word.empty() && !edge)) {
    return false;
  }
  constexpr double kMostRows = 1000;
  box.line = CueLine{row ? std::clamp(std::round(*at), -kMostRows, kMostRows) : *at, row,
                     row ? VAlign::kTop : edge.value_or(VAlign::kTop)};
  return true;
}

// The first row and the last are where captions at the top and usual ones stand.
void settle(TimedLook& look) {
  if (look.box && look.box->line && look.box->line->row) {
    const double row = look.box->line->at;
    look.valign = row == 0 ? VAlign::kTop : VAlign::kBottom;
    if (row == 0 || row == -1) {
      look.box->line.reset();
    }
  }
  if (look.box == CueBox{}) {
    look.box.reset();
  }
}

}  // namespace

std::vector<std::string> read_settings(std::string_view settings, TimedLook& look) {
  constexpr std::string_view kSpace = " \t";
  constexpr std::size_t kLongestName = 24;
  std::vector<std::string> left_out;
  CueBox box;
  bool vertical = false;
  while (!settings.empty()) {
    settings = ascii::trimmed(settings);
    const std::string_view word = settings.substr(0, settings.find_first_of(kSpace));
    settings.remove_prefix(word.size());
    const std::size_t colon = word.find(':');
    if (colon == std::string_view::npos) {
      continue;
    }
    const std::string_view name = word.substr(0, colon);
    const std::string_view value = word.substr(colon + 1);
    const bool read = name == "align"      ? read_align(value, look)
                      : name == "line"     ? read_line(value, box)
                      : name == "position" ? read_position(value, box)
                      : name == "size"     ? read_size(value, box)
                                           : false;
    vertical = vertical || name == "vertical";
    if (!read) {
      left_out.emplace_back(word.substr(0, std::min(colon + 1, kLongestName)));
    }
  }
  // Of lines that run downwards: positions would be heights, rows columns.
  if (!vertical) {
    look.box = box;
    settle(look);
  }
  return left_out;
}

std::string write_settings(const TimedLook& look) {
  const CueBox box = look.box.value_or(CueBox{});
  std::string out;
  if (box.line) {
    out += fmt::format(" line:{}{}", box.line->at, box.line->row ? "" : "%");
    const bool top = box.line->edge == VAlign::kTop;
    out += top ? "" : fmt::format(",{}", said(kLineEdges, box.line->edge));
  } else if (look.valign != VAlign::kBottom) {
    out += look.valign == VAlign::kTop ? " line:0" : " line:50%";
  }
  if (box.position) {
    out += fmt::format(" position:{}%", *box.position);
    out += box.edge ? fmt::format(",{}", said(kBoxEdges, *box.edge)) : "";
  }
  out += box.size < 100 ? fmt::format(" size:{}%", box.size) : "";
  out += look.side ? fmt::format(" align:{}", said(kSides, *look.side)) : "";
  return out;
}

}  // namespace capsule::timeline

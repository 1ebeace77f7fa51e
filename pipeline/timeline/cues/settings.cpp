#include "timeline/cues/settings.h"

#include <algorithm>
#include <array>
#include <charconv>
#include <cstddef>
#include <utility>

namespace capsule::timeline {
namespace {

constexpr std::array<std::pair<std::string_view, CueSide>, 6> kSides{{{"start", CueSide::kStart},
                                                                      {"left", CueSide::kLeft},
                                                                      {"center", CueSide::kCenter},
                                                                      {"middle", CueSide::kCenter},
                                                                      {"right", CueSide::kRight},
                                                                      {"end", CueSide::kEnd}}};

bool read_align(std::string_view value, TimedLook& look) {
  const auto* found = std::ranges::find(kSides, value, &std::pair<std::string_view, CueSide>::first);
  if (found == kSides.end()) {
    return false;
  }
  look.side = found->second;
  return true;
}

// A row counted from the top, or from the bottom when negative; or a share of the picture's height. Rows are
// a third of fifteen or so.
bool read_line(std::string_view value, TimedLook& look) {
  int number = 0;
  const auto [rest, error] = std::from_chars(value.data(), value.data() + value.size(), number);
  if (error != std::errc{}) {
    return false;
  }
  const std::string_view behind = value.substr(static_cast<std::size_t>(rest - value.data()));
  const bool percent = behind.find('%') != std::string_view::npos;
  const int third = percent ? 34 : 5;
  look.valign = number < 0           ? VAlign::kBottom
                : number < third     ? VAlign::kTop
                : number < 2 * third ? VAlign::kMiddle
                                     : VAlign::kBottom;
  return true;
}

}  // namespace

std::vector<std::string> read_settings(std::string_view settings, TimedLook& look) {
  constexpr std::string_view kSpace = " \t";
  constexpr std::size_t kLongestName = 24;
  std::vector<std::string> left_out;
  while (!settings.empty()) {
    settings.remove_prefix(std::min(settings.find_first_not_of(kSpace), settings.size()));
    const std::string_view word = settings.substr(0, settings.find_first_of(kSpace));
    settings.remove_prefix(word.size());
    const std::size_t colon = word.find(':');
    if (colon == std::string_view::npos) {
      continue;
    }
    const std::string_view name = word.substr(0, colon);
    const std::string_view value = word.substr(colon + 1);
    const bool read = name == "align" ? read_align(value, look) : name == "line" && read_line(value, look);
    if (!read) {
      left_out.emplace_back(word.substr(0, std::min(colon + 1, kLongestName)));
    }
  }
  return left_out;
}

std::string write_settings(const TimedLook& look) {
  std::string out;
  if (look.side) {
    const auto* found = std::ranges::find(kSides, *look.side, &std::pair<std::string_view, CueSide>::second);
    out += " align:" + std::string(found->first);
  }
  if (look.valign != VAlign::kBottom) {
    out += look.valign == VAlign::kTop ? " line:0" : " line:50%";
  }
  return out;
}

}  // namespace capsule::timeline

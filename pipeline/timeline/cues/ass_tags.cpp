#include "timeline/cues/ass_tags.h"

#include <array>
#include <charconv>
#include <cmath>
#include <cstdint>
#include <utility>
#include <vector>

#include "base/ascii.h"
#include "timeline/cues/markup.h"

namespace capsule::timeline {
namespace {

std::optional<double> number(std::string_view text) {
  text = ascii::trimmed(text);
  double value = 0;
  const auto [rest, error] = std::from_chars(text.data(), text.data() + text.size(), value);
  constexpr double kMost = 1e6;
  return error == std::errc{} && value >= -kMost && value <= kMost ? std::optional(value) : std::nullopt;
}

// SSA: 1 to 3 below, 5 to 7 on top, 9 to 11 in the middle.
void take_old_place(std::int64_t place, TimedLook& look) {
  const std::int64_t column = place & 3;
  const int row = (place & 4) != 0 ? 6 : (place & 8) != 0 ? 3 : 0;
  if (column != 0) {
    place_by_keypad(row + static_cast<int>(column), look);
  }
}

// The numbers in parentheses, at most six; empty where one is none.
std::vector<double> numbers_in(std::string_view value) {
  constexpr std::size_t kMost = 6;
  std::vector<double> out;
  if (!value.starts_with('(')) {
    return out;
  }
  value = value.substr(1, value.find(')') - 1);
  while (out.size() <= kMost) {
    const std::size_t comma = value.find(',');
    const std::optional<double> next = number(value.substr(0, comma));
    if (!next) {
      return {};
    }
    out.push_back(*next);
    if (comma == std::string_view::npos) {
      break;
    }
    value.remove_prefix(comma + 1);
  }
  return out;
}

bool take_point(std::string_view value, TimedLook& look) {
  const std::vector<double> at = numbers_in(value);
  if (at.size() != 2) {
    return false;
  }
  look.anchor = PointF{at[0], at[1]};
  return true;
}

bool take_move(std::string_view value, TimedLook& look) {
  const std::vector<double> way = numbers_in(value);
  if (way.size() != 4 && way.size() != 6) {
    return false;
  }
  look.anchor = PointF{way[0], way[1]};
  TimedMove move{{way[2], way[3]}, {}, {}};
  if (way.size() == 6) {
    const auto [from, until] = std::minmax({std::llround(way[4]), std::llround(way[5])});
    move.from = Time::millis(std::max(from, 0LL));
    move.until = Time::millis(std::max(until, 0LL));
  }
  look.move = move;
  return true;
}

bool take_letters(const AssTag& tag, const LetterLook& style, LetterLook& now) {
  const std::optional<std::int64_t> value = ass_number(tag.value);
  if (tag.name == "b") {
    constexpr int kHeavy = 600;
    now.bold = value ? *value == 1 || *value >= kHeavy : style.bold;
  } else if (tag.name == "i") {
    now.italic = value ? *value != 0 : style.italic;
  } else if (tag.name == "u") {
    now.underline = value ? *value != 0 : style.underline;
  } else if (tag.name == "s") {
    now.strike = value ? *value != 0 : style.strike;
  } else if (tag.name == "c" || tag.name == "1c") {
    const std::optional<Color> color = read_ass_color(tag.value);
    now.color = color ? color : style.color;
  } else {
    return false;
  }
  return true;
}

}  // namespace

std::size_t ass_name_length(std::string_view tag) {
  constexpr std::array<std::string_view, 7> kExact{"an", "pos", "move", "kf", "ko", "kt", "fn"};
  for (const std::string_view name : kExact) {
    if (tag.starts_with(name)) {
      return name.size();
    }
  }
  // A number may stand in front of some names: `1c`, `4a`.
  std::size_t end = !tag.empty() && tag.front() >= '1' && tag.front() <= '4' ? 1 : 0;
  while (end < tag.size() && ascii::is_letter(tag[end])) {
    ++end;
  }
  return tag.starts_with('r') ? 1 : end;
}

std::optional<std::int64_t> ass_number(std::string_view text) {
  std::int64_t value = 0;
  const auto [rest, error] = std::from_chars(text.data(), text.data() + text.size(), value);
  const bool good = error == std::errc{} && rest != text.data();
  constexpr std::int64_t kMost = 100000000;
  return good ? std::optional(std::clamp<std::int64_t>(value, -kMost, kMost)) : std::nullopt;
}

std::optional<Color> read_ass_color(std::string_view text) {
  text = ascii::trimmed(text);
  const bool hex = text.starts_with("&H") || text.starts_with("&h") || text.starts_with("H");
  text.remove_prefix(std::min(text.find_first_not_of("&Hh"), text.size()));
  std::uint32_t value = 0;
  const auto [rest, error] = std::from_chars(text.data(), text.data() + text.size(), value, hex ? 16 : 10);
  if (error != std::errc{}) {
    return std::nullopt;
  }
  const auto byte = [value](unsigned shift) { return static_cast<std::uint8_t>(value >> shift & 0xFFU); };
  return Color{byte(0), byte(8), byte(16), static_cast<std::uint8_t>(255 - byte(24))};
}

bool take_look(const AssTag& tag, AssPlace& told, TimedLook& look, const LetterLook& style, LetterLook& now) {
  if (tag.name == "an" || tag.name == "a") {
    const std::int64_t place = ass_number(tag.value).value_or(0);
    if (!std::exchange(told.aligned, true)) {
      tag.name == "a" ? take_old_place(place, look) : place_by_keypad(static_cast<int>(place), look);
    }
  } else if (tag.name == "pos" || tag.name == "move") {
    told.placed =
        told.placed || (tag.name == "pos" ? take_point(tag.value, look) : take_move(tag.value, look));
  } else if (tag.name == "r") {
    now = style;
  } else {
    return take_letters(tag, style, now);
  }
  return true;
}

std::string ass_kind(const AssTag& tag) {
  constexpr std::size_t kLongest = 10;
  return "\\" + std::string(tag.name.substr(0, kLongest));
}

std::set<std::string> take_looks(std::string_view block, AssPlace& told, TimedLook& look,
                                 const LetterLook& style, LetterLook& now) {
  std::set<std::string> left_out;
  each_ass_tag(block, [&](const AssTag& tag) {
    if (!take_look(tag, told, look, style, now) && !tag.name.empty()) {
      left_out.insert(ass_kind(tag));
    }
  });
  return left_out;
}

void share_points(PointF size, TimedLook& look) {
  const auto share = [size](PointF at) { return PointF{at.x / size.x, at.y / size.y}; };
  if (look.anchor) {
    look.anchor = share(*look.anchor);
  }
  if (look.move) {
    look.move->to = share(look.move->to);
  }
}

}  // namespace capsule::timeline

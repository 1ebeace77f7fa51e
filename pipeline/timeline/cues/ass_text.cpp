#include "timeline/cues/ass_text.h"

#include <algorithm>
#include <array>
#include <charconv>
#include <cstdint>
#include <optional>

namespace capsule::timeline {
namespace {

constexpr char32_t kWordJoiner = U'\u2060';

bool ascii_letter(char c) {
  return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z');
}

// What would make a sign of a backslash before it. A word joiner keeps them apart, as people write it; one
// more is added where the text has such a joiner itself.
bool needs_apart(char32_t c) {
  return c == U'N' || c == U'n' || c == U'h' || c == kWordJoiner;
}

std::optional<std::int64_t> whole_number(std::string_view text) {
  std::int64_t value = 0;
  const auto [rest, error] = std::from_chars(text.data(), text.data() + text.size(), value);
  const bool good = error == std::errc{} && rest != text.data();
  constexpr std::int64_t kMost = 100000000;
  return good ? std::optional(std::clamp<std::int64_t>(value, -kMost, kMost)) : std::nullopt;
}

std::optional<double> number(std::string_view text) {
  text.remove_prefix(std::min(text.find_first_not_of(' '), text.size()));
  double value = 0;
  const auto [rest, error] = std::from_chars(text.data(), text.data() + text.size(), value);
  constexpr double kMost = 1e6;
  return error == std::errc{} && value >= -kMost && value <= kMost ? std::optional(value) : std::nullopt;
}

struct Tag {
  std::string_view name, value;
};

// A number may stand in front of some names: `1c`, `4a`.
std::size_t name_length(std::string_view tag) {
  constexpr std::array<std::string_view, 6> kExact{"an", "pos", "kf", "ko", "kt", "fn"};
  for (const std::string_view name : kExact) {
    if (tag.starts_with(name)) {
      return name.size();
    }
  }
  std::size_t end = !tag.empty() && tag.front() >= '1' && tag.front() <= '4' ? 1 : 0;
  while (end < tag.size() && ascii_letter(tag[end])) {
    ++end;
  }
  return tag.starts_with('r') ? 1 : end;
}

// The tags of one block, with what is in parentheses kept whole.
template <typename Take>
void each_tag(std::string_view block, const Take& take) {
  for (std::size_t at = block.find('\\'); at != std::string_view::npos;) {
    std::size_t end = at + 1;
    int depth = 0;
    while (end < block.size() && (depth > 0 || block[end] != '\\')) {
      depth += block[end] == '(' ? 1 : block[end] == ')' ? -1 : 0;
      depth = std::max(depth, 0);
      ++end;
    }
    const std::string_view tag = block.substr(at + 1, end - at - 1);
    const std::size_t name = name_length(tag);
    take(Tag{tag.substr(0, name), tag.substr(name)});
    at = end < block.size() ? end : std::string_view::npos;
  }
}

class TextReader {
 public:
  TextReader(Time from, const TimedLook& look) : clock_(from) { out_.look = look; }

  Stripped read(std::u32string_view text) {
    for (std::size_t at = 0; at < text.size();) {
      if (text[at] == U'{') {
        at = read_block(text, at);
      } else if (text[at] == U'\\' && at + 1 < text.size()) {
        at = read_escape(text, at);
      } else {
        put(text[at++]);
      }
    }
    if (sung_) {
      step();
    }
    return std::move(out_);
  }

 private:
  void put(char32_t c) {
    if (drawing_) {
      return;
    }
    out_.text += c;
    begun_ = true;
  }

  std::size_t read_block(std::u32string_view text, std::size_t at) {
    const std::size_t close = text.find(U'}', at);
    if (close == std::u32string_view::npos) {
      put(text[at]);
      return at + 1;
    }
    std::string block;
    for (const char32_t c : text.substr(at + 1, close - at - 1)) {
      block += c < 0x80 ? static_cast<char>(c) : '?';
    }
    each_tag(block, [this](const Tag& tag) { take(tag); });
    return close + 1;
  }

  std::size_t read_escape(std::u32string_view text, std::size_t at) {
    const char32_t next = text[at + 1];
    const auto sign = [&](char32_t c) {
      put(c);
      return at + 2;
    };
    switch (next) {
      case U'N':
        return sign(U'\n');
      case U'n':
        return sign(U' ');
      case U'h':
        return sign(U'\u00A0');
      case U'{':
      case U'}':
        return sign(next);
      default:
        break;
    }
    put(U'\\');
    const bool apart =
        next == kWordJoiner && at + 2 < text.size() && (needs_apart(text[at + 2]) || text[at + 2] == U'{');
    if (apart && text[at + 2] != U'{') {
      put(text[at + 2]);
      return at + 3;
    }
    return at + (apart ? 2 : 1);
  }

  void take(const Tag& tag) {
    if (tag.name == "k" || tag.name == "K" || tag.name == "kf" || tag.name == "ko") {
      take_syllable(tag.value);
    } else if (tag.name == "an") {
      place_by_keypad(static_cast<int>(whole_number(tag.value).value_or(0)), out_.look);
    } else if (tag.name == "a") {
      take_old_place(whole_number(tag.value).value_or(0));
    } else if (tag.name == "pos") {
      take_anchor(tag.value);
    } else if (tag.name == "p") {
      drawing_ = whole_number(tag.value).value_or(0) > 0;
      if (drawing_) {
        out_.left_out.insert("\\p");
      }
    } else if (!begun_ && (tag.name == "c" || tag.name == "1c") && read_ass_color(tag.value)) {
      out_.look.color = read_ass_color(tag.value);
    } else if (!begun_ && tag.name == "b") {
      out_.look.bold = whole_number(tag.value).value_or(0) != 0;
    } else if (!tag.name.empty()) {
      constexpr std::size_t kLongest = 10;
      out_.left_out.insert("\\" + std::string(tag.name.substr(0, kLongest)));
    }
  }

  void take_syllable(std::string_view value) {
    if (sung_) {
      clock_ = clock_ + length_;
    }
    sung_ = true;
    length_ = Time(std::max<std::int64_t>(0, whole_number(value).value_or(0)), 100);
    mark();
  }

  void step() {
    clock_ = clock_ + length_;
    mark();
  }

  void mark() {
    constexpr std::size_t kMost = 4000;
    if (out_.moments.size() < kMost) {
      out_.text += static_cast<char32_t>(kMoment + out_.moments.size());
      out_.moments.push_back(clock_);
    }
  }

  // SSA: 1 to 3 below, 5 to 7 on top, 9 to 11 in the middle.
  void take_old_place(std::int64_t place) {
    const std::int64_t column = place & 3;
    const int row = (place & 4) != 0 ? 6 : (place & 8) != 0 ? 3 : 0;
    if (column != 0) {
      place_by_keypad(row + static_cast<int>(column), out_.look);
    }
  }

  void take_anchor(std::string_view value) {
    const std::size_t comma = value.find(',');
    if (!value.starts_with('(') || comma == std::string_view::npos) {
      return;
    }
    const std::optional<double> x = number(value.substr(1, comma - 1));
    const std::optional<double> y = number(value.substr(comma + 1));
    if (x && y) {
      out_.look.anchor = PointF{*x, *y};
    }
  }

  Stripped out_;
  Time clock_, length_;
  bool sung_ = false, drawing_ = false, begun_ = false;
};

}  // namespace

Stripped read_ass_text(std::u32string_view text, Time from, const TimedLook& look) {
  return TextReader(from, look).read(text);
}

std::optional<Color> read_ass_color(std::string_view text) {
  text.remove_prefix(std::min(text.find_first_not_of(' '), text.size()));
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

std::u32string escape_ass(std::u32string_view line) {
  std::u32string out;
  for (std::size_t at = 0; at < line.size(); ++at) {
    const char32_t c = line[at];
    if (c == U'{' || c == U'}') {
      out += U'\\';
    }
    out += c;
    if (c == U'\\' && at + 1 < line.size() && needs_apart(line[at + 1])) {
      out += kWordJoiner;
    }
  }
  return out;
}

}  // namespace capsule::timeline

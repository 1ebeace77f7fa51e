#include "timeline/cues/stamp.h"

#include <algorithm>
#include <array>
#include <cstddef>
#include <cstdint>

#include "base/ascii.h"

namespace capsule::timeline {
namespace {

constexpr std::string_view kArrow = "-->";

// U+202A to U+202E, U+2066 to U+2069, by the second and third byte.
bool is_direction_sign(char second, char third) {
  const auto byte = static_cast<unsigned char>(third);
  return second == '\x80' ? byte >= 0xAA && byte <= 0xAE : byte >= 0xA6 && byte <= 0xA9;
}

// One to three digits from the front of `rest`.
std::optional<std::int64_t> number(std::string_view& rest, std::size_t& digits) {
  std::int64_t value = 0;
  digits = 0;
  while (digits < rest.size() && ascii::is_digit(rest[digits])) {
    if (digits == 3) {
      return std::nullopt;
    }
    value = value * 10 + (rest[digits++] - '0');
  }
  rest.remove_prefix(digits);
  return digits == 0 ? std::nullopt : std::optional(value);
}

// Spaces, and signs that show nothing: no-break spaces, byte order marks, LRM, RLM, ALM, embeddings,
// isolates.
void skip_space(std::string_view& rest) {
  constexpr std::array<std::string_view, 8> kUnseen{
      " ", "\t", "\xC2\xA0", "\xD8\x9C", "\xEF\xBB\xBF", "\xE2\x80\x8E", "\xE2\x80\x8F", "\xE2\x80\xAF"};
  while (true) {
    const auto found =
        std::ranges::find_if(kUnseen, [&](std::string_view unseen) { return rest.starts_with(unseen); });
    if (found != kUnseen.end()) {
      rest.remove_prefix(found->size());
    } else if (rest.size() > 2 && (rest.starts_with("\xE2\x80") || rest.starts_with("\xE2\x81")) &&
               is_direction_sign(rest[1], rest[2])) {
      rest.remove_prefix(3);
    } else {
      return;
    }
  }
}

std::optional<std::int64_t> millis(std::string_view& rest, bool whole) {
  const std::string_view before = rest;
  skip_space(rest);
  const bool colon = whole && rest.starts_with(':');
  if (!colon && !rest.starts_with(',') && !rest.starts_with('.')) {
    rest = before;
    return 0;
  }
  rest.remove_prefix(1);
  skip_space(rest);
  std::size_t digits = 0;
  const std::optional<std::int64_t> value = number(rest, digits);
  constexpr std::array<std::int64_t, 4> kScale{0, 100, 10, 1};
  return value && (!colon || digits == 3) ? std::optional(*value * kScale[digits]) : std::nullopt;
}

std::optional<Time> stamp(std::string_view& rest) {
  std::array<std::int64_t, 3> parts{};
  std::size_t count = 0;
  std::size_t digits = 0;
  while (true) {
    const std::optional<std::int64_t> part = number(rest, digits);
    if (!part) {
      return std::nullopt;
    }
    parts[count++] = *part;
    std::string_view next = rest;
    skip_space(next);
    if (!next.starts_with(':') || count == parts.size()) {
      break;
    }
    next.remove_prefix(1);
    skip_space(next);
    rest = next;
  }
  const std::optional<std::int64_t> thousandths = millis(rest, count == parts.size());
  if (count < 2 || !thousandths) {
    return std::nullopt;
  }
  const std::int64_t hours = count == 3 ? parts[0] : 0;
  const std::int64_t minutes = parts[count - 2];
  const std::int64_t seconds = parts[count - 1];
  if (minutes > 59 || seconds > 59) {
    return std::nullopt;
  }
  return Time::millis(((hours * 60 + minutes) * 60 + seconds) * 1000 + *thousandths);
}

struct Meant {
  std::string_view typed, meant;
};

// Digits, separators and arrows as keyboards and hasty hands give them.
std::string as_meant(std::string_view line) {
  constexpr std::array<Meant, 9> kSigns{{{"\xD8\x8C", ","},
                                         {"\xD9\xAB", "."},
                                         {"\xD8\x9B", ":"},
                                         {";", ":"},
                                         {"\xE2\x80\x93", "-"},
                                         {"\xE2\x80\x94", "-"},
                                         {"\xE2\x88\x92", "-"},
                                         {"=", "-"},
                                         {"\xEF\xBC\x9A", ":"}}};
  std::string out;
  while (!line.empty()) {
    const auto found =
        std::ranges::find_if(kSigns, [&](const Meant& sign) { return line.starts_with(sign.typed); });
    const bool arabic = line.size() > 1 && line[0] == '\xD9' && line[1] >= '\xA0' && line[1] <= '\xA9';
    const bool persian = line.size() > 1 && line[0] == '\xDB' && line[1] >= '\xB0' && line[1] <= '\xB9';
    if (found != kSigns.end()) {
      out += found->meant;
      line.remove_prefix(found->typed.size());
    } else if (arabic || persian) {
      out += static_cast<char>('0' + (line[1] - (arabic ? '\xA0' : '\xB0')));
      line.remove_prefix(2);
    } else {
      out += line.front();
      line.remove_prefix(1);
    }
  }
  return out;
}

// A time before the film's begin, as a shift of the whole file leaves it, is its begin.
std::optional<Time> shifted_stamp(std::string_view& rest) {
  skip_space(rest);
  const bool before = rest.starts_with('-');
  rest.remove_prefix(before ? 1 : 0);
  const std::optional<Time> time = stamp(rest);
  return time && before ? Time{} : time;
}

// A whole line that can be nothing but times, however they are typed.
std::optional<Stamps> parse_typed(std::string_view typed) {
  constexpr std::size_t kLongest = 120;
  const auto is_shaft = [](char c) { return c == '-' || c == '>' || c == ' '; };
  if (typed.size() > kLongest) {
    return std::nullopt;
  }
  const std::string line = as_meant(typed);
  std::string_view rest = line;
  const std::optional<Time> from = shifted_stamp(rest);
  const auto shaft = std::ranges::find_if_not(rest, is_shaft) - rest.begin();
  const std::string_view arrow = rest.substr(0, static_cast<std::size_t>(shaft));
  const std::size_t head = arrow.find_last_of('>');
  if (!from || head == std::string_view::npos || arrow.find('-') == std::string_view::npos) {
    return std::nullopt;
  }
  rest.remove_prefix(head + 1);
  const std::optional<Time> to = shifted_stamp(rest);
  skip_space(rest);
  return to && rest.empty() ? std::optional(Stamps{*from, *to, {}}) : std::nullopt;
}

}  // namespace

std::optional<Stamps> parse_stamps(std::string_view line) {
  const std::string_view whole = line;
  skip_space(line);
  const std::optional<Time> from = stamp(line);
  skip_space(line);
  if (!from || !line.starts_with(kArrow)) {
    return parse_typed(whole);
  }
  line.remove_prefix(kArrow.size());
  skip_space(line);
  const std::optional<Time> to = stamp(line);
  const std::string_view behind = line;
  skip_space(line);
  if (!to || (!line.empty() && behind.size() == line.size())) {
    return parse_typed(whole);
  }
  return Stamps{*from, *to, line};
}

bool is_meant_as_times(std::string_view line) {
  const std::size_t arrow = line.find(kArrow);
  if (arrow == std::string_view::npos) {
    return false;
  }
  const std::string_view before = line.substr(0, arrow);
  const bool plain = before.find_first_not_of("0123456789 \t:.,;-") == std::string_view::npos;
  return plain && std::ranges::count_if(before, [](char c) { return ascii::is_digit(c); }) >= 3;
}

std::optional<Time> parse_stamp(std::string_view text) {
  skip_space(text);
  const std::optional<Time> time = stamp(text);
  skip_space(text);
  return text.empty() ? time : std::nullopt;
}

}  // namespace capsule::timeline

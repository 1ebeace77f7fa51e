#include "timeline/cues/stamp.h"

#include <algorithm>
#include <array>
#include <cstddef>
#include <cstdint>

namespace capsule::timeline {
namespace {

constexpr std::string_view kArrow = "-->";

bool is_digit(char c) {
  return c >= '0' && c <= '9';
}

// U+202A to U+202E, U+2066 to U+2069, by the second and third byte.
bool is_direction_sign(char second, char third) {
  const auto byte = static_cast<unsigned char>(third);
  return second == '\x80' ? byte >= 0xAA && byte <= 0xAE : byte >= 0xA6 && byte <= 0xA9;
}

// One to three digits from the front of `rest`.
std::optional<std::int64_t> number(std::string_view& rest, std::size_t& digits) {
  std::int64_t value = 0;
  digits = 0;
  while (digits < rest.size() && is_digit(rest[digits])) {
    if (digits == 3) {
      return std::nullopt;
    }
    value = value * 10 + (rest[digits++] - '0');
  }
  rest.remove_prefix(digits);
  return digits == 0 ? std::nullopt : std::optional(value);
}

// Spaces, and signs that show nothing: no-break spaces, byte order marks, LRM, RLM, embeddings, isolates.
void skip_space(std::string_view& rest) {
  constexpr std::array<std::string_view, 7> kUnseen{
      " ", "\t", "\xC2\xA0", "\xEF\xBB\xBF", "\xE2\x80\x8E", "\xE2\x80\x8F", "\xE2\x80\xAF"};
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

}  // namespace

std::optional<Stamps> parse_stamps(std::string_view line) {
  skip_space(line);
  const std::optional<Time> from = stamp(line);
  skip_space(line);
  if (!from || !line.starts_with(kArrow)) {
    return std::nullopt;
  }
  line.remove_prefix(kArrow.size());
  skip_space(line);
  const std::optional<Time> to = stamp(line);
  const std::string_view behind = line;
  skip_space(line);
  if (!to || (!line.empty() && behind.size() == line.size())) {
    return std::nullopt;
  }
  return Stamps{*from, *to, line};
}

std::optional<Time> parse_stamp(std::string_view text) {
  skip_space(text);
  const std::optional<Time> time = stamp(text);
  skip_space(text);
  return text.empty() ? time : std::nullopt;
}

}  // namespace capsule::timeline

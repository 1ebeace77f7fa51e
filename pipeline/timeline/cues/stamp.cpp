#include "timeline/cues/stamp.h"

#include <array>
#include <cstddef>
#include <cstdint>

namespace capsule::timeline {
namespace {

constexpr std::string_view kArrow = "-->";
constexpr std::string_view kSpace = " \t";

bool is_digit(char c) {
  return c >= '0' && c <= '9';
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

std::optional<std::int64_t> millis(std::string_view& rest) {
  if (rest.empty() || (rest.front() != ',' && rest.front() != '.')) {
    return 0;
  }
  rest.remove_prefix(1);
  std::size_t digits = 0;
  const std::optional<std::int64_t> value = number(rest, digits);
  constexpr std::array<std::int64_t, 4> kScale{0, 100, 10, 1};
  return value ? std::optional(*value * kScale[digits]) : std::nullopt;
}

std::optional<Time> stamp(std::string_view& rest) {
  std::array<std::int64_t, 3> parts{};
  std::size_t count = 0;
  std::size_t digits = 0;
  while (true) {
    const std::optional<std::int64_t> part = number(rest, digits);
    if (!part || count == parts.size()) {
      return std::nullopt;
    }
    parts[count++] = *part;
    if (rest.empty() || rest.front() != ':') {
      break;
    }
    rest.remove_prefix(1);
  }
  const std::optional<std::int64_t> thousandths = millis(rest);
  if (count < 2 || !thousandths) {
    return std::nullopt;
  }
  const std::int64_t hours = count == 3 ? parts[0] : 0;
  const std::int64_t minutes = parts[count - 2];
  const std::int64_t seconds = parts[count - 1];
  if (hours > 99 || minutes > 59 || seconds > 59) {
    return std::nullopt;
  }
  return Time::millis(((hours * 60 + minutes) * 60 + seconds) * 1000 + *thousandths);
}

void skip_space(std::string_view& rest) {
  rest.remove_prefix(std::min(rest.find_first_not_of(kSpace), rest.size()));
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
  if (!to || (!line.empty() && kSpace.find(line.front()) == std::string_view::npos)) {
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

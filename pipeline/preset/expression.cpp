#include "preset/expression.h"

#include <array>
#include <charconv>
#include <cmath>

namespace capsule::preset {
namespace {

constexpr std::size_t kLongest = 500;
constexpr int kDeepest = 32;
constexpr std::int64_t kStoryboardRate = 30;

using Parts = std::array<double, 6>;

enum Part : std::size_t { kNumberPart, kPercentPart, kUnitPart, kSecondPart, kFramePart, kDecibelPart };

struct Unit {
  std::string_view name;
  Part part;
  double factor;
};

// Longer names first: "ms" and "min" before "m…", "px" before "%".
constexpr std::array kUnits{
    Unit{"min", kSecondPart, 60},    Unit{"ms", kSecondPart, 0.001}, Unit{"dB", kDecibelPart, 1},
    Unit{"px", kUnitPart, 1 / 10.8}, Unit{"s", kSecondPart, 1},      Unit{"f", kFramePart, 1},
    Unit{"u", kUnitPart, 1},         Unit{"%", kPercentPart, 1},
};

bool only_number(const Parts& parts) {
  for (std::size_t i = 1; i < parts.size(); ++i) {
    if (parts.at(i) != 0) {
      return false;
    }
  }
  return true;
}

class Parser {
 public:
  explicit Parser(std::string_view text) : rest_(text) {}

  bool whole(Parts& result) {
    skip_spaces();
    return !rest_.empty() && sum(result) && rest_.empty();
  }

 private:
  bool sum(Parts& result) {
    if (!product(result)) {
      return false;
    }
    while (next_is('+') || next_is('-')) {
      const double sign = take() == '+' ? 1 : -1;
      Parts other{};
      if (!product(other)) {
        return false;
      }
      for (std::size_t i = 0; i < result.size(); ++i) {
        result.at(i) += sign * other.at(i);
      }
    }
    return true;
  }

  bool product(Parts& result) {
    if (!signed_value(result)) {
      return false;
    }
    while (next_is('*') || next_is('/')) {
      const bool divide = take() == '/';
      Parts other{};
      if (!signed_value(other)) {
        return false;
      }
      if (!divide && only_number(result)) {
        std::swap(result, other);
      }
      const double factor = other[kNumberPart];
      if (!only_number(other) || (divide && factor == 0)) {
        return false;
      }
      for (double& part : result) {
        part = divide ? part / factor : part * factor;
      }
    }
    return true;
  }

  bool signed_value(Parts& result) {
    double sign = 1;
    if (next_is('+') || next_is('-')) {
      sign = take() == '-' ? -1 : 1;
    }
    if (!value(result)) {
      return false;
    }
    for (double& part : result) {
      part = part == 0 ? 0 : part * sign;
    }
    return true;
  }

  bool value(Parts& result) {
    if (next_is('(')) {
      take();
      if (++depth_ > kDeepest || !sum(result) || !next_is(')')) {
        return false;
      }
      --depth_;
      take();
      return true;
    }
    double number = 0;
    if (rest_.empty() || (rest_[0] != '.' && (rest_[0] < '0' || rest_[0] > '9'))) {
      return false;
    }
    const auto read =
        std::from_chars(rest_.data(), rest_.data() + rest_.size(), number, std::chars_format::fixed);
    if (read.ec != std::errc() || !std::isfinite(number)) {
      return false;
    }
    rest_.remove_prefix(static_cast<std::size_t>(read.ptr - rest_.data()));
    skip_spaces();
    unit(number, result);
    return true;
  }

  void unit(double number, Parts& result) {
    for (const Unit& each : kUnits) {
      if (rest_.starts_with(each.name)) {
        result.at(each.part) = number * each.factor;
        rest_.remove_prefix(each.name.size());
        skip_spaces();
        return;
      }
    }
    result[kNumberPart] = number;
  }

  [[nodiscard]] bool next_is(char c) const { return !rest_.empty() && rest_[0] == c; }

  char take() {
    const char c = rest_[0];
    rest_.remove_prefix(1);
    skip_spaces();
    return c;
  }

  void skip_spaces() {
    while (!rest_.empty() && rest_[0] == ' ') {
      rest_.remove_prefix(1);
    }
  }

  std::string_view rest_;
  int depth_ = 0;
};

}  // namespace

bool Quantity::is_number() const {
  return percent == 0 && units == 0 && seconds == 0 && frames == 0 && decibels == 0;
}

bool Quantity::is_length() const {
  return number == 0 && seconds == 0 && frames == 0 && decibels == 0;
}

bool Quantity::is_time() const {
  return number == 0 && percent == 0 && units == 0 && decibels == 0;
}

bool Quantity::is_share() const {
  return units == 0 && seconds == 0 && frames == 0 && decibels == 0;
}

bool Quantity::is_gain() const {
  return number == 0 && percent == 0 && units == 0 && seconds == 0 && frames == 0;
}

bool Quantity::is_finite() const {
  return std::isfinite(number) && std::isfinite(percent) && std::isfinite(units) && std::isfinite(seconds) &&
         std::isfinite(frames) && std::isfinite(decibels);
}

bool parse_quantity(std::string_view text, Quantity& result) {
  Parts parts{};
  if (text.size() > kLongest || !Parser(text).whole(parts)) {
    return false;
  }
  result = {parts[kNumberPart], parts[kPercentPart], parts[kUnitPart],
            parts[kSecondPart], parts[kFramePart],   parts[kDecibelPart]};
  return result.is_finite();
}

Length to_length(const Quantity& q) {
  return {q.percent, q.units};
}

Time to_time(const Quantity& q) {
  const double whole = std::round(q.frames);
  if (std::abs(q.frames - whole) < 1e-6 && std::abs(whole) < 1e9) {
    return Time::from_seconds(q.seconds) + Time(static_cast<std::int64_t>(whole), kStoryboardRate);
  }
  return Time::from_seconds(q.seconds + q.frames / static_cast<double>(kStoryboardRate));
}

}  // namespace capsule::preset

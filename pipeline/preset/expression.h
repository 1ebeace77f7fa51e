#pragma once
#include <string>
#include <string_view>

#include "base/time.h"
#include "preset/values.h"

namespace capsule::preset {

/// A sum of amounts of different units: what an expression of the language comes to.
struct Quantity {
  double number = 0;
  double percent = 0;
  double units = 0;     ///< u; pixels of a 1080-wide canvas are 1/10.8 of them.
  double seconds = 0;   ///< s, ms and min.
  double frames = 0;    ///< f: thirtieths of a second.
  double decibels = 0;  ///< dB
  [[nodiscard]] bool is_number() const;
  [[nodiscard]] bool is_length() const;  ///< Lengths, or a bare 0.
  [[nodiscard]] bool is_time() const;    ///< Times, or a bare 0.
  [[nodiscard]] bool is_share() const;   ///< A number or a percentage.
  [[nodiscard]] bool is_gain() const;    ///< dB, or a bare 0.
  [[nodiscard]] bool is_finite() const;
};

/// Reads numbers with units (u, %, px, s, ms, min, f, dB), + - * / and parentheses: "12% + 2 * (6u - 1u)".
/// One factor of a product and every divisor must be a bare number; decimals with a point. At most 500
/// characters, 32 parentheses deep. False when it cannot be read, divides by zero, or leaves the range of
/// finite numbers.
bool parse_quantity(std::string_view text, Quantity& result);

Length to_length(const Quantity& q);
/// Nearest microsecond; whole frames exactly.
Time to_time(const Quantity& q);

}  // namespace capsule::preset

#pragma once
#include <cstdint>
#include <span>
#include <string_view>
#include <vector>

namespace capsule::text {

/// Where a paragraph's base direction comes from: its first strong character (UAX #9, P2 and P3), or given.
enum class Base { kAuto, kLeftToRight, kRightToLeft };

/// A stretch of text that behaves as if LRI or RLI stood before it and PDI after it; the text itself is
/// unchanged. Arabic-Indic digits in one from left to right run as Western ones do, so that a telephone
/// number's groups keep their order; the sign that opens one from right to left (#2030_…) stands at its
/// right.
struct Isolation {
  std::int32_t start = 0, end = 0;  ///< Code points, half-open.
  bool right_to_left = false;
};

/// Where an isolation begins or ends: the sign that would stand there parts what is reordered on both sides.
struct Border {
  std::int32_t before = 0;  ///< Code point.
  std::uint8_t level = 0;
};

struct Levels {
  std::uint8_t base = 0;
  std::vector<std::uint8_t> of;   ///< One per code point.
  std::vector<Border> borders{};  ///< In order.
};

/// Embedding levels of one paragraph (UAX #9 revision 46, up to rule I2 and L1 parts 1 to 3): FriBidi's
/// engine fed with the Unicode 15 properties of language/. `isolations` are sorted and do not overlap.
Levels bidi_levels(std::u32string_view paragraph, Base base, std::span<const Isolation> isolations = {});

/// Rule L1 part 4: white space and isolate controls at the end of a line take the paragraph's level.
/// `levels` are those of the line's own characters.
void reset_line_end(std::u32string_view line, std::uint8_t base, std::span<std::uint8_t> levels);

/// Rule L2: the indices of `levels` in visual order, left to right.
std::vector<std::int32_t> visual_order(std::span<const std::uint8_t> levels);

}  // namespace capsule::text

#pragma once
#include <cstdint>
#include <string_view>

#include "base/result.h"

namespace capsule {

/// sRGB, 8 bit, straight (not premultiplied) alpha; 255 = opaque.
struct Color {
  std::uint8_t r = 0;
  std::uint8_t g = 0;
  std::uint8_t b = 0;
  std::uint8_t a = 255;
  friend bool operator==(const Color&, const Color&) = default;
};

/// BT.709 limited range: Y 16..235, Cb and Cr 16..240 around 128 (ITU-R BT.709-6, 3.5).
struct YCbCr {
  std::uint8_t y = 16;
  std::uint8_t cb = 128;
  std::uint8_t cr = 128;
  friend bool operator==(const YCbCr&, const YCbCr&) = default;
};

/// "#RGB", "#RRGGBB" or "#RRGGBBAA"; "bad-color" otherwise.
Result<Color> parse_color(std::string_view text);
/// Alpha is left out.
YCbCr to_ycbcr(Color color);
/// WCAG 2.1 contrast ratio of two opaque colours, 1..21.
double contrast_ratio(Color a, Color b);

}  // namespace capsule

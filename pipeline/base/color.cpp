#include "base/color.h"

#include <cmath>
#include <optional>
#include <string>

#include "base/light.h"

namespace capsule {
namespace {

std::optional<int> hex_digit(char c) {
  if (c >= '0' && c <= '9') {
    return c - '0';
  }
  if (c >= 'a' && c <= 'f') {
    return c - 'a' + 10;
  }
  if (c >= 'A' && c <= 'F') {
    return c - 'A' + 10;
  }
  return std::nullopt;
}

std::uint8_t rounded(double v) {
  return static_cast<std::uint8_t>(std::lround(v));
}

double luminance(Color c) {
  return brightness(linear_light(c.r / 255.0), linear_light(c.g / 255.0), linear_light(c.b / 255.0));
}

}  // namespace

Result<Color> parse_color(std::string_view text) {
  const auto bad = [&] { return fail(Code{"bad-color"}, {{"text", std::string(text)}}); };
  if (text.size() < 4 || text[0] != '#') {
    return bad();
  }
  int digits[8] = {0, 0, 0, 0, 0, 0, 15, 15};
  const std::string_view body = text.substr(1);
  if (body.size() != 3 && body.size() != 6 && body.size() != 8) {
    return bad();
  }
  for (std::size_t i = 0; i < body.size(); ++i) {
    const auto digit = hex_digit(body[i]);
    if (!digit) {
      return bad();
    }
    if (body.size() == 3) {
      digits[2 * i] = digits[2 * i + 1] = *digit;
    } else {
      digits[i] = *digit;
    }
  }
  const auto byte = [&](int i) { return static_cast<std::uint8_t>(digits[2 * i] * 16 + digits[2 * i + 1]); };
  return Color{byte(0), byte(1), byte(2), byte(3)};
}

YCbCr to_ycbcr(Color c) {
  const double r = c.r / 255.0;
  const double g = c.g / 255.0;
  const double b = c.b / 255.0;
  const double y = brightness(r, g, b);
  return {rounded(16 + 219 * y), rounded(128 + 224 * (b - y) / 1.8556),
          rounded(128 + 224 * (r - y) / 1.5748)};
}

double contrast_ratio(Color a, Color b) {
  return luminance_ratio(luminance(a), luminance(b));
}

}  // namespace capsule

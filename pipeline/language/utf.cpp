#include <optional>

#include "language/segmentation.h"

namespace capsule::language {
namespace {

// What a lead byte promises: how many bytes follow, and the range of the first of them (Unicode 15, table
// 3-7).
struct Lead {
  int following;
  unsigned low;
  unsigned high;
};

std::optional<Lead> lead_of(unsigned byte) {
  if (byte < 0xC2 || byte > 0xF4) {
    return std::nullopt;
  }
  if (byte < 0xE0) {
    return Lead{1, 0x80, 0xBF};
  }
  if (byte < 0xF0) {
    return Lead{2, byte == 0xE0 ? 0xA0U : 0x80U, byte == 0xED ? 0x9FU : 0xBFU};
  }
  return Lead{3, byte == 0xF0 ? 0x90U : 0x80U, byte == 0xF4 ? 0x8FU : 0xBFU};
}

// The next code point from `at` on, which moves behind it; nullopt for an ill-formed sequence, whose maximal
// subpart is passed over.
std::optional<char32_t> next_code_point(std::string_view bytes, std::size_t& at) {
  const auto byte = [&](std::size_t i) -> unsigned { return static_cast<unsigned char>(bytes[i]); };
  const unsigned first = byte(at++);
  if (first < 0x80) {
    return static_cast<char32_t>(first);
  }
  const std::optional<Lead> lead = lead_of(first);
  if (!lead) {
    return std::nullopt;
  }
  char32_t c = first & (0x3FU >> static_cast<unsigned>(lead->following));
  for (int i = 0; i < lead->following; ++i, ++at) {
    const unsigned low = i == 0 ? lead->low : 0x80U;
    const unsigned high = i == 0 ? lead->high : 0xBFU;
    if (at >= bytes.size() || byte(at) < low || byte(at) > high) {
      return std::nullopt;
    }
    c = (c << 6U) | (byte(at) & 0x3FU);
  }
  return c;
}

void append(std::string& out, char32_t c) {
  const auto push = [&](char32_t byte) { out.push_back(static_cast<char>(byte)); };
  if (c < 0x80) {
    push(c);
    return;
  }
  if (c < 0x800) {
    push(0xC0U | (c >> 6U));
  } else {
    if (c < 0x10000) {
      push(0xE0U | (c >> 12U));
    } else {
      push(0xF0U | (c >> 18U));
      push(0x80U | ((c >> 12U) & 0x3FU));
    }
    push(0x80U | ((c >> 6U) & 0x3FU));
  }
  push(0x80U | (c & 0x3FU));
}

}  // namespace

std::u32string to_utf32(std::string_view utf8) {
  std::u32string out;
  out.reserve(utf8.size());
  for (std::size_t at = 0; at < utf8.size();) {
    out.push_back(next_code_point(utf8, at).value_or(U'\uFFFD'));
  }
  return out;
}

std::string to_utf8(std::u32string_view text) {
  std::string out;
  out.reserve(text.size() * 2);
  for (const char32_t c : text) {
    const bool scalar = c <= 0x10FFFF && (c < 0xD800 || c > 0xDFFF);
    append(out, scalar ? c : U'\uFFFD');
  }
  return out;
}

bool is_valid_utf8(std::string_view bytes) {
  for (std::size_t at = 0; at < bytes.size();) {
    if (!next_code_point(bytes, at)) {
      return false;
    }
  }
  return true;
}

}  // namespace capsule::language

#include "timeline/cues/markup.h"

#include <algorithm>
#include <array>
#include <cstddef>
#include <cstdint>
#include <optional>

#include "timeline/cues/stamp.h"

namespace capsule::timeline {
namespace {

constexpr std::size_t kLongestTag = 200;

bool is_ascii_letter(char32_t c) {
  return (c >= U'a' && c <= U'z') || (c >= U'A' && c <= U'Z');
}

bool is_ascii_digit(char32_t c) {
  return c >= U'0' && c <= U'9';
}

std::u32string lower_name(std::u32string_view inner) {
  std::u32string name;
  for (const char32_t c : inner.substr(!inner.empty() && inner.front() == U'/' ? 1 : 0)) {
    if (!is_ascii_letter(c)) {
      break;
    }
    name += c < U'a' ? c + 32 : c;
  }
  return name;
}

// SubRip knows few tags, and people write «a < b > c» in it; WebVTT makes every <…> a tag.
bool is_tag(std::u32string_view inner, Markup markup) {
  if (markup == Markup::kWebVtt) {
    return inner.empty() || inner.front() == U'/' || inner.front() == U'.' ||
           is_ascii_letter(inner.front()) || is_ascii_digit(inner.front());
  }
  constexpr std::array<std::u32string_view, 10> kKnown{U"i",  U"b",      U"u",    U"s",  U"font",
                                                       U"em", U"strong", U"span", U"br", U"c"};
  return std::ranges::find(kKnown, lower_name(inner)) != kKnown.end();
}

std::optional<char32_t> number_entity(std::u32string_view digits) {
  const bool hex = !digits.empty() && (digits.front() == U'x' || digits.front() == U'X');
  if (hex) {
    digits.remove_prefix(1);
  }
  if (digits.empty()) {
    return std::nullopt;
  }
  std::uint32_t value = 0;
  for (const char32_t c : digits) {
    const char32_t folded = is_ascii_letter(c) ? (c | 0x20U) : c;
    const bool letter = hex && folded >= U'a' && folded <= U'f';
    if (!letter && !is_ascii_digit(c)) {
      return std::nullopt;
    }
    value = value * (hex ? 16U : 10U) + (letter ? folded - U'a' + 10U : c - U'0');
    value = std::min<std::uint32_t>(value, 0x110000U);
  }
  const bool scalar = value != 0 && value < 0x110000U && (value < 0xD800U || value > 0xDFFFU);
  return scalar ? static_cast<char32_t>(value) : U'\uFFFD';
}

std::optional<char32_t> entity(std::u32string_view name) {
  struct Named {
    std::u32string_view name;
    char32_t letter;
  };

  constexpr std::array<Named, 8> kNamed{{{U"amp", U'&'},
                                         {U"lt", U'<'},
                                         {U"gt", U'>'},
                                         {U"quot", U'"'},
                                         {U"apos", U'\''},
                                         {U"nbsp", U'\u00A0'},
                                         {U"lrm", U'\u200E'},
                                         {U"rlm", U'\u200F'}}};
  if (name.starts_with(U'#')) {
    return number_entity(name.substr(1));
  }
  const auto* found = std::ranges::find(kNamed, name, &Named::name);
  return found == kNamed.end() ? std::nullopt : std::optional(found->letter);
}

std::string ascii(std::u32string_view text) {
  std::string out;
  for (const char32_t c : text) {
    out += c < 0x80 ? static_cast<char>(c) : '?';
  }
  return out;
}

// `\an8` in braces, as SubRip files borrow it from ASS.
void take_braces(std::u32string_view inner, Stripped& out) {
  if (inner.size() == 4 && inner.starts_with(U"\\an") && is_ascii_digit(inner[3])) {
    place_by_keypad(static_cast<int>(inner[3] - U'0'), out.look);
  } else {
    out.left_out.insert("{\\…}");
  }
}

void take_tag(std::u32string_view inner, bool braces, Stripped& out) {
  if (braces) {
    take_braces(inner, out);
    return;
  }
  if (!inner.empty() && is_ascii_digit(inner.front())) {
    if (const std::optional<Time> moment = parse_stamp(ascii(inner))) {
      out.text += static_cast<char32_t>(kMoment + out.moments.size());
      out.moments.push_back(*moment);
    }
    return;
  }
  constexpr std::array<std::u32string_view, 9> kStyling{U"i",    U"b",  U"u",      U"s",   U"font",
                                                        U"ruby", U"em", U"strong", U"span"};
  const std::u32string name = lower_name(inner);
  if (name == U"br") {
    out.text += U'\n';
  } else if (!inner.starts_with(U'/') && std::ranges::find(kStyling, name) != kStyling.end()) {
    out.left_out.insert("<" + ascii(name) + ">");
  }
}

}  // namespace

std::size_t tag_length(std::u32string_view text, std::size_t at, Markup markup) {
  if (markup == Markup::kNone) {
    return 0;
  }
  const bool angle = text[at] == U'<';
  const bool brace =
      text[at] == U'{' && markup == Markup::kSubRip && at + 1 < text.size() && text[at + 1] == U'\\';
  if (!angle && !brace) {
    return 0;
  }
  const std::u32string_view near = text.substr(at, kLongestTag);
  const std::size_t close = near.find(angle ? U'>' : U'}');
  if (close == std::u32string_view::npos || (angle && !is_tag(near.substr(1, close - 1), markup))) {
    return 0;
  }
  return close + 1;
}

Stripped strip_tags(std::u32string_view text, Markup markup) {
  Stripped out;
  out.text.reserve(text.size());
  for (std::size_t i = 0; i < text.size();) {
    const std::size_t length = tag_length(text, i, markup);
    if (length == 0) {
      out.text += text[i++];
      continue;
    }
    take_tag(text.substr(i + 1, length - 2), text[i] == U'{', out);
    i += length;
  }
  return out;
}

void place_by_keypad(int place, TimedLook& look) {
  if (place < 1 || place > 9) {
    return;
  }
  constexpr std::array<VAlign, 3> kRows{VAlign::kBottom, VAlign::kMiddle, VAlign::kTop};
  look.valign = kRows.at(static_cast<std::size_t>(place - 1) / 3);
  const int column = (place - 1) % 3;
  look.side = column == 0   ? std::optional(CueSide::kLeft)
              : column == 2 ? std::optional(CueSide::kRight)
                            : std::nullopt;
}

std::u32string decode_entities(std::u32string_view text) {
  constexpr std::size_t kLongest = 10;
  std::u32string out;
  out.reserve(text.size());
  for (std::size_t i = 0; i < text.size();) {
    const std::u32string_view near = text.substr(i, kLongest + 2);
    const std::size_t close = text[i] == U'&' ? near.find(U';') : std::u32string_view::npos;
    const std::optional<char32_t> letter =
        close == std::u32string_view::npos ? std::nullopt : entity(near.substr(1, close - 1));
    out += letter.value_or(text[i]);
    i += letter ? close + 1 : 1;
  }
  return out;
}

}  // namespace capsule::timeline

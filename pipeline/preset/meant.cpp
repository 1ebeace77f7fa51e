#include "preset/meant.h"

#include <fmt/format.h>

#include <algorithm>
#include <charconv>
#include <vector>

#include "base/ascii.h"
#include "language/segmentation.h"
#include "language/unicode.h"

namespace capsule::preset {
namespace {

constexpr std::size_t kLongest = 40;

struct Word {
  std::string_view word;
  std::string_view means;
};

constexpr Word kUnits[] = {
    {"s", "s"},        {"s.", "s"},
    {"sec", "s"},      {"sec.", "s"},
    {"secs", "s"},     {"second", "s"},
    {"seconds", "s"},  {"seconde", "s"},
    {"secondes", "s"}, {"ث", "s"},
    {"ثانية", "s"},    {"ثوان", "s"},
    {"ثوانٍ", "s"},     {"ثواني", "s"},
    {"دقيقة", "min"},  {"دقائق", "min"},
    {"mn", "min"},     {"min", "min"},
    {"minute", "min"}, {"minutes", "min"},
    {"ms", "ms"},      {"millisecondes", "ms"},
    {"db", " dB"},     {"pixels", "px"},
    {"pixel", "px"},   {"px", "px"},
    {"%", "%"},        {"٪", "%"},
    {"u", "u"},        {"f", "f"},
    {"frames", "f"},   {"images", "f"},
};

constexpr Word kColors[] = {
    {"red", "#C62828"},    {"rouge", "#C62828"},   {"أحمر", "#C62828"},   {"green", "#2E7D32"},
    {"vert", "#2E7D32"},   {"أخضر", "#2E7D32"},    {"blue", "#1565C0"},   {"bleu", "#1565C0"},
    {"أزرق", "#1565C0"},   {"yellow", "#F9C623"},  {"jaune", "#F9C623"},  {"أصفر", "#F9C623"},
    {"orange", "#EF6C00"}, {"برتقالي", "#EF6C00"}, {"brown", "#6D4C41"},  {"marron", "#6D4C41"},
    {"بني", "#6D4C41"},    {"grey", "#757575"},    {"gray", "#757575"},   {"gris", "#757575"},
    {"رمادي", "#757575"},  {"violet", "#6A1B9A"},  {"purple", "#6A1B9A"}, {"بنفسجي", "#6A1B9A"},
    {"pink", "#D81B60"},   {"rose", "#D81B60"},    {"وردي", "#D81B60"},   {"blanc", "white"},
    {"أبيض", "white"},     {"noir", "black"},      {"أسود", "black"},
};

template <std::size_t N>
std::optional<std::string> meaning(const Word (&words)[N], std::string_view word) {
  const auto* found =
      std::find_if(std::begin(words), std::end(words), [&](const Word& w) { return w.word == word; });
  return found == std::end(words) ? std::nullopt : std::optional<std::string>(found->means);
}

/// Western digits, points for decimals, small letters, one kind of space and minus, nothing invisible.
std::string plain(std::string_view text) {
  std::u32string out;
  for (char32_t c : language::to_utf32(text)) {
    if (language::is_default_ignorable(c)) {
      continue;
    }
    if (c >= 0x0660 && c <= 0x0669) {
      c = U'0' + (c - 0x0660);
    } else if (c >= 0x06F0 && c <= 0x06F9) {
      c = U'0' + (c - 0x06F0);
    } else if (c == U',' || c == 0x066B || c == 0x060C) {
      c = U'.';
    } else if (c == 0x2212 || c == 0x2013) {
      c = U'-';
    }
    out.push_back(language::is_space(c) ? U' ' : ascii::lower(c));
  }
  const std::size_t first = std::min(out.find_first_not_of(U' '), out.size());
  out.erase(0, first);
  out.erase(out.find_last_not_of(U' ') + 1);
  return language::to_utf8(out);
}

/// "00:03", "1:02.5", "00:01:02.500" → seconds.
std::optional<std::string> clock_time(std::string_view text) {
  double seconds = 0;
  int parts = 0;
  while (true) {
    const std::size_t end = std::min(text.find(':'), text.size());
    double part = 0;
    const auto read = std::from_chars(text.data(), text.data() + end, part, std::chars_format::fixed);
    if (read.ec != std::errc() || read.ptr != text.data() + end || part < 0 || part > 1e6) {
      return std::nullopt;
    }
    seconds = seconds * 60 + part;
    ++parts;
    if (end == text.size()) {
      break;
    }
    text.remove_prefix(end + 1);
  }
  return parts > 1 && parts < 4 ? std::optional<std::string>(fmt::format("{:.6g}s", seconds)) : std::nullopt;
}

}  // namespace

std::optional<std::string> meant_quantity(std::string_view text, bool (Quantity::*fits)() const) {
  if (text.size() > kLongest) {
    return std::nullopt;
  }
  const std::string tidy = plain(text);
  const std::size_t end = std::min(tidy.find_first_not_of("-+.0123456789 "), tidy.size());
  std::string number = tidy.substr(0, end);
  number.erase(std::remove(number.begin(), number.end(), ' '), number.end());
  std::vector<std::string> tries;
  if (auto clock = clock_time(tidy); clock) {
    tries.push_back(std::move(*clock));
  } else if (const auto unit = meaning(kUnits, tidy.substr(end)); unit) {
    tries.push_back(number + *unit);
  } else if (end == tidy.size()) {
    tries = {number, number + "s", number + " dB"};
  }
  for (const std::string& attempt : tries) {
    Quantity quantity;
    if (attempt != text && parse_quantity(attempt, quantity) && (quantity.*fits)()) {
      return attempt;
    }
  }
  return std::nullopt;
}

std::optional<std::string> meant_color(std::string_view word) {
  return word.size() > kLongest ? std::nullopt : meaning(kColors, plain(word));
}

}  // namespace capsule::preset

#include <algorithm>
#include <array>
#include <cstdint>
#include <optional>

#include "base/ascii.h"

#include "timeline/cues/markup.h"

namespace capsule::timeline {
namespace {

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
    const char32_t folded = ascii::lower(c);
    const bool letter = hex && folded >= U'a' && folded <= U'f';
    if (!letter && !ascii::is_digit(c)) {
      return std::nullopt;
    }
    value = value * (hex ? 16U : 10U) + (letter ? folded - U'a' + 10U : c - U'0');
    value = std::min<std::uint32_t>(value, 0x110000U);
  }
  const bool scalar = value != 0 && value < 0x110000U && (value < 0xD800U || value > 0xDFFFU);
  return scalar ? static_cast<char32_t>(value) : U'\uFFFD';
}

struct Named {
  std::u32string_view name;
  char32_t letter;
};

// What WebVTT names itself, and what people paste from web pages into Arabic and French captions.
constexpr std::array kNamed{
    Named{U"amp", U'&'},      Named{U"lt", U'<'},          Named{U"gt", U'>'},
    Named{U"quot", U'"'},     Named{U"apos", U'\''},       Named{U"nbsp", U'\u00A0'},
    Named{U"lrm", U'\u200E'}, Named{U"rlm", U'\u200F'},    Named{U"zwnj", U'\u200C'},
    Named{U"zwj", U'\u200D'}, Named{U"thinsp", U'\u2009'}, Named{U"hellip", U'…'},
    Named{U"laquo", U'«'},    Named{U"raquo", U'»'},       Named{U"lsquo", U'‘'},
    Named{U"rsquo", U'’'},    Named{U"ldquo", U'“'},       Named{U"rdquo", U'”'},
    Named{U"ndash", U'–'},    Named{U"mdash", U'—'},       Named{U"bull", U'•'},
    Named{U"middot", U'·'},   Named{U"deg", U'°'},         Named{U"euro", U'€'},
    Named{U"copy", U'©'},     Named{U"reg", U'®'},         Named{U"trade", U'™'},
    Named{U"times", U'×'},    Named{U"agrave", U'à'},      Named{U"acirc", U'â'},
    Named{U"ccedil", U'ç'},   Named{U"egrave", U'è'},      Named{U"eacute", U'é'},
    Named{U"ecirc", U'ê'},    Named{U"euml", U'ë'},        Named{U"icirc", U'î'},
    Named{U"iuml", U'ï'},     Named{U"ocirc", U'ô'},       Named{U"ugrave", U'ù'},
    Named{U"ucirc", U'û'},    Named{U"uuml", U'ü'},        Named{U"oelig", U'œ'},
    Named{U"Agrave", U'À'},   Named{U"Acirc", U'Â'},       Named{U"Ccedil", U'Ç'},
    Named{U"Egrave", U'È'},   Named{U"Eacute", U'É'},      Named{U"Ecirc", U'Ê'},
    Named{U"Icirc", U'Î'},    Named{U"Ocirc", U'Ô'},       Named{U"OElig", U'Œ'},
};

std::optional<char32_t> entity(std::u32string_view name) {
  if (name.starts_with(U'#')) {
    return number_entity(name.substr(1));
  }
  const auto* found = std::ranges::find(kNamed, name, &Named::name);
  return found == kNamed.end() ? std::nullopt : std::optional(found->letter);
}

}  // namespace

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

#include "timeline/cues/lines.h"

#include <algorithm>

#include "language/segmentation.h"
#include "language/tag.h"
#include "language/unicode.h"

namespace capsule::timeline {

std::vector<std::string_view> lines_of(std::string_view text) {
  std::vector<std::string_view> lines;
  while (!text.empty()) {
    const std::size_t end = std::min(text.find('\n'), text.size());
    if (end > 0) {
      lines.push_back(text.substr(0, end));
    }
    text.remove_prefix(std::min(end + 1, text.size()));
  }
  return lines;
}

std::optional<Direction> first_direction(std::string_view line) {
  for (const char32_t c : language::to_utf32(line)) {
    if (const std::optional<Direction> strong = language::strong_direction(c)) {
      return strong;
    }
  }
  return std::nullopt;
}

std::u32string without_marks(std::u32string text, std::string_view language) {
  if (language.empty()) {
    return text;
  }
  const Direction direction = language::direction_of(language);
  const char32_t mark = direction == Direction::kRightToLeft ? U'\u200F' : U'\u200E';
  std::u32string out;
  for (std::size_t at = 0; at < text.size(); ++at) {
    const bool leads = text[at] == mark && (out.empty() || out.back() == U'\n');
    const std::u32string_view rest = std::u32string_view(text).substr(at + 1);
    const bool turns =
        leads &&
        first_direction(language::to_utf8(rest.substr(0, rest.find(U'\n')))).value_or(direction) != direction;
    if (!turns) {
      out += text[at];
    }
  }
  return out;
}

}  // namespace capsule::timeline

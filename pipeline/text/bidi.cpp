#include "text/bidi.h"

#include <fribidi.h>

#include <algorithm>
#include <array>
#include <numeric>

#include "language/unicode.h"

namespace capsule::text {
namespace {

// In the order of ICU's UCharDirection (unicode/uchar.h), which language::bidi_class returns.
constexpr std::array<FriBidiCharType, 23> kTypes = {
    FRIBIDI_TYPE_LTR, FRIBIDI_TYPE_RTL, FRIBIDI_TYPE_EN,  FRIBIDI_TYPE_ES, FRIBIDI_TYPE_ET,
    FRIBIDI_TYPE_AN,  FRIBIDI_TYPE_CS,  FRIBIDI_TYPE_BS,  FRIBIDI_TYPE_SS, FRIBIDI_TYPE_WS,
    FRIBIDI_TYPE_ON,  FRIBIDI_TYPE_LRE, FRIBIDI_TYPE_LRO, FRIBIDI_TYPE_AL, FRIBIDI_TYPE_RLE,
    FRIBIDI_TYPE_RLO, FRIBIDI_TYPE_PDF, FRIBIDI_TYPE_NSM, FRIBIDI_TYPE_BN, FRIBIDI_TYPE_FSI,
    FRIBIDI_TYPE_LRI, FRIBIDI_TYPE_RLI, FRIBIDI_TYPE_PDI};

FriBidiCharType type_of(char32_t c) {
  const auto value = static_cast<std::size_t>(language::bidi_class(c));
  return value < kTypes.size() ? kTypes[value] : FRIBIDI_TYPE_ON;
}

// UAX #9 BD16 compares canonical equivalents: the angle brackets U+2329 and U+232A are U+3008 and U+3009.
char32_t canonical_bracket(char32_t c) {
  switch (c) {
    case 0x2329:
      return 0x3008;
    case 0x232A:
      return 0x3009;
    default:
      return c;
  }
}

FriBidiBracketType bracket_of(char32_t c) {
  const auto bracket = language::bidi_bracket(c);
  switch (bracket.kind) {
    case language::BracketKind::kOpen:
      return canonical_bracket(c) | FRIBIDI_BRACKET_OPEN_MASK;
    case language::BracketKind::kClose:
      return canonical_bracket(bracket.pair);
    default:
      return FRIBIDI_NO_BRACKET;
  }
}

/// The paragraph as the engine sees it: with the virtual isolates written in.
struct Feed {
  std::vector<FriBidiCharType> types;
  std::vector<FriBidiBracketType> brackets;
  std::vector<std::int32_t> origin;  ///< Index in the text, -1 for what was inserted.

  void add(FriBidiCharType type, FriBidiBracketType bracket, std::int32_t from) {
    types.push_back(type);
    brackets.push_back(bracket);
    origin.push_back(from);
  }
};

Feed feed_of(std::u32string_view text, std::span<const Isolation> isolations) {
  Feed feed;
  feed.types.reserve(text.size() + 2 * isolations.size());
  feed.brackets.reserve(feed.types.capacity());
  feed.origin.reserve(feed.types.capacity());
  std::size_t next = 0;
  const auto size = static_cast<std::int32_t>(text.size());
  for (std::int32_t i = 0; i < size; ++i) {
    FriBidiCharType type = type_of(text[static_cast<std::size_t>(i)]);
    if (next < isolations.size() && isolations[next].start <= i) {
      const bool opens = isolations[next].start == i;
      const bool right_to_left = isolations[next].right_to_left;
      if (opens) {
        feed.add(right_to_left ? FRIBIDI_TYPE_RLI : FRIBIDI_TYPE_LRI, FRIBIDI_NO_BRACKET, -1);
      }
      type = !right_to_left && type == FRIBIDI_TYPE_AN           ? FRIBIDI_TYPE_EN
             : right_to_left && opens && type == FRIBIDI_TYPE_ET ? FRIBIDI_TYPE_RTL
                                                                 : type;
    }
    feed.add(type,
             type == FRIBIDI_TYPE_ON ? bracket_of(text[static_cast<std::size_t>(i)]) : FRIBIDI_NO_BRACKET, i);
    if (next < isolations.size() && isolations[next].end == i + 1) {
      feed.add(FRIBIDI_TYPE_PDI, FRIBIDI_NO_BRACKET, -1);
      ++next;
    }
  }
  return feed;
}

bool at_line_end_reset(FriBidiCharType type) {
  return FRIBIDI_IS_EXPLICIT_OR_BN_OR_WS(type) || FRIBIDI_IS_ISOLATE(type) || type == FRIBIDI_TYPE_BS ||
         type == FRIBIDI_TYPE_SS;
}

FriBidiParType par_type(Base base) {
  switch (base) {
    case Base::kLeftToRight:
      return FRIBIDI_PAR_LTR;
    case Base::kRightToLeft:
      return FRIBIDI_PAR_RTL;
    default:
      return FRIBIDI_PAR_ON;
  }
}

/// Reverses every stretch of `level` or more.
void reverse_runs(std::span<const std::uint8_t> levels, int level, std::vector<std::int32_t>& order) {
  const auto below = [level](std::uint8_t other) { return other < level; };
  auto from = levels.begin();
  while (from != levels.end()) {
    from = std::find_if_not(from, levels.end(), below);
    const auto to = std::find_if(from, levels.end(), below);
    std::reverse(order.begin() + (from - levels.begin()), order.begin() + (to - levels.begin()));
    from = to;
  }
}

}  // namespace

Levels bidi_levels(std::u32string_view paragraph, Base base, std::span<const Isolation> isolations) {
  Levels levels;
  levels.base = base == Base::kRightToLeft ? 1 : 0;
  levels.of.assign(paragraph.size(), levels.base);
  if (paragraph.empty()) {
    return levels;
  }
  const Feed feed = feed_of(paragraph, isolations);
  std::vector<FriBidiLevel> found(feed.types.size());
  FriBidiParType direction = par_type(base);
  if (fribidi_get_par_embedding_levels_ex(feed.types.data(), feed.brackets.data(),
                                          static_cast<FriBidiStrIndex>(feed.types.size()), &direction,
                                          found.data()) == 0) {
    return levels;
  }
  levels.base = FRIBIDI_IS_RTL(direction) ? 1 : 0;
  std::int32_t seen = 0;
  for (std::size_t i = 0; i < found.size(); ++i) {
    const auto level = static_cast<std::uint8_t>(std::max<int>(found[i], 0));
    if (feed.origin[i] < 0) {
      levels.borders.push_back({seen, level});
      continue;
    }
    levels.of[static_cast<std::size_t>(feed.origin[i])] = level;
    seen = feed.origin[i] + 1;
  }
  return levels;
}

void reset_line_end(std::u32string_view line, std::uint8_t base, std::span<std::uint8_t> levels) {
  for (std::size_t i = line.size(); i > 0 && at_line_end_reset(type_of(line[i - 1])); --i) {
    levels[i - 1] = base;
  }
}

std::vector<std::int32_t> visual_order(std::span<const std::uint8_t> levels) {
  std::vector<std::int32_t> order(levels.size());
  std::iota(order.begin(), order.end(), 0);
  int highest = 0;
  int lowest_odd = 255;
  for (const int level : levels) {
    highest = std::max(highest, level);
    lowest_odd = level % 2 == 1 ? std::min(lowest_odd, level) : lowest_odd;
  }
  for (int level = highest; level >= lowest_odd; --level) {
    reverse_runs(levels, level, order);
  }
  return order;
}

}  // namespace capsule::text

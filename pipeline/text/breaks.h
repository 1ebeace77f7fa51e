#pragma once
#include <cstdint>
#include <vector>

#include "text/analysis.h"

namespace capsule::text {

struct LineEnds {
  std::vector<std::int32_t> ends;  ///< The last is the end of the text.
  double widest = 0;               ///< In em, without trailing white space.
  bool cut = false;                ///< A token, or a sign from its word, had to be cut off.
  bool torn = false;               ///< A word had to be cut at a grapheme.
};

/// Fills each line as far as `limit` (em). What is wider than a line is cut inside tokens where UAX #14
/// allows, else between graphemes that do not join; joined letters are never parted and overflow.
LineEnds break_greedy(const Analysis& analysis, double limit, Shaper& shaper);

/// As many lines as the greedy way needs, the widest of them as narrow as can be; a little wider where that
/// keeps prepositions, articles and numbers with their word.
LineEnds break_balanced(const Analysis& analysis, double limit, Shaper& shaper);

}  // namespace capsule::text

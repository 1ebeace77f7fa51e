#pragma once
#include <cstddef>
#include <cstdint>
#include <span>
#include <utility>
#include <vector>

#include "timeline/cues.h"

namespace capsule::timeline {

struct Span {
  Time from, to;
  int place = 0;  ///< Spans of other places never meet.
};

/// A stretch of the film and the captions that show in it.
struct Showing {
  Time from, to;
  std::vector<std::size_t> shown;  ///< Numbers of the spans, top to bottom; one or two, of one place.
};

/// How many captions begin before an earlier one of their place has ended, and the number of the first.
/// `spans` are in order of their begins.
std::pair<std::int64_t, std::size_t> count_overlaps(std::span<const Span> spans);

/// What shows when of spans that may overlap, as viewers know it from players. An overlap of up to half a
/// second is a slip of the clock: the earlier span ends. In a longer one two people speak: both show, the
/// later one above, so that the one being read does not move; those that begin together in their own order.
/// Of three at once the two that began last. The result is in order of begins and, in each place, free of
/// overlaps.
std::vector<Showing> untangle(std::span<const Span> spans);

}  // namespace capsule::timeline

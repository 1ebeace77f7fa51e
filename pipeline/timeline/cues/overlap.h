#pragma once
#include <cstddef>
#include <span>
#include <vector>

#include "base/time.h"

namespace capsule::timeline {

struct Span {
  Time from, to;
};

/// A stretch of the film and the captions that show in it.
struct Showing {
  Time from, to;
  std::vector<std::size_t> shown;  ///< Numbers of the spans, top to bottom; one or two.
};

/// What shows when of spans that may overlap, as viewers know it from players. An overlap of up to half a
/// second is a slip of the clock: the earlier span ends. In a longer one two people speak: both show, the
/// later one above, so that the one being read does not move; those that begin together in their own order.
/// Of three at once the two that began last. The result is in order and free of overlaps.
std::vector<Showing> untangle(std::span<const Span> spans);

}  // namespace capsule::timeline

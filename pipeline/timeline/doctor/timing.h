#pragma once
#include <cstdint>
#include <optional>
#include <vector>

#include "timeline/cues.h"

namespace capsule::timeline {

/// How often something was mended, and the line where it was first.
struct Mended {
  std::int64_t count = 0;
  int first_line = 0;

  void add(int line) { first_line = count++ == 0 ? line : first_line; }
};

struct TimingReport {
  Mended order, overlaps, snapped, gaps;
};

/// Puts the cues in order of their begins, takes overlaps apart as untangle() does, brings begins and ends to
/// the frames of `rate` where one is given, and closes gaps of less than two frames (80 ms without a rate),
/// which only flicker. A second time changes nothing, also after the times were written in milliseconds.
TimingReport mend_timing(std::vector<TimedText>& cues, std::optional<FrameRate> rate);

}  // namespace capsule::timeline

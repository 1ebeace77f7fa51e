#pragma once
#include <string>
#include <string_view>
#include <vector>

#include "timeline/cues.h"

namespace capsule::timeline {

/// The settings behind a WebVTT cue's times: `align:`, `line:`, `position:` and `size:` go into the look; the
/// names of the others come back, and of those that say nothing. With `vertical:` only `align:` is read.
/// Source: W3C WebVTT, 6.3.
std::vector<std::string> read_settings(std::string_view settings, TimedLook& look);
/// What read_settings() reads back, with a space in front; empty for the usual look.
std::string write_settings(const TimedLook& look);

}  // namespace capsule::timeline

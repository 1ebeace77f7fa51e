#pragma once
#include <optional>
#include <string_view>

#include "base/time.h"

namespace capsule::timeline {

struct Stamps {
  Time from, to;
  std::string_view settings{};  ///< What stands behind the times.
};

/// `01:02:03,450 --> 01:02:05.5 settings` → times and settings; hours may be left out, the part of a second
/// has one to three digits behind a comma or point (three behind a colon, as some programs write it). Spaces
/// and direction signs around the numbers, which editors of Arabic leave there, are passed over. Nothing for
/// signs, minutes or seconds from 60, 1000 hours and more, other digits than 0–9.
std::optional<Stamps> parse_stamps(std::string_view line);

/// One time alone: `01:02:03.45`, with the same rules.
std::optional<Time> parse_stamp(std::string_view text);

}  // namespace capsule::timeline

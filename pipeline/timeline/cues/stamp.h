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
/// and direction signs around the numbers, which editors of Arabic leave there, are passed over. A line that
/// holds nothing else may be typed worse: ٠-٩ and ۰-۹, an Arabic comma or point, `;` for `:`, `->` or `==>`,
/// a minus before a time, which is then 0. Nothing for minutes or seconds from 60, 1000 hours and more.
std::optional<Stamps> parse_stamps(std::string_view line);

/// One time alone: `01:02:03.45`, with the same rules.
std::optional<Time> parse_stamp(std::string_view text);

/// Whether a line that no times can be read from was meant to hold them: digits, an arrow.
bool is_meant_as_times(std::string_view line);

}  // namespace capsule::timeline

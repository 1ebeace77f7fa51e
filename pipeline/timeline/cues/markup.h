#pragma once
#include <set>
#include <string>
#include <string_view>
#include <vector>

#include "timeline/cues.h"

namespace capsule::timeline {

enum class Markup { kSubRip, kWebVtt, kNone };

/// Stands in a text for the instant number `c - kMoment`; beyond Unicode, so that no text holds one.
inline constexpr char32_t kMoment = 0x110000;

/// A text without its tags, and what the tags said.
struct Stripped {
  std::u32string text;
  std::vector<Time> moments;  ///< The instants that kMoment signs in the text stand for.
  TimedLook look;
  std::set<std::string> left_out;  ///< Kinds of markup without effect: "i", "font".
};

/// Takes out tags: `<i>`, `</font>`, in WebVTT also `<v Name>`, `<c.loud>`; `{\an8}` of SubRip files. A lone
/// `<` stays. `<00:01.000>` becomes a sign for its instant.
Stripped strip_tags(std::u32string_view text, Markup markup);

/// Length of the tag that begins at `at`, 0 for none.
std::size_t tag_length(std::u32string_view text, std::size_t at, Markup markup);

/// `&amp;`, `&lt;`, `&gt;`, `&quot;`, `&nbsp;`, `&lrm;`, `&rlm;`, `&#38;`, `&#x26;`; anything else stays as
/// it is. Numbers outside Unicode's scalar values become U+FFFD.
std::u32string decode_entities(std::u32string_view text);

/// The numeric keypad's places 1 to 9, as ASS counts them; 2 is the usual place.
void place_by_keypad(int place, TimedLook& look);

}  // namespace capsule::timeline

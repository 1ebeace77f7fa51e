#pragma once
#include <cstdint>
#include <string_view>
#include <utility>
#include <vector>

#include "timeline/cues.h"

// The letters' looks of a caption's text.
namespace capsule::timeline {

/// Stretches of any kind, in order → the look of most letters into `cue.look`, the others into `cue.styles`.
/// Two texts that look alike come out alike.
void set_styles(std::u32string_view text, const std::vector<TimedStyle>& parts, TimedText& cue);

/// The whole text in stretches that differ from the one before, spaces between words of one look included.
std::vector<TimedStyle> styled_parts(std::u32string_view text, const TimedText& cue);

/// Brings a caption's looks, whose text was changed, into the form that set_styles() gives them.
void settle_styles(TimedText& cue);

/// Takes away the letters' looks that most cues have, which are no more than the default of their file.
void forget_usual_looks(std::vector<TimedText>& cues);

/// Two captions as one: the text of `below` under that of `first`, each with its letters' looks; words and
/// times are `first`'s. Equal texts are said once.
TimedText stacked(const TimedText& first, const TimedText& below);

}  // namespace capsule::timeline

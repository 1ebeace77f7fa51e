#pragma once
#include <cstdint>
#include <string_view>
#include <utility>
#include <vector>

#include "timeline/cues.h"

// The letters' looks of a caption's text.
namespace capsule::timeline {

/// A stretch of the text that looks one way throughout, spaces at its ends apart.
using StyledPart = TimedStyle;

/// Stretches of any kind, in order → the look of most letters into `cue.look`, the others into `cue.styles`.
/// Two texts that look alike come out alike.
void set_styles(std::u32string_view text, const std::vector<StyledPart>& parts, TimedText& cue);

/// The whole text in stretches that differ from the one before, spaces between words of one look included.
std::vector<StyledPart> styled_parts(std::u32string_view text, const TimedText& cue);

/// Brings a caption's looks, whose text was changed, into the form that set_styles() gives them.
void settle_styles(TimedText& cue);

/// Two captions as one: the text of `below` under that of `first`, each with its letters' looks; words and
/// times are `first`'s. Equal texts are said once.
TimedText stacked(const TimedText& first, const TimedText& below);

}  // namespace capsule::timeline

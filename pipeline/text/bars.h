#pragma once
#include <vector>

#include "text/paragraph.h"
#include "text/spans.h"

namespace capsule::text {

/// Gives the lines of a paragraph the bars that their emphasis asks for, and their ink the bars' room. Called
/// before lines are stacked, with Paragraph::text set. A bar is one piece along letters that stand side by
/// side, in one height and thickness in the whole paragraph, as the fonts' tables say; under letters that
/// join it lies below their dots, vowel signs and short tails. It leaves room around ink that reaches through
/// it.
void add_bars(Paragraph& paragraph, const std::vector<Emphasis>& emphasis);

/// Moves the bars onto whole pixels of the paragraph's box.
void snap_bars(Paragraph& paragraph);

/// The bars of some letters, in the paragraph's box.
std::vector<RectF> bars_of(const Paragraph& paragraph, Range range);
/// All of them.
std::vector<RectF> bars_of(const Paragraph& paragraph);

}  // namespace capsule::text

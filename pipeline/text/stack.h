#pragma once
#include <vector>

#include "text/paragraph.h"

namespace capsule::text {

/// Sets x of every line by its direction (one of `right_to_left` per line) and the style's alignment, and the
/// baselines from the line height, grown where the ink of neighbours would touch. Fills width, height and
/// ink.
void stack_lines(Paragraph& paragraph, const ParagraphStyle& style, const std::vector<bool>& right_to_left);

}  // namespace capsule::text

#pragma once
#include <cstdint>
#include <string_view>
#include <vector>

#include "text/analysis.h"
#include "text/breaks.h"

namespace capsule::text {

/// A text whose short lines were stretched: it holds tatweels that its author did not write.
struct Stretched {
  Analysis analysis;                 ///< Of the longer text; offset 0.
  std::vector<std::int32_t> ends;    ///< Of its lines.
  std::vector<std::int32_t> origin;  ///< The code point of the given text that each of its own belongs to.
};

/// Stretches the lines of a text towards `widest` (em): one join in a word, first after seen and sad, then
/// before the word's last letter, wherever the font says that a tatweel is safe; what a whole tatweel is too
/// long for goes between the words. No line grows by more than a third. `text` is what `analysis` was made
/// from.
Stretched stretch(std::u32string_view text, const Analysis& analysis, const LineEnds& lines, double widest,
                  const ParagraphStyle& style, Shaper& shaper);

}  // namespace capsule::text

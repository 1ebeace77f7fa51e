#pragma once
#include <optional>
#include <span>

#include "timeline/doctor/letters.h"

namespace capsule::timeline {

/// What a whole file tells of the end at which its punctuation was typed.
struct PunctuationEvidence {
  int wrong = 0;  ///< Right-to-left lines that begin with a full stop, ? or ! and end with none.
  int right = 0;  ///< Lines that end with punctuation, other than ؟ and ؛, and do not begin with it.

  /// One line alone may be a slip of something else.
  [[nodiscard]] bool convinces() const { return wrong >= 2 || (wrong == 1 && right == 0); }

  /// The file as a whole was typed for players that run from the left: signs that may be right in a good file
  /// (commas, ellipses, brackets, dashes) count as well.
  [[nodiscard]] bool prevails() const { return convinces() && wrong > right; }
};

PunctuationEvidence weigh(std::span<const Letters> lines);

/// The line with its punctuation at the end where it is read; nullopt where nothing is wrong with it.
/// «.مرحبا» → «مرحبا.», and with prevailing evidence «(مرحبا (نعم» → «مرحبا (نعم)», «نعم -» → «- نعم». A
/// second time gives nullopt.
std::optional<Letters> mended_punctuation(const Letters& line, const PunctuationEvidence& evidence);

}  // namespace capsule::timeline

#pragma once
#include <cstddef>
#include <string>
#include <string_view>

namespace capsule::timeline {

enum class Markup { kSubRip, kWebVtt };

inline constexpr std::size_t kMaxLetters = 2000;  ///< Of a cue, marks not counted (RELIABILITY.md §5, P5).
inline constexpr int kMaxMarks = 64;              ///< On one letter.

/// A cue's text made safe to lay out, and what had to be done to it.
struct Cleaned {
  std::string text;  ///< UTF-8, LF between lines, no empty lines, no white space at the ends of a line.
  std::size_t letters = 0;
  int most_marks = 0;  ///< On one letter.
  int controls = 0;    ///< Control characters removed (NUL and the rest of C0 and C1).
  int directions = 0;  ///< Direction signs removed (overrides, closers of nothing) or closed at the end.
};

/// Ill-formed UTF-8 becomes U+FFFD; `<i>` and `{\an8}` go, entities become letters. Direction signs come out
/// balanced: overrides are removed, embeddings and isolates left open are closed at the end of the cue; marks
/// (LRM, RLM, ALM), isolates, ZWJ and ZWNJ stay. Idempotent in respect of direction signs.
Cleaned clean(std::string_view utf8, Markup markup);

/// The part of clean() that deals with direction signs; `changes` counts what was removed or closed.
std::u32string balance_directions(std::u32string_view text, int& changes);

}  // namespace capsule::timeline

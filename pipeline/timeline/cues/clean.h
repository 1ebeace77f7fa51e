#pragma once
#include <cstddef>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "timeline/cues.h"

namespace capsule::timeline {

inline constexpr std::size_t kMaxLetters = 2000;  ///< Of a cue, marks not counted (RELIABILITY.md §5, P5).
inline constexpr int kMaxMarks = 64;              ///< On one letter.

/// A cue's text made safe to lay out, and what had to be done to it.
struct Cleaned {
  std::u32string text;  ///< LF between lines, no empty lines, no white space at the ends of a line.
  std::vector<std::pair<std::int32_t, std::size_t>> moments;  ///< Place in the text, number of the instant.
  std::vector<std::pair<std::int32_t, std::size_t>> turns;    ///< Place in the text, number of the look.
  std::size_t letters = 0;
  int most_marks = 0;  ///< On one letter.
  int controls = 0;    ///< Control characters removed (NUL and the rest of C0 and C1).
  int directions = 0;  ///< Direction signs removed (overrides, closers of nothing) or closed at the end.
};

/// A text without tags (see markup.h; its signs for instants and looks are taken out) → clean. Direction
/// signs come out balanced: overrides are removed, embeddings and isolates left open are closed at the end of
/// the cue; marks (LRM, RLM, ALM), isolates, ZWJ and ZWNJ stay. Idempotent in respect of direction signs.
Cleaned clean(std::u32string_view text);

/// The part of clean() that deals with direction signs; `changes` counts what was removed or closed.
std::u32string balance_directions(std::u32string_view text, int& changes);

/// The instants at their places in a text → what is said when: from one instant to the next, spaces at the
/// ends of a part left out, nothing for parts without letters or time. Instants that go back, or leave
/// `begin`..`end`, are not counted; `end` is the last instant.
std::vector<TimedPart> spoken_parts(std::u32string_view text,
                                    const std::vector<std::pair<std::int32_t, Time>>& moments, Time begin,
                                    Time end);

}  // namespace capsule::timeline

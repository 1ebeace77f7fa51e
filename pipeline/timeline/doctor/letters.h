#pragma once
#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "timeline/cues.h"

namespace capsule::timeline {

/// A letter of a text under repair; `origin` is its place in the text as it was, -1 for one that is new.
struct Letter {
  char32_t sign = 0;
  std::int32_t origin = -1;
};

using Letters = std::vector<Letter>;

Letters letters_of(std::string_view utf8);
/// Puts the repaired text into the cue; its words keep to their letters.
void put_letters(const Letters& letters, TimedText& cue);

/// `work` on each line, LF kept between them.
template <typename Work>
Letters by_line(const Letters& text, const Work& work) {
  Letters out;
  Letters line;
  for (const Letter& letter : text) {
    if (letter.sign != U'\n') {
      line.push_back(letter);
      continue;
    }
    const Letters done = work(line);
    out.insert(out.end(), done.begin(), done.end());
    out.push_back(letter);
    line.clear();
  }
  const Letters done = work(line);
  out.insert(out.end(), done.begin(), done.end());
  return out;
}

std::u32string signs_of(const Letters& letters);

}  // namespace capsule::timeline

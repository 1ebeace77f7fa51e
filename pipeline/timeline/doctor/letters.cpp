#include "timeline/doctor/letters.h"

#include <algorithm>
#include <tuple>
#include <utility>

#include "language/segmentation.h"
#include "language/unicode.h"
#include "timeline/cues/styles.h"

namespace capsule::timeline {

namespace {

bool is_edge_space(const Letter& letter) {
  return letter.sign != U'\u00A0' && language::is_space(letter.sign);
}

// Lines that a repair left empty go, and so do the spaces at their ends.
Letters without_empty_lines(const Letters& letters) {
  Letters out;
  const auto end_line = [&out] {
    while (!out.empty() && is_edge_space(out.back())) {
      out.pop_back();
    }
  };
  for (const Letter& letter : letters) {
    const bool at_begin = out.empty() || out.back().sign == U'\n';
    if (letter.sign == U'\n') {
      end_line();
      if (!out.empty()) {
        out.push_back(letter);
      }
    } else if (!at_begin || !is_edge_space(letter)) {
      out.push_back(letter);
    }
  }
  end_line();
  return out;
}

}  // namespace

Letters letters_of(std::string_view utf8) {
  Letters out;
  std::int32_t place = 0;
  for (const char32_t c : language::to_utf32(utf8)) {
    out.push_back({c, place++});
  }
  return out;
}

std::u32string signs_of(const Letters& letters) {
  std::u32string out;
  for (const Letter& letter : letters) {
    out += letter.sign;
  }
  return out;
}

void put_letters(const Letters& mended, TimedText& cue) {
  const Letters letters = without_empty_lines(mended);
  cue.text = language::to_utf8(signs_of(letters));
  // Where the letters of a stretch now stand.
  const auto moved = [&letters](const auto& stretch) {
    const auto inside = [&](const Letter& letter) {
      return letter.origin >= stretch.start && letter.origin < stretch.end;
    };
    const auto first = std::ranges::find_if(letters, inside);
    const auto last = std::find_if(letters.rbegin(), letters.rend(), inside);
    return std::pair(
        static_cast<std::int32_t>(first - letters.begin()),
        first == letters.end() ? std::int32_t{0} : static_cast<std::int32_t>(letters.rend() - last));
  };
  const auto put_back = [&moved](auto& stretches) {
    for (auto& stretch : stretches) {
      std::tie(stretch.start, stretch.end) = moved(stretch);
    }
    std::erase_if(stretches, [](const auto& stretch) { return stretch.start >= stretch.end; });
  };
  put_back(cue.words);
  put_back(cue.styles);
  settle_styles(cue);
}

}  // namespace capsule::timeline

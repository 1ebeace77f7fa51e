#include "timeline/cues/styles.h"

#include <algorithm>
#include <optional>

#include "language/segmentation.h"
#include "language/unicode.h"

namespace capsule::timeline {
namespace {

constexpr std::size_t kMostKinds = 64;

template <typename T>
using Counts = std::vector<std::pair<T, std::int64_t>>;

template <typename T>
void add_to(Counts<T>& counts, const T& what, std::int64_t more) {
  const auto found = std::ranges::find(counts, what, &std::pair<T, std::int64_t>::first);
  if (found != counts.end()) {
    found->second += more;
  } else if (counts.size() < kMostKinds) {
    counts.emplace_back(what, more);
  }
}

template <typename T>
std::optional<T> most_of(const Counts<T>& counts) {
  const auto most = std::ranges::max_element(counts, {}, &std::pair<T, std::int64_t>::second);
  return most == counts.end() ? std::nullopt : std::optional(most->first);
}

LetterLook letters_of(const TimedText& cue) {
  return cue.look;
}

void set_letters(TimedText& cue, const LetterLook& look) {
  static_cast<LetterLook&>(cue.look) = look;
}

// Without spaces at the ends; stretches of one look that only spaces part become one.
std::vector<TimedStyle> tidied(std::u32string_view text, const std::vector<TimedStyle>& parts) {
  const auto is_blank = [&](std::int32_t at) {
    return language::is_space(text[static_cast<std::size_t>(at)]);
  };
  std::vector<TimedStyle> out;
  for (TimedStyle part : parts) {
    while (part.start < part.end && is_blank(part.start)) {
      ++part.start;
    }
    while (part.start < part.end && is_blank(part.end - 1)) {
      --part.end;
    }
    if (part.start == part.end) {
      continue;
    }
    if (!out.empty() && out.back().look == part.look) {
      out.back().end = part.end;
    } else {
      out.push_back(part);
    }
  }
  return out;
}

}  // namespace

void set_styles(std::u32string_view text, const std::vector<TimedStyle>& parts, TimedText& cue) {
  const std::vector<TimedStyle> tidy = tidied(text, parts);
  Counts<LetterLook> counts;
  for (const TimedStyle& part : tidy) {
    const auto begin = text.begin() + part.start;
    add_to(counts, part.look,
           std::count_if(begin, text.begin() + part.end, [](char32_t c) { return !language::is_space(c); }));
  }
  const LetterLook most = most_of(counts).value_or(letters_of(cue));
  set_letters(cue, most);
  cue.styles.clear();
  std::ranges::copy_if(tidy, std::back_inserter(cue.styles),
                       [&](const TimedStyle& part) { return !(part.look == most); });
}

std::vector<TimedStyle> styled_parts(std::u32string_view text, const TimedText& cue) {
  std::vector<TimedStyle> parts;
  std::int32_t done = 0;
  const auto length = static_cast<std::int32_t>(text.size());
  for (const TimedStyle& style : cue.styles) {
    parts.push_back({done, style.start, letters_of(cue)});
    parts.push_back(style);
    done = style.end;
  }
  parts.push_back({done, length, letters_of(cue)});
  return tidied(text, parts);
}

void settle_styles(TimedText& cue) {
  const std::u32string text = language::to_utf32(cue.text);
  const std::vector<TimedStyle> parts = styled_parts(text, cue);
  set_styles(text, parts, cue);
}

TimedText stacked(const TimedText& first, const TimedText& below) {
  TimedText out = first;
  if (first.text == below.text || below.text.empty()) {
    return out;
  }
  const std::u32string top = language::to_utf32(first.text);
  const std::u32string bottom = language::to_utf32(below.text);
  const auto shift = static_cast<std::int32_t>(top.size() + 1);
  std::vector<TimedStyle> parts = styled_parts(top, first);
  for (TimedStyle part : styled_parts(bottom, below)) {
    part.start += shift;
    part.end += shift;
    parts.push_back(part);
  }
  out.text += "\n" + below.text;
  set_styles(top + U"\n" + bottom, parts, out);
  return out;
}

void forget_usual_looks(std::vector<TimedText>& cues) {
  Counts<LetterLook> counts;
  for (const TimedText& cue : cues) {
    add_to(counts, letters_of(cue), 1);
  }
  // Of no more than half of them it is no default.
  std::erase_if(counts, [&](const auto& each) { return 2 * each.second <= std::ssize(cues); });
  const LetterLook usual = most_of(counts).value_or(LetterLook{});
  const auto forget = [&usual](LetterLook& look) {
    look.bold = look.bold && !usual.bold;
    look.italic = look.italic && !usual.italic;
    look.underline = look.underline && !usual.underline;
    look.strike = look.strike && !usual.strike;
    look.color = look.color == usual.color ? std::nullopt : look.color;
  };
  for (TimedText& cue : cues) {
    forget(cue.look);
    for (TimedStyle& style : cue.styles) {
      forget(style.look);
    }
    // Stretches that differed only in what is forgotten are none.
    settle_styles(cue);
  }
}

}  // namespace capsule::timeline

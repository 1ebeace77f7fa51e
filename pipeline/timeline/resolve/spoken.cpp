#include "timeline/resolve/spoken.h"

#include <algorithm>
#include <numeric>
#include <string>

#include "language/segmentation.h"
#include "language/unicode.h"

namespace capsule::timeline {
namespace {

struct Weighed {
  std::int32_t start = 0, end = 0;
  std::int64_t letters = 0;
};

std::int64_t letters_in(std::u32string_view word, std::string_view language) {
  std::int64_t letters = 0;
  std::int32_t begin = 0;
  for (const std::int32_t end : language::boundaries(word, language::Breaks::kGrapheme, language)) {
    const auto cluster = word.substr(static_cast<std::size_t>(begin), static_cast<std::size_t>(end - begin));
    letters += std::ranges::any_of(cluster,
                                   [](char32_t c) { return language::is_letter(c) || language::is_digit(c); })
                   ? 1
                   : 0;
    begin = end;
  }
  return letters;
}

std::vector<Weighed> weighed_words(std::u32string_view text, std::string_view language) {
  std::vector<Weighed> words;
  for (std::size_t at = 0; at < text.size();) {
    if (language::is_space(text[at])) {
      ++at;
      continue;
    }
    const auto* stop = std::find_if(text.begin() + at, text.end(), language::is_space);
    const auto end = static_cast<std::size_t>(stop - text.begin());
    const std::int64_t letters = letters_in(text.substr(at, end - at), language);
    if (letters == 0 && !words.empty()) {
      words.back().end = static_cast<std::int32_t>(end);
    } else {
      words.push_back({static_cast<std::int32_t>(at), static_cast<std::int32_t>(end), letters});
    }
    at = end;
  }
  // A sign before the first word goes with that.
  if (words.size() > 1 && words.front().letters == 0) {
    words[1].start = words.front().start;
    words.erase(words.begin());
  }
  return words;
}

}  // namespace

std::vector<TimedPart> spread_words(std::string_view text, Time from, Time to, std::string_view language) {
  const std::vector<Weighed> words = weighed_words(language::to_utf32(text), language);
  const std::int64_t all = std::accumulate(
      words.begin(), words.end(), std::int64_t{0},
      [](std::int64_t sum, const Weighed& word) { return sum + std::max<std::int64_t>(1, word.letters); });
  std::vector<TimedPart> parts;
  std::int64_t done = 0;
  const auto moment = [&] { return from + (to - from) * Time(done, all); };
  for (const Weighed& word : words) {
    const Time begin = moment();
    done += std::max<std::int64_t>(1, word.letters);
    parts.push_back({word.start, word.end, begin, moment()});
  }
  return parts;
}

std::vector<SpokenPart> in_frames(const std::vector<TimedPart>& words, FrameRate rate) {
  std::vector<SpokenPart> out;
  FrameIndex done{0};
  for (const TimedPart& word : words) {
    const FrameIndex begin = std::max(done, nearest_frame(word.from, rate));
    const FrameIndex end = std::max(begin, nearest_frame(word.to, rate));
    out.push_back({word.start, word.end, {begin, end}});
    done = end;
  }
  return out;
}

}  // namespace capsule::timeline

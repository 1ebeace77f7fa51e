#include "timeline/doctor/signs.h"

#include <algorithm>
#include <optional>

#include "language/unicode.h"

namespace capsule::timeline {
namespace {

constexpr char32_t kLrm = U'\u200E';
constexpr char32_t kRlm = U'\u200F';
constexpr char32_t kLre = U'\u202A';
constexpr char32_t kRle = U'\u202B';
constexpr char32_t kPdf = U'\u202C';

bool is_embedding(char32_t c) {
  return c == kLre || c == kRle;
}

bool is_passed_over(char32_t c) {
  return c == kLrm || c == kRlm || language::is_mark(c);
}

// Whether a mark at `at` stands between letters of its own direction, or between one and the line's edge.
bool is_idle_mark(const Letters& line, std::size_t at) {
  const Direction own = line[at].sign == kRlm ? Direction::kRightToLeft : Direction::kLeftToRight;
  const auto agrees = [own](auto begin, auto end) -> std::optional<bool> {
    const auto found = std::find_if(begin, end, [](const Letter& l) { return !is_passed_over(l.sign); });
    return found == end ? std::nullopt : std::optional(language::strong_direction(found->sign) == own);
  };
  const auto middle = line.begin() + static_cast<std::ptrdiff_t>(at);
  const std::optional<bool> before = agrees(std::make_reverse_iterator(middle), line.rend());
  const std::optional<bool> behind = agrees(middle + 1, line.end());
  return (before || behind) && before.value_or(true) && behind.value_or(true);
}

// The place behind the PDF of the embedding that opens at `at`; 0 where it has none.
std::size_t behind_embedding(const Letters& line, std::size_t at) {
  int depth = 0;
  for (std::size_t i = at; i < line.size(); ++i) {
    depth += is_embedding(line[i].sign) ? 1 : line[i].sign == kPdf ? -1 : 0;
    if (depth == 0) {
      return i + 1;
    }
  }
  return 0;
}

bool ends_are_letters(const Letters& line, std::size_t begin, std::size_t end) {
  const auto right = [&](std::size_t at) {
    return language::strong_direction(line[at].sign) == Direction::kRightToLeft;
  };
  while (end > begin && language::is_mark(line[end - 1].sign)) {
    --end;
  }
  return begin < end && right(begin) && right(end - 1);
}

bool is_idle_embedding(const Letters& line, std::size_t open, std::size_t end, Direction direction) {
  const bool empty = end == open + 2;
  if (empty || open != 0 || end != line.size()) {
    return empty;
  }
  const Direction own = line[open].sign == kRle ? Direction::kRightToLeft : Direction::kLeftToRight;
  return own == direction ||
         (direction == Direction::kRightToLeft && ends_are_letters(line, open + 1, end - 1));
}

bool remove_one_embedding(Letters& line, Direction direction) {
  for (std::size_t i = 0; i < line.size(); ++i) {
    const std::size_t end = is_embedding(line[i].sign) ? behind_embedding(line, i) : 0;
    if (end != 0 && is_idle_embedding(line, i, end, direction)) {
      line.erase(line.begin() + static_cast<std::ptrdiff_t>(end) - 1);
      line.erase(line.begin() + static_cast<std::ptrdiff_t>(i));
      return true;
    }
  }
  return false;
}

bool remove_one_mark(Letters& line) {
  for (std::size_t i = 0; i < line.size(); ++i) {
    const char32_t c = line[i].sign;
    const bool mark = c == kLrm || c == kRlm;
    const bool twice = mark && i > 0 && line[i - 1].sign == c;
    if (twice || (mark && is_idle_mark(line, i))) {
      line.erase(line.begin() + static_cast<std::ptrdiff_t>(i));
      return true;
    }
  }
  return false;
}

}  // namespace

Letters without_idle_signs(Letters line, Direction direction, int& removed) {
  // A line holds 2 000 letters at most; only hostile ones hold more than a few signs.
  constexpr int kMost = 200;
  int work = 0;
  while (work < kMost && (remove_one_embedding(line, direction) || remove_one_mark(line))) {
    ++work;
  }
  removed += work;
  return line;
}

Letters with_ellipsis(const Letters& line, int& changed) {
  Letters out;
  for (std::size_t i = 0; i < line.size();) {
    std::size_t end = i;
    while (end < line.size() && line[end].sign == U'.') {
      ++end;
    }
    if (end - i >= 3) {
      out.push_back({U'…', line[i].origin});
      ++changed;
      i = end;
    } else {
      out.push_back(line[i++]);
    }
  }
  return out;
}

}  // namespace capsule::timeline

#include "timeline/doctor/punctuation.h"

#include <algorithm>
#include <string_view>

#include "language/unicode.h"

namespace capsule::timeline {
namespace {

constexpr std::u32string_view kStops = U".!?؟";
constexpr std::u32string_view kClosers = U".!?؟,،;؛:…";
constexpr std::u32string_view kQuotes = U"\"«»“”„";
constexpr std::u32string_view kDashes = U"-–—";
constexpr std::u32string_view kEmbeddings = U"\u202A\u202B";
constexpr std::u32string_view kMarks = U"\u200E\u200F";

bool in(std::u32string_view set, char32_t c) {
  return set.find(c) != std::u32string_view::npos;
}

bool is_right(char32_t c) {
  return language::strong_direction(c) == Direction::kRightToLeft;
}

bool is_left(char32_t c) {
  return language::strong_direction(c) == Direction::kLeftToRight;
}

bool runs_from_right(const Letters& line) {
  const auto right = std::ranges::count_if(line, is_right, &Letter::sign);
  return right > std::ranges::count_if(line, is_left, &Letter::sign);
}

char32_t mirrored(char32_t c) {
  const language::Bracket bracket = language::bidi_bracket(c);
  return bracket.kind == language::BracketKind::kNone ? c : bracket.pair;
}

int brackets(const Letters& line, language::BracketKind kind) {
  return static_cast<int>(std::ranges::count_if(
      line, [kind](const Letter& l) { return language::bidi_bracket(l.sign).kind == kind; }));
}

Letters slice(const Letters& line, std::size_t begin, std::size_t end) {
  return {line.begin() + static_cast<std::ptrdiff_t>(begin), line.begin() + static_cast<std::ptrdiff_t>(end)};
}

// A line in its parts: the signs at its begin, what is said, the signs at its end. Embeddings and marks
// around the whole line are left out of all of them; so is a pair of quotes, which looks the same from both
// ends.
struct Parts {
  Letters quote_before, lead, said, tail, quote_behind;
};

// One bracket more at an end than the line can use belongs to the other end.
bool stray_opener(const Letters& line, char32_t c) {
  using language::BracketKind;
  return language::bidi_bracket(c).kind == BracketKind::kOpen &&
         brackets(line, BracketKind::kOpen) == brackets(line, BracketKind::kClose) + 2;
}

bool stray_closer(const Letters& line, char32_t c) {
  using language::BracketKind;
  return language::bidi_bracket(c).kind == BracketKind::kClose &&
         brackets(line, BracketKind::kClose) == brackets(line, BracketKind::kOpen) + 2;
}

// Marks at the ends, and an embedding that holds the whole line; one that is closed in another line stays.
Letters without_wrappers(const Letters& line) {
  std::size_t begin = 0;
  std::size_t end = line.size();
  const auto skip_marks = [&] {
    while (begin < end && in(kMarks, line[begin].sign)) {
      ++begin;
    }
    while (end > begin && in(kMarks, line[end - 1].sign)) {
      --end;
    }
  };
  skip_marks();
  while (end - begin >= 2 && in(kEmbeddings, line[begin].sign) && line[end - 1].sign == U'\u202C') {
    ++begin;
    --end;
    skip_marks();
  }
  const Letters inner = slice(line, begin, end);
  const auto is_control = [](const Letter& l) { return l.sign >= U'\u202A' && l.sign <= U'\u202E'; };
  return std::ranges::any_of(inner, is_control) ? line : inner;
}

Parts parts_of(const Letters& line) {
  Letters rest = without_wrappers(line);
  Parts parts;
  if (rest.size() > 2 && in(kQuotes, rest.front().sign) && in(kQuotes, rest.back().sign)) {
    parts.quote_before = {rest.front()};
    parts.quote_behind = {rest.back()};
    rest = slice(rest, 1, rest.size() - 1);
  }
  std::size_t begin = 0;
  while (begin < rest.size() && (in(kClosers, rest[begin].sign) || language::is_space(rest[begin].sign) ||
                                 stray_opener(rest, rest[begin].sign))) {
    ++begin;
  }
  std::size_t end = rest.size();
  while (end > begin && (in(kClosers, rest[end - 1].sign) || language::is_space(rest[end - 1].sign) ||
                         in(kQuotes, rest[end - 1].sign))) {
    --end;
  }
  parts.lead = slice(rest, 0, begin);
  parts.said = slice(rest, begin, end);
  parts.tail = slice(rest, end, rest.size());
  std::erase_if(parts.lead, [](const Letter& l) { return language::is_space(l.sign); });
  return parts;
}

bool has_closer(const Letters& signs) {
  return std::ranges::any_of(signs, [](const Letter& l) { return in(kClosers, l.sign); });
}

// The Arabic question mark and semicolon are strong letters to UAX #9: they stand at the right place from
// either end, and tell nothing of how a file was typed.
bool tells_its_end(const Letter& letter) {
  return in(kClosers, letter.sign) && !is_right(letter.sign);
}

bool begins_right(const Parts& parts) {
  const auto first = std::ranges::find_if(parts.said, [](const Letter& l) {
    return language::bidi_bracket(l.sign).kind != language::BracketKind::kOpen;
  });
  return first != parts.said.end() && is_right(first->sign);
}

// Never right in a good file, whatever else it holds.
bool is_plainly_wrong(const Parts& parts) {
  const auto stop = [](const Letter& l) { return in(kStops, l.sign); };
  const std::u32string lead = signs_of(parts.lead);
  return begins_right(parts) && !lead.empty() && std::ranges::all_of(parts.lead, stop) &&
         lead.find(U"..") == std::u32string::npos && !has_closer(parts.tail);
}

void append(Letters& to, const Letters& more) {
  to.insert(to.end(), more.begin(), more.end());
}

Letters rebuilt(const Parts& parts, const Letters& front, const Letters& behind) {
  Letters out = parts.quote_before;
  append(out, front);
  append(out, parts.said);
  append(out, behind);
  append(out, parts.tail);
  append(out, parts.quote_behind);
  return out;
}

Letters turned(const Letters& lead) {
  Letters out(lead.rbegin(), lead.rend());
  for (Letter& letter : out) {
    letter = {mirrored(letter.sign), -1};
  }
  return out;
}

// «نعم) مرحبا)», «نعم -» and «نعم؟-»: what belongs in front stands at the end.
Letters front_of(Parts& parts, const Letters& line) {
  Letters& said = parts.said;
  Letters front;
  if (said.size() > 1 && parts.tail.empty() && stray_closer(line, said.back().sign)) {
    front = {{mirrored(said.back().sign), -1}};
    said.pop_back();
  }
  // A dash behind a letter is a word cut short.
  const auto parted = [](char32_t c) { return language::is_space(c) || in(kClosers, c); };
  const bool dash = said.size() > 2 && parts.tail.empty() && in(kDashes, said.back().sign) &&
                    parted(said[said.size() - 2].sign) && !in(kDashes, said.front().sign);
  if (dash) {
    front.insert(front.begin(), {{said.back().sign, -1}, {U' ', -1}});
    said.pop_back();
  }
  while (!said.empty() && language::is_space(said.back().sign)) {
    said.pop_back();
  }
  return front;
}

}  // namespace

PunctuationEvidence weigh(std::span<const Letters> lines) {
  PunctuationEvidence evidence;
  for (const Letters& line : lines) {
    if (!runs_from_right(line)) {
      continue;
    }
    const Parts parts = parts_of(line);
    evidence.wrong += is_plainly_wrong(parts) ? 1 : 0;
    evidence.right += parts.lead.empty() && std::ranges::any_of(parts.tail, tells_its_end) ? 1 : 0;
  }
  return evidence;
}

std::optional<Letters> mended_punctuation(const Letters& line, const PunctuationEvidence& evidence) {
  if (!evidence.convinces() || !runs_from_right(line)) {
    return std::nullopt;
  }
  Parts parts = parts_of(line);
  if (!evidence.prevails()) {
    return is_plainly_wrong(parts) ? std::optional(rebuilt(parts, {}, turned(parts.lead))) : std::nullopt;
  }
  if (has_closer(parts.tail)) {
    return std::nullopt;
  }
  const Letters lead = begins_right(parts) ? parts.lead : Letters{};
  Letters front = front_of(parts, line);
  if (lead.empty() && front.empty()) {
    return std::nullopt;
  }
  if (lead.empty()) {
    append(front, parts.lead);
  }
  return rebuilt(parts, front, turned(lead));
}

}  // namespace capsule::timeline

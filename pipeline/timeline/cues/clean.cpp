#include "timeline/cues/clean.h"

#include <algorithm>
#include <iterator>
#include <vector>

#include "language/segmentation.h"
#include "language/unicode.h"
#include "timeline/cues/markup.h"

namespace capsule::timeline {
namespace {

constexpr char32_t kPopEmbedding = U'\u202C';
constexpr char32_t kPopIsolate = U'\u2069';

bool is_embedding(char32_t c) {
  return c == U'\u202A' || c == U'\u202B';
}

bool is_override(char32_t c) {
  return c == U'\u202D' || c == U'\u202E';
}

bool is_isolate(char32_t c) {
  return c >= U'\u2066' && c <= U'\u2068';
}

// What is open at a point of a text. An override keeps its place here, so that its closer goes with it.
class OpenSigns {
 public:
  explicit OpenSigns(int& changes) : changes_(changes) {}

  void open(char32_t c, std::u32string& out) {
    open_.push_back(c);
    if (is_override(c)) {
      ++changes_;
    } else {
      out += c;
    }
  }

  void close_embedding(std::u32string& out) {
    if (open_.empty() || is_isolate(open_.back())) {
      ++changes_;
      return;
    }
    if (is_embedding(open_.back())) {
      out += kPopEmbedding;
    }
    open_.pop_back();
  }

  // UAX #9 X6a: a PDI also ends the embeddings that its isolate holds.
  void close_isolate(std::u32string& out) {
    if (std::ranges::none_of(open_, is_isolate)) {
      ++changes_;
      return;
    }
    while (!is_isolate(open_.back())) {
      close_top(out);
    }
    out += kPopIsolate;
    open_.pop_back();
  }

  void close_all(std::u32string& out) {
    while (!open_.empty()) {
      close_top(out);
    }
  }

 private:
  void close_top(std::u32string& out) {
    if (!is_override(open_.back())) {
      out += is_isolate(open_.back()) ? kPopIsolate : kPopEmbedding;
      ++changes_;
    }
    open_.pop_back();
  }

  int& changes_;
  std::vector<char32_t> open_;
};

std::u32string remove_controls(std::u32string_view text, int& removed) {
  std::u32string out;
  out.reserve(text.size());
  for (const char32_t c : text) {
    const bool line_end = c == U'\n' || c == U'\u2028' || c == U'\u2029';
    const bool control = language::is_control(c);
    if (line_end) {
      out += U'\n';
    } else if (c == U'\t') {
      out += U' ';
    } else if (control || c == U'\uFEFF') {
      removed += control ? 1 : 0;
    } else {
      out += c;
    }
  }
  return out;
}

// Of an instant or of a look.
bool is_sign(char32_t c) {
  return c >= kMoment;
}

bool is_trimmed(char32_t c) {
  return c != U'\u00A0' && !is_sign(c) && language::is_space(c);
}

// The line without spaces at its ends; signs that stood among them stay.
std::u32string trimmed(std::u32string_view line) {
  const auto inner = [](char32_t c) { return !is_trimmed(c) && !is_sign(c); };
  const auto first = std::ranges::find_if(line, inner);
  const auto last = std::find_if(line.rbegin(), std::make_reverse_iterator(first), inner).base();
  std::u32string out;
  std::copy_if(line.begin(), first, std::back_inserter(out), is_sign);
  out.append(first, last);
  std::copy_if(last, line.end(), std::back_inserter(out), is_sign);
  return out;
}

std::u32string trim_lines(std::u32string_view text) {
  std::u32string out;
  bool begun = false;
  while (!text.empty()) {
    const std::size_t end = std::min(text.find(U'\n'), text.size());
    const std::u32string line = trimmed(text.substr(0, end));
    text.remove_prefix(std::min(end + 1, text.size()));
    const bool empty = std::ranges::all_of(line, is_sign);
    out += begun && !empty ? U"\n" : U"";
    out += line;
    begun = begun || !empty;
  }
  return out;
}

void count(std::u32string_view text, Cleaned& into) {
  int marks = 0;
  for (const char32_t c : text) {
    const bool mark = language::is_mark(c);
    marks = mark ? marks + 1 : 0;
    into.letters += mark ? 0 : 1;
    into.most_marks = std::max(into.most_marks, marks);
  }
}

}  // namespace

std::u32string balance_directions(std::u32string_view text, int& changes) {
  std::u32string out;
  out.reserve(text.size());
  OpenSigns signs(changes);
  for (const char32_t c : text) {
    if (is_embedding(c) || is_override(c) || is_isolate(c)) {
      signs.open(c, out);
    } else if (c == kPopEmbedding) {
      signs.close_embedding(out);
    } else if (c == kPopIsolate) {
      signs.close_isolate(out);
    } else {
      out += c;
    }
  }
  signs.close_all(out);
  return out;
}

Cleaned clean(std::u32string_view text) {
  Cleaned result;
  const std::u32string trimmed_lines = trim_lines(remove_controls(text, result.controls));
  for (const char32_t c : balance_directions(trimmed_lines, result.directions)) {
    if (is_sign(c)) {
      const auto place = static_cast<std::int32_t>(result.text.size());
      c >= kTurn ? result.turns.emplace_back(place, c - kTurn)
                 : result.moments.emplace_back(place, c - kMoment);
    } else {
      result.text += c;
    }
  }
  count(result.text, result);
  return result;
}

std::vector<TimedPart> spoken_parts(std::u32string_view text,
                                    const std::vector<std::pair<std::int32_t, Time>>& moments, Time begin,
                                    Time end) {
  std::vector<std::pair<std::int32_t, Time>> steps;
  for (const auto& [place, time] : moments) {
    const Time earliest = steps.empty() ? begin : steps.back().second;
    if (earliest <= time && time <= end) {
      steps.emplace_back(place, time);
    }
  }
  const auto length = static_cast<std::int32_t>(text.size());
  steps.emplace_back(length, end);
  std::vector<TimedPart> parts;
  for (std::size_t i = 0; i + 1 < steps.size(); ++i) {
    TimedPart part{steps[i].first, steps[i + 1].first, steps[i].second, steps[i + 1].second};
    const auto is_blank = [&](std::int32_t at) {
      return language::is_space(text[static_cast<std::size_t>(at)]);
    };
    while (part.start < part.end && is_blank(part.start)) {
      ++part.start;
    }
    while (part.start < part.end && is_blank(part.end - 1)) {
      --part.end;
    }
    if (part.start < part.end && part.from < part.to) {
      parts.push_back(part);
    }
  }
  return parts;
}

}  // namespace capsule::timeline

#include <fmt/format.h>

#include <algorithm>
#include <map>
#include <optional>
#include <utility>

#include "timeline/cues/collector.h"
#include "timeline/doctor.h"

namespace capsule::timeline {
namespace {

using Lines = std::vector<std::string_view>;

struct Stretch {
  std::size_t begin = 0, end = 0;
};

// Lines `a` of the first text give way to lines `b` of the second.
struct Change {
  Stretch a, b;
};

// Patience diff: lines that occur once in both texts, in the order that they have in both, are what stayed.
// It is linear but for a sort, whatever the texts are.
class Comparison {
 public:
  Comparison(const Lines& a, const Lines& b) : a_(a), b_(b) {}

  std::vector<Change> changes() {
    std::vector<Change> todo{{{0, a_.size()}, {0, b_.size()}}};
    while (!todo.empty()) {
      Change next = todo.back();
      todo.pop_back();
      trim(next);
      if (next.a.begin == next.a.end && next.b.begin == next.b.end) {
        continue;
      }
      const std::vector<std::pair<std::size_t, std::size_t>> anchors = anchors_in(next);
      if (anchors.empty()) {
        out_.push_back(next);
        continue;
      }
      Change part{{next.a.begin, 0}, {next.b.begin, 0}};
      for (const auto& [in_a, in_b] : anchors) {
        part.a.end = in_a;
        part.b.end = in_b;
        todo.push_back(part);
        part = {{in_a + 1, 0}, {in_b + 1, 0}};
      }
      part.a.end = next.a.end;
      part.b.end = next.b.end;
      todo.push_back(part);
    }
    std::ranges::sort(out_, {}, [](const Change& c) { return std::pair(c.a.begin, c.b.begin); });
    return std::move(out_);
  }

 private:
  void trim(Change& c) const {
    while (c.a.begin < c.a.end && c.b.begin < c.b.end && a_[c.a.begin] == b_[c.b.begin]) {
      ++c.a.begin;
      ++c.b.begin;
    }
    while (c.a.begin < c.a.end && c.b.begin < c.b.end && a_[c.a.end - 1] == b_[c.b.end - 1]) {
      --c.a.end;
      --c.b.end;
    }
  }

  struct Place {
    int in_a = 0, in_b = 0;
    std::size_t a = 0, b = 0;
  };

  [[nodiscard]] std::vector<std::pair<std::size_t, std::size_t>> anchors_in(const Change& c) const {
    std::map<std::string_view, Place> places;
    for (std::size_t i = c.a.begin; i < c.a.end; ++i) {
      Place& place = places[a_[i]];
      ++place.in_a;
      place.a = i;
    }
    for (std::size_t i = c.b.begin; i < c.b.end; ++i) {
      Place& place = places[b_[i]];
      ++place.in_b;
      place.b = i;
    }
    std::vector<std::pair<std::size_t, std::size_t>> once;
    for (const auto& [line, place] : places) {
      if (place.in_a == 1 && place.in_b == 1) {
        once.emplace_back(place.a, place.b);
      }
    }
    std::ranges::sort(once);
    return rising(once);
  }

  // The longest part whose second numbers rise too.
  static std::vector<std::pair<std::size_t, std::size_t>> rising(
      const std::vector<std::pair<std::size_t, std::size_t>>& pairs) {
    constexpr std::size_t kNone = static_cast<std::size_t>(-1);
    std::vector<std::size_t> tails;
    std::vector<std::size_t> before(pairs.size(), kNone);
    for (std::size_t i = 0; i < pairs.size(); ++i) {
      const auto at = std::ranges::lower_bound(tails, pairs[i].second, {},
                                               [&](std::size_t t) { return pairs[t].second; });
      before[i] = at == tails.begin() ? kNone : *(at - 1);
      if (at == tails.end()) {
        tails.push_back(i);
      } else {
        *at = i;
      }
    }
    std::vector<std::pair<std::size_t, std::size_t>> out;
    for (std::size_t i = tails.empty() ? kNone : tails.back(); i != kNone; i = before[i]) {
      out.push_back(pairs[i]);
    }
    std::ranges::reverse(out);
    return out;
  }

  const Lines& a_;
  const Lines& b_;
  std::vector<Change> out_;
};

std::string range(std::size_t begin, std::size_t end) {
  const std::size_t count = end - begin;
  return count == 1 ? fmt::format("{}", begin + 1)
                    : fmt::format("{},{}", count == 0 ? begin : begin + 1, count);
}

void put(std::string& out, char sign, const Lines& lines, Stretch stretch) {
  for (std::size_t i = stretch.begin; i < stretch.end; ++i) {
    out += sign;
    out += lines[i];
    out += '\n';
  }
}

}  // namespace

std::string unified_diff(std::string_view before, std::string_view after, const std::string& before_name,
                         const std::string& after_name) {
  constexpr std::size_t kAround = 3;
  const Lines a = split_lines(before);
  const Lines b = split_lines(after);
  const std::vector<Change> changes = Comparison(a, b).changes();
  std::string out = changes.empty() ? "" : fmt::format("--- {}\n+++ {}\n", before_name, after_name);
  for (std::size_t i = 0; i < changes.size();) {
    std::size_t last = i;
    while (last + 1 < changes.size() && changes[last + 1].a.begin <= changes[last].a.end + 2 * kAround) {
      ++last;
    }
    const std::size_t lead = std::min(kAround, changes[i].a.begin);
    const std::size_t a_end = std::min(a.size(), changes[last].a.end + kAround);
    const std::size_t b_end = changes[last].b.end + (a_end - changes[last].a.end);
    out += fmt::format("@@ -{} +{} @@\n", range(changes[i].a.begin - lead, a_end),
                       range(changes[i].b.begin - lead, b_end));
    std::size_t done = changes[i].a.begin - lead;
    for (; i <= last; ++i) {
      put(out, ' ', a, {done, changes[i].a.begin});
      put(out, '-', a, changes[i].a);
      put(out, '+', b, changes[i].b);
      done = changes[i].a.end;
    }
    put(out, ' ', a, {done, a_end});
  }
  return out;
}

}  // namespace capsule::timeline

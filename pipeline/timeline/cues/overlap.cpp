#include "timeline/cues/overlap.h"

#include <algorithm>
#include <iterator>
#include <map>
#include <set>
#include <utility>

namespace capsule::timeline {
namespace {

// Ends of the spans, in order of their begins, after the slips are mended.
std::vector<Time> mended_ends(std::span<const Span> sorted) {
  const Time slip(1, 2);
  std::vector<Time> ends;
  for (const Span& span : sorted) {
    ends.push_back(span.to);
  }
  for (std::size_t i = 0; i < sorted.size(); ++i) {
    // Only a span that begins within the last half second can make this one end early.
    const Time earliest = std::max(sorted[i].from, sorted[i].to - slip);
    const auto next = std::ranges::lower_bound(sorted, earliest, {}, &Span::from);
    constexpr int kTries = 64;
    int tries = 0;
    for (auto at = next; at != sorted.end() && at->from < sorted[i].to && tries < kTries; ++at, ++tries) {
      if (at->from > sorted[i].from && at->to >= sorted[i].to) {
        ends[i] = at->from;
        break;
      }
    }
  }
  return ends;
}

// The two of these that began last, top to bottom.
std::vector<std::size_t> stack(const std::set<std::size_t>& open, std::span<const Span> sorted) {
  std::vector<std::size_t> out;
  for (auto at = open.rbegin(); at != open.rend() && out.size() < 2; ++at) {
    out.push_back(*at);
  }
  if (out.size() == 2 && sorted[out[0]].from == sorted[out[1]].from) {
    std::swap(out[0], out[1]);
  }
  return out;
}

// untangle() for the spans of one place, given by their numbers in order of their begins.
void untangle_place(std::span<const Span> spans, const std::vector<std::size_t>& order,
                    std::vector<Showing>& all) {
  std::vector<Span> sorted;
  for (const std::size_t i : order) {
    sorted.push_back(spans[i]);
  }
  const std::vector<Time> ends = mended_ends(sorted);
  std::vector<std::pair<Time, std::size_t>> begins;
  std::vector<std::pair<Time, std::size_t>> closings;
  std::vector<Time> steps;
  for (std::size_t i = 0; i < sorted.size(); ++i) {
    if (sorted[i].from < ends[i]) {
      begins.emplace_back(sorted[i].from, i);
      closings.emplace_back(ends[i], i);
      steps.push_back(sorted[i].from);
      steps.push_back(ends[i]);
    }
  }
  std::ranges::sort(closings);
  std::ranges::sort(steps);
  steps.erase(std::ranges::unique(steps).begin(), steps.end());
  std::set<std::size_t> open;
  std::vector<Showing> out;
  auto begin = begins.begin();
  auto close = closings.begin();
  for (std::size_t s = 0; s + 1 < steps.size(); ++s) {
    for (; close != closings.end() && close->first <= steps[s]; ++close) {
      open.erase(close->second);
    }
    for (; begin != begins.end() && begin->first <= steps[s]; ++begin) {
      open.insert(begin->second);
    }
    std::vector<std::size_t> shown = stack(open, sorted);
    std::ranges::transform(shown, shown.begin(), [&](std::size_t i) { return order[i]; });
    if (!out.empty() && out.back().shown == shown && out.back().to == steps[s]) {
      out.back().to = steps[s + 1];
    } else if (!shown.empty()) {
      out.push_back({steps[s], steps[s + 1], std::move(shown)});
    }
  }
  std::ranges::move(out, std::back_inserter(all));
}

}  // namespace

std::pair<std::int64_t, std::size_t> count_overlaps(std::span<const Span> spans) {
  std::map<int, Time> ends;
  std::int64_t count = 0;
  std::size_t first = 0;
  for (std::size_t i = 0; i < spans.size(); ++i) {
    Time& end = ends[spans[i].place];
    if (spans[i].from < end) {
      first = count++ == 0 ? i : first;
    }
    end = std::max(end, spans[i].to);
  }
  return {count, first};
}

std::vector<Showing> untangle(std::span<const Span> spans) {
  std::map<int, std::vector<std::size_t>> places;
  for (std::size_t i = 0; i < spans.size(); ++i) {
    places[spans[i].place].push_back(i);
  }
  std::vector<Showing> out;
  for (auto& [place, order] : places) {
    std::ranges::stable_sort(order, {}, [&](std::size_t i) { return spans[i].from; });
    untangle_place(spans, order, out);
  }
  std::ranges::stable_sort(out, {}, &Showing::from);
  return out;
}

}  // namespace capsule::timeline

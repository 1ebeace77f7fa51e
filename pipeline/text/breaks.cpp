#include "text/breaks.h"

#include <algorithm>
#include <utility>

#include "language/segmentation.h"
#include "language/unicode.h"

namespace capsule::text {
namespace {

// Sums of advances carry rounding; a line that was measured at a width must fit that width.
constexpr double kSlack = 1e-6;

class Breaker {
 public:
  using Places = std::vector<std::int32_t>;

  Breaker(const Analysis& analysis, const Places& breaks, double limit, Shaper& shaper)
      : analysis_(analysis), breaks_(breaks), limit_(limit + kSlack), shaper_(shaper) {}

  LineEnds run() {
    const auto size = static_cast<std::int32_t>(analysis_.text.size());
    LineEnds out;
    for (std::int32_t start = 0; start < size;) {
      const std::int32_t end = next_end(start, out);
      out.widest = std::max(out.widest, width(start, end));
      out.ends.push_back(end);
      start = end;
    }
    if (out.ends.empty()) {
      out.ends.push_back(0);
    }
    return out;
  }

 private:
  [[nodiscard]] double width(std::int32_t start, std::int32_t end) const {
    return line_width(analysis_, start, end, shaper_);
  }

  /// As if nothing changed at the cuts.
  [[nodiscard]] double rough_width(std::int32_t start, std::int32_t end) const {
    const auto last = static_cast<std::size_t>(trimmed_end(analysis_, start, end));
    return analysis_.sum[last] - analysis_.sum[static_cast<std::size_t>(start)];
  }

  /// The last place of `places` after `start`, not beyond `most`, up to which the text fits; `start` if none
  /// does.
  [[nodiscard]] std::int32_t last_fit(const Places& places, std::int32_t start, std::int32_t most) const {
    // Cutting a joined word changes a few letters at the cut. Only near the limit is that worth shaping them
    // again: at every place of a long word it would take quadratic time.
    constexpr double kFar = 4;  // em
    std::int32_t best = start;
    double rough = -1;
    double exact = 0;
    for (auto it = std::upper_bound(places.begin(), places.end(), start); it != places.end() && *it <= most;
         ++it) {
      const double before = std::exchange(rough, rough_width(start, *it));
      if (rough > limit_ - kFar && rough <= limit_ + kFar && rough != before) {
        exact = width(start, *it);
      } else if (rough != before) {
        exact = rough;
      }
      if (exact > limit_) {
        break;
      }
      best = *it;
    }
    return best;
  }

  std::int32_t next_end(std::int32_t start, LineEnds& out) {
    const auto size = static_cast<std::int32_t>(analysis_.text.size());
    std::int32_t end = last_fit(breaks_, start, size);
    if (end > start) {
      return end;
    }
    const auto first = std::upper_bound(breaks_.begin(), breaks_.end(), start);
    const std::int32_t most = first == breaks_.end() ? size : *first;
    end = last_fit(analysis_.reluctant, start, most);
    if (end > start) {
      out.cut = true;
      return end;
    }
    out.torn = true;
    return tear(start, most);
  }

  /// Whether the letters on both sides of `at` would be joined.
  [[nodiscard]] bool joined_at(std::int32_t at) const {
    const auto joins = [](char32_t c) {
      return c == 0x0640 || language::joining_type(c) == language::Joining::kDual ||
             language::joining_type(c) == language::Joining::kRight;
    };
    constexpr std::int32_t kMostMarks = 64;  // No letter carries more; a flood of them stays linear.
    std::int32_t before = at - 1;
    while (before > 0 && at - before < kMostMarks &&
           language::joining_type(analysis_.text[static_cast<std::size_t>(before)]) ==
               language::Joining::kTransparent) {
      --before;
    }
    return joins(analysis_.text[static_cast<std::size_t>(before)]) &&
           joins(analysis_.text[static_cast<std::size_t>(at)]);
  }

  /// Cuts between graphemes; at least one grapheme a line.
  std::int32_t tear(std::int32_t start, std::int32_t most) {
    if (graphemes_.empty()) {
      graphemes_ = language::boundaries(analysis_.text, language::Breaks::kGrapheme, "");
      std::erase_if(graphemes_, [this](std::int32_t at) {
        return at < static_cast<std::int32_t>(analysis_.text.size()) && joined_at(at);
      });
    }
    const std::int32_t end = last_fit(graphemes_, start, most);
    if (end > start) {
      return end;
    }
    const auto next = std::upper_bound(graphemes_.begin(), graphemes_.end(), start);
    return next == graphemes_.end() ? most : std::min(*next, most);
  }

  const Analysis& analysis_;
  const Places& breaks_;
  double limit_;
  Shaper& shaper_;
  Places graphemes_;
};

/// The narrowest way to set the text in no more lines than `best` has.
LineEnds narrowest(const Analysis& analysis, const std::vector<std::int32_t>& breaks, LineEnds best,
                   Shaper& shaper) {
  // A narrower limit than the widest line needs never gives fewer lines, so halving finds the narrowest that
  // does not give more. A five-hundredth of an em cannot be seen.
  double low = analysis.sum.back() / static_cast<double>(best.ends.size()) / 2;
  double high = best.widest;
  while (high - low > 0.002) {
    const double middle = (low + high) / 2;
    LineEnds tried = Breaker(analysis, breaks, middle, shaper).run();
    if (tried.ends.size() <= best.ends.size() && !tried.cut && !tried.torn) {
      high = std::min(middle, tried.widest);
      best = std::move(tried);
    } else {
      low = middle;
    }
  }
  return best;
}

}  // namespace

LineEnds break_greedy(const Analysis& analysis, double limit, Shaper& shaper) {
  return Breaker(analysis, analysis.breaks, limit, shaper).run();
}

LineEnds break_balanced(const Analysis& analysis, double limit, Shaper& shaper) {
  LineEnds greedy = break_greedy(analysis, limit, shaper);
  if (greedy.ends.size() < 2 || greedy.cut || greedy.torn) {
    return greedy;
  }
  const std::size_t lines = greedy.ends.size();
  LineEnds plain = narrowest(analysis, analysis.breaks, std::move(greedy), shaper);
  LineEnds graceful = Breaker(analysis, analysis.graceful, limit, shaper).run();
  if (graceful.ends.size() > lines || graceful.cut || graceful.torn) {
    return plain;
  }
  graceful = narrowest(analysis, analysis.graceful, std::move(graceful), shaper);
  constexpr double kWorthIt = 1.25;
  return graceful.widest <= plain.widest * kWorthIt ? graceful : plain;
}

}  // namespace capsule::text

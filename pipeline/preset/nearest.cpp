#include "preset/nearest.h"

#include <algorithm>

#include "base/ascii.h"
#include "language/segmentation.h"

namespace capsule::preset {
namespace {

constexpr std::size_t kLongest = 120;

std::u32string folded(std::string_view text) {
  std::u32string letters = language::to_utf32(text.substr(0, kLongest * 4));
  for (char32_t& c : letters) {
    c = ascii::lower(c);
  }
  return letters;
}

/// Optimal string alignment distance.
std::size_t distance(const std::u32string& a, const std::u32string& b) {
  std::vector<std::size_t> before(b.size() + 1), last(b.size() + 1), now(b.size() + 1);
  for (std::size_t j = 0; j <= b.size(); ++j) {
    last[j] = j;
  }
  for (std::size_t i = 1; i <= a.size(); ++i) {
    now[0] = i;
    for (std::size_t j = 1; j <= b.size(); ++j) {
      const std::size_t replace = last[j - 1] + (a[i - 1] == b[j - 1] ? 0 : 1);
      now[j] = std::min({last[j] + 1, now[j - 1] + 1, replace});
      const bool swapped = i > 1 && j > 1 && a[i - 1] == b[j - 2] && a[i - 2] == b[j - 1];
      now[j] = swapped ? std::min(now[j], before[j - 2] + 1) : now[j];
    }
    std::swap(before, last);
    std::swap(last, now);
  }
  return last[b.size()];
}

}  // namespace

std::optional<std::string> nearest(std::string_view word, std::span<const std::string> candidates) {
  const std::u32string wanted = folded(word);
  if (wanted.empty() || wanted.size() > kLongest) {
    return std::nullopt;
  }
  std::optional<std::string> best;
  std::size_t best_distance = std::max<std::size_t>(wanted.size() < 4 ? 1 : 2, wanted.size() / 3) + 1;
  for (const std::string& candidate : candidates) {
    const std::u32string other = folded(candidate);
    if (other.size() > wanted.size() + best_distance || wanted.size() > other.size() + best_distance) {
      continue;
    }
    const std::size_t d = distance(wanted, other);
    if (d < best_distance) {
      best_distance = d;
      best = candidate;
    }
  }
  return best;
}

std::string join_names(std::span<const std::string> names) {
  constexpr std::size_t kShown = 24;
  std::string joined;
  for (std::size_t i = 0; i < std::min(names.size(), kShown); ++i) {
    joined += (i == 0 ? "" : ", ") + names[i];
  }
  return names.size() > kShown ? joined + " …" : joined;
}

}  // namespace capsule::preset

#include "render/size_cap.h"

#include <algorithm>
#include <cmath>
#include <limits>
#include <optional>
#include <utility>

namespace capsule::render {
namespace {

constexpr double kWorstCrf = 38;
// Above it fewer, cleaner pixels look better: x264's blocks and smears begin to show.
constexpr double kGoodCrf = 30;
// Of an x264 film, before its own trials tell: talking heads take three or four steps, grain nine.
constexpr double kCrfPerHalving = 5;
constexpr double kLeastHalving = 3;
constexpr double kMostHalving = 12;
// Per CRF step squared: a film's bytes fall the slower, the fewer they are.
constexpr double kBend = 0.008;
constexpr double kMostBend = 0.03;
// A picture of half the pixels takes a little more than half the bytes.
constexpr double kBytesByArea = 0.85;
constexpr double kLeastByArea = 0.6;
constexpr double kMostByArea = 1.1;
// Two trials that are nearer to each other tell no slope.
constexpr double kApart = 1;

constexpr double kCrfStep = 0.5;
// Aiming a little under the cap saves a trial.
constexpr double kAim = 0.97;
// A film that takes so much of what it may is done; the less of it, where it is half a CRF step from its
// best.
constexpr double kEnough = 0.92;
constexpr double kAlmost = 0.85;
// Two trials that are no further apart tell what lies between them.
constexpr double kNear = 4;
// How far what is predicted may be off, in halvings: everywhere, per halving that it is away from a trial of
// the whole, and where there was none.
constexpr double kDoubt = 0.07;
constexpr double kDoubtByDistance = 0.3;
constexpr double kDoubtOfPart = 0.3;

// A film whose part says so much more than the cap is too large, whatever the other segments are like.
constexpr double kFarAbove = 1.5;
// Fewer segments than this stand for nothing but themselves.
constexpr std::size_t kFewSegments = 6;
constexpr std::int64_t kShare = 4;

struct Point {
  double crf = 0;
  double log = 0;  ///< Of the film's bytes, base 2.
};

struct Setting {
  std::size_t size = 0;
  double crf = 0;
};

bool fits(const CapSearch& search, const Trial& trial) {
  return trial.whole > 0 && static_cast<double>(trial.whole) <= search.wanted;
}

/// Of one size by rising CRF; of two trials of the same settings the one that was encoded whole.
std::vector<Point> points_of(const CapSearch& search, std::size_t size) {
  std::vector<Point> points;
  for (const bool whole : {true, false}) {
    for (const Trial& trial : search.tried) {
      const auto same = [&](const Point& p) { return p.crf == trial.crf; };
      if (trial.size == size && (trial.whole > 0) == whole && std::ranges::none_of(points, same)) {
        points.push_back({trial.crf, std::log2(std::max(1.0, film_bytes(search, trial)))});
      }
    }
  }
  std::ranges::sort(points, {}, &Point::crf);
  return points;
}

/// Sizes from `size` outwards.
std::vector<std::size_t> by_nearness(const CapSearch& search, std::size_t size) {
  std::vector<std::size_t> sizes;
  for (std::size_t away = 0; away < search.areas.size(); ++away) {
    if (size + away < search.areas.size()) {
      sizes.push_back(size + away);
    }
    if (away > 0 && away <= size) {
      sizes.push_back(size - away);
    }
  }
  return sizes;
}

std::optional<double> halving_between(Point a, Point b) {
  if (a.crf > b.crf) {
    std::swap(a, b);
  }
  if (b.crf - a.crf < kApart || a.log <= b.log) {
    return std::nullopt;
  }
  return std::clamp((b.crf - a.crf) / (a.log - b.log), kLeastHalving, kMostHalving);
}

/// Of the others the nearest that tells a slope with it.
std::optional<Point> partner_of(std::vector<Point> points, const Point& p) {
  std::ranges::stable_sort(points, {}, [&](const Point& q) { return std::abs(q.crf - p.crf); });
  const auto found =
      std::ranges::find_if(points, [&](const Point& q) { return halving_between(p, q).has_value(); });
  return found == points.end() ? std::nullopt : std::optional(*found);
}

/// By the point that is nearest to `crf` and its partner.
std::optional<double> halving_of(const std::vector<Point>& points, double crf) {
  const auto p = std::ranges::min_element(points, {}, [&](const Point& q) { return std::abs(q.crf - crf); });
  const auto q = p == points.end() ? std::nullopt : partner_of(points, *p);
  return q ? halving_between(*p, *q) : std::nullopt;
}

/// From sizes that were tried once each, as if their pixels counted as they do in the mean.
std::optional<double> halving_across(const CapSearch& search) {
  std::vector<Point> points;
  for (std::size_t size = 0; size < search.areas.size(); ++size) {
    for (const Point& p : points_of(search, size)) {
      points.push_back({p.crf, p.log - kBytesByArea * std::log2(search.areas[size])});
    }
  }
  const auto [low, high] = std::ranges::minmax_element(points, {}, &Point::crf);
  return points.size() < 2 ? std::nullopt : halving_between(*low, *high);
}

/// How the points of a size are bent around two of them: by the nearest of the others, else as x264's are.
double bend_at(const std::vector<Point>& points, const Point& p, const Point& q, double crf) {
  std::optional<Point> third;
  for (const Point& r : points) {
    const bool apart = std::abs(r.crf - p.crf) >= kApart && std::abs(r.crf - q.crf) >= kApart;
    if (apart && (!third || std::abs(r.crf - crf) < std::abs(third->crf - crf))) {
      third = r;
    }
  }
  if (!third) {
    return kBend;
  }
  const double slope = (q.log - p.log) / (q.crf - p.crf);
  return std::clamp(((third->log - q.log) / (third->crf - q.crf) - slope) / (third->crf - p.crf), 0.0,
                    kMostBend);
}

/// Of a size that was tried: between two trials, or beyond them, on the curve through them.
double log_at(const CapSearch& search, std::size_t size, double crf) {
  const std::vector<Point> points = points_of(search, size);
  const auto above = std::ranges::lower_bound(points, crf, {}, &Point::crf);
  if (above != points.end() && above->crf == crf) {
    return above->log;
  }
  if (above == points.begin() || above == points.end()) {
    const Point& p = above == points.end() ? points.back() : points.front();
    const double log = p.log - (crf - p.crf) / halving_at(search, size, crf);
    const auto q = partner_of(points, p);
    // Far from its trials a film is not bent ever more.
    return q ? log + bend_at(points, p, *q, crf) * std::clamp(crf - p.crf, -kNear, kNear) *
                         std::clamp(crf - q->crf, -kNear, kNear)
             : log;
  }
  const Point& p = *(above - 1);
  const double away = crf - p.crf;
  const double line = p.log + away / (above->crf - p.crf) * (above->log - p.log);
  if (above->log >= p.log) {
    return line;
  }
  return std::clamp(line + bend_at(points, p, *above, crf) * away * (crf - above->crf), above->log, p.log);
}

/// By which power of its pixels a picture's bytes fall: as measured where one size was tried twice and
/// another once.
double by_area(const CapSearch& search) {
  for (std::size_t a = 0; a < search.areas.size(); ++a) {
    const std::vector<Point> points = points_of(search, a);
    for (std::size_t b = 0; b < search.areas.size(); ++b) {
      const std::vector<Point> others = points_of(search, b);
      if (a == b || points.empty() || !halving_of(others, points.front().crf)) {
        continue;
      }
      const auto nearest = std::ranges::min_element(points, {}, [&](const Point& p) {
        return std::max({0.0, others.front().crf - p.crf, p.crf - others.back().crf});
      });
      const double fall = log_at(search, b, nearest->crf) - nearest->log;
      return std::clamp(fall / std::log2(search.areas[b] / search.areas[a]), kLeastByArea, kMostByArea);
    }
  }
  return kBytesByArea;
}

/// How far the film may lie above what is predicted, as a factor: the more, the less the settings are like
/// those that it was encoded whole with.
double doubt(const CapSearch& search, std::size_t size, double crf) {
  double halvings = std::numeric_limits<double>::infinity();
  for (const Trial& trial : search.tried) {
    if (trial.whole > 0) {
      const double away = std::abs(crf - trial.crf) / kCrfPerHalving +
                          std::abs(std::log2(search.areas[size] / search.areas[trial.size]));
      halvings = std::min(halvings, kDoubt + kDoubtByDistance * away);
    }
  }
  return std::exp2(std::isinf(halvings) ? kDoubtOfPart : halvings);
}

/// The finest settings that fit by what is known; the coarsest of all if none do. `sure`: where what is
/// predicted leaves room for doubt.
Setting choose(const CapSearch& search, bool sure) {
  for (std::size_t size = 0; size < search.areas.size(); ++size) {
    for (double crf = search.finest; crf <= coarsest(search, size);
         crf = (std::floor(crf / kCrfStep) + 1) * kCrfStep) {
      const auto known = [&](const Trial& t) { return t.size == size && t.crf == crf && fits(search, t); };
      const auto refused = [&](const Trial& t) {
        return t.size == size && t.crf >= crf && t.whole > 0 && !fits(search, t);
      };
      if (std::ranges::any_of(search.tried, refused)) {
        continue;
      }
      const double bytes = predicted_bytes(search, size, crf);
      const double room = sure ? doubt(search, size, crf) : 1 / kAim;
      if (std::ranges::any_of(search.tried, known) || bytes * room <= search.wanted) {
        return {size, crf};
      }
    }
  }
  const std::size_t smallest = search.areas.size() - 1;
  return {smallest, coarsest(search, smallest)};
}

/// The best that was encoded whole and fits.
const Trial* best_fit(const CapSearch& search) {
  const Trial* best = nullptr;
  for (const Trial& trial : search.tried) {
    if (fits(search, trial) &&
        (best == nullptr || std::pair(trial.size, trial.crf) < std::pair(best->size, best->crf))) {
      best = &trial;
    }
  }
  return best;
}

/// What fits with `bytes` is as good as `best`, for whose sake alone nobody encodes again.
bool is_enough(const CapSearch& search, const Setting& best, const Trial& trial) {
  const double used = film_bytes(search, trial) / search.wanted;
  return trial.size == best.size &&
         (used >= kEnough || trial.crf <= best.crf || (trial.crf - best.crf <= kCrfStep && used >= kAlmost));
}

/// The lowest quality was encoded, and whole unless its part takes far too much.
bool is_hopeless(const CapSearch& search) {
  const std::size_t smallest = search.areas.size() - 1;
  return std::ranges::any_of(search.tried, [&](const Trial& t) {
    const double much = t.whole > 0 ? 1 : kFarAbove;
    return t.size == smallest && t.crf >= coarsest(search, smallest) &&
           film_bytes(search, t) > much * search.wanted;
  });
}

Step after_fit(const CapSearch& search, const Trial& kept) {
  const Setting finer = choose(search, false);
  if (!is_enough(search, finer, kept) && search.tried.size() + search.mended < kMostTrials) {
    return {Step::What::kWhole, finer.size, finer.crf};
  }
  return {Step::What::kTake, kept.size, kept.crf};
}

/// The settings with which the whole is worth encoding; nullopt where another part would tell more.
std::optional<Setting> settled(const CapSearch& search, const Setting& chosen) {
  bool below = false, above = false;
  for (const Trial& t : search.tried) {
    if (t.size != chosen.size || std::abs(t.crf - chosen.crf) > kNear) {
      continue;
    }
    if (t.whole == 0 && film_bytes(search, t) <= search.wanted && is_enough(search, chosen, t)) {
      return Setting{t.size, t.crf};
    }
    below = below || t.crf <= chosen.crf;
    above = above || t.crf >= chosen.crf;
  }
  return below && above ? std::optional(chosen) : std::nullopt;
}

}  // namespace

std::vector<std::size_t> part_of(const std::vector<FrameRange>& ranges) {
  std::vector<std::size_t> part;
  if (ranges.size() < kFewSegments) {
    for (std::size_t i = 0; i < ranges.size(); ++i) {
      part.push_back(i);
    }
    return part;
  }
  // The segments that are shown in the middle of each of so many equal stretches.
  const auto count = static_cast<std::int64_t>(ranges.size() + kShare - 1) / kShare + 1;
  const FrameIndex begin = ranges.front().begin;
  const std::int64_t frames = ranges.back().end - begin;
  for (std::int64_t k = 0; k < count; ++k) {
    const FrameIndex middle = begin + (2 * k + 1) * frames / (2 * count);
    const auto at = std::ranges::find_if(ranges, [&](const FrameRange& r) { return middle < r.end; });
    const auto number = static_cast<std::size_t>(at - ranges.begin());
    if (part.empty() || part.back() != number) {
      part.push_back(number);
    }
  }
  return part;
}

double coarsest(const CapSearch& search, std::size_t size) {
  return std::max(search.finest, size + 1 < search.areas.size() ? kGoodCrf : kWorstCrf);
}

double film_bytes(const CapSearch& search, const Trial& trial) {
  if (trial.whole > 0) {
    return static_cast<double>(trial.whole);
  }
  const Trial* nearest = nullptr;
  const auto distance = [&](const Trial& t) {
    return std::pair(t.size < trial.size ? trial.size - t.size : t.size - trial.size,
                     std::abs(t.crf - trial.crf));
  };
  for (const Trial& t : search.tried) {
    if (t.whole > 0 && t.part > 0 && (nearest == nullptr || distance(t) < distance(*nearest))) {
      nearest = &t;
    }
  }
  const double times = nearest == nullptr
                           ? search.parts
                           : static_cast<double>(nearest->whole) / static_cast<double>(nearest->part);
  return static_cast<double>(trial.part) * times;
}

double halving_at(const CapSearch& search, std::size_t size, double crf) {
  for (const std::size_t near : by_nearness(search, size)) {
    if (const auto halving = halving_of(points_of(search, near), crf)) {
      return *halving;
    }
  }
  return halving_across(search).value_or(kCrfPerHalving);
}

double predicted_bytes(const CapSearch& search, std::size_t size, double crf) {
  for (const std::size_t near : by_nearness(search, size)) {
    if (!points_of(search, near).empty()) {
      const double smaller = near == size ? 0 : std::log2(search.areas[size] / search.areas[near]);
      return std::exp2(log_at(search, near, crf) + smaller * by_area(search));
    }
  }
  return 0;
}

Step next_step(const CapSearch& search) {
  if (const Trial* kept = best_fit(search)) {
    return after_fit(search, *kept);
  }
  const std::size_t smallest = search.areas.size() - 1;
  const std::size_t used = search.tried.size() + search.mended;
  if (is_hopeless(search)) {
    return {Step::What::kRefuse, smallest, coarsest(search, smallest)};
  }
  if (used >= kMostTrials) {
    return {Step::What::kWhole, smallest, coarsest(search, smallest)};
  }
  const Setting chosen = choose(search, used + 1 == kMostTrials);
  if (search.parts <= 1 || used + 3 >= kMostTrials) {
    return {Step::What::kWhole, chosen.size, chosen.crf};
  }
  const std::optional<Setting> whole = settled(search, chosen);
  const Setting next = whole.value_or(chosen);
  return {whole ? Step::What::kWhole : Step::What::kPart, next.size, next.crf};
}

}  // namespace capsule::render

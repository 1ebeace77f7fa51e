#include <algorithm>
#include <cmath>

#include "text/edges.h"
#include "text/raster.h"

namespace capsule::text {
namespace {

constexpr std::int16_t kNobody = -1;

/// Neighbouring letters of one run, all in one range or all in none.
struct Party {
  int range = kNobody;
  double left = 0, right = 0;  ///< Between pen positions.
  Mask ink;
};

/// The two parties with the most ink in a pixel.
struct Rivals {
  std::int16_t first = kNobody, second = kNobody;
  std::uint8_t first_ink = 0, second_ink = 0;
};

std::vector<Range> rest_of(const std::vector<Range>& ranges, std::int32_t end) {
  std::vector<Range> sorted = ranges;
  std::sort(sorted.begin(), sorted.end(), [](const Range& a, const Range& b) { return a.start < b.start; });
  std::vector<Range> out;
  std::int32_t at = 0;
  for (const Range& range : sorted) {
    if (range.start > at) {
      out.push_back({at, range.start});
    }
    at = std::max(at, range.end);
  }
  if (at < end) {
    out.push_back({at, end});
  }
  return out;
}

Status add_parties(const Paragraph& paragraph, Range range, int owner, PointF offset,
                   std::vector<Party>& out) {
  for (const Span& span : spans_of(paragraph, range)) {
    TRY_ASSIGN(Masks masks, rasterise(paragraph, {}, {span.letters}, offset));
    if (!masks.fill.empty()) {
      out.push_back({owner, offset.x + span.left, offset.x + span.right, std::move(masks.fill)});
    }
  }
  return {};
}

/// Pixels of `fill` with the parties that meet in them.
std::vector<Rivals> rivals_of(const std::vector<Party>& parties, const Rect& bounds) {
  std::vector<Rivals> out(static_cast<std::size_t>(bounds.width) * static_cast<std::size_t>(bounds.height));
  for (std::size_t i = 0; i < parties.size(); ++i) {
    const Mask& ink = parties[i].ink;
    const Rect area = intersect(bounds, ink.bounds());
    for (int y = area.y; y < area.bottom(); ++y) {
      const std::uint8_t* from = ink.row(y - ink.bounds().y) + (area.x - ink.bounds().x);
      Rivals* to =
          out.data() + static_cast<std::ptrdiff_t>(y - bounds.y) * bounds.width + (area.x - bounds.x);
      for (int x = 0; x < area.width; ++x) {
        const auto party = static_cast<std::int16_t>(i);
        if (from[x] > to[x].first_ink) {
          to[x] = {party, to[x].first, from[x], to[x].first_ink};
        } else if (from[x] > to[x].second_ink) {
          to[x].second = party;
          to[x].second_ink = from[x];
        }
      }
    }
  }
  return out;
}

double distance(const Party& party, double x) {
  return std::max({0.0, party.left - x, x - party.right});
}

/// How much of the pixel's breadth lies on the first party's side of the parting of two, 0..1.
double side_of(const Party& first, const Party& second, int x) {
  const double here = distance(first, x + 0.5) - distance(second, x + 0.5);
  const auto within = [x](const Party& p) {
    return std::clamp(std::min(p.right, x + 1.0) - std::max(p.left, static_cast<double>(x)), 0.0, 1.0);
  };
  const double a = within(first);
  const double b = within(second);
  if (a + b > 0) {
    return a / (a + b);
  }
  return here < 0 ? 1 : here > 0 ? 0 : 0.5;
}

/// The first party's share of a pixel's ink in 255ths.
std::uint8_t first_share(const std::vector<Party>& parties, const Rivals& rivals, int coverage, int x) {
  if (rivals.second == kNobody || coverage == 0) {
    return 255;
  }
  const Party& first = parties[static_cast<std::size_t>(rivals.first)];
  const Party& second = parties[static_cast<std::size_t>(rivals.second)];
  const int both = std::clamp(rivals.first_ink + rivals.second_ink - coverage, 0, coverage);
  const double own = std::max(0, coverage - int{rivals.second_ink}) + both * side_of(first, second, x);
  return static_cast<std::uint8_t>(std::lround(std::clamp(own / coverage, 0.0, 1.0) * 255));
}

struct Shares {
  std::vector<Mask>& out;
  Rect bounds;

  void add(int range, int x, int y, int share) {
    if (range == kNobody || share == 0) {
      return;
    }
    Mask& mask = out[static_cast<std::size_t>(range)];
    std::uint8_t& value = mask.row(y - mask.bounds().y)[x - mask.bounds().x];
    value = static_cast<std::uint8_t>(std::min(255, value + share));
  }
};

std::vector<Mask> empty_shares(const std::vector<Party>& parties, std::size_t count, const Rect& bounds) {
  std::vector<Rect> boxes(count);
  for (const Party& party : parties) {
    if (party.range != kNobody) {
      Rect& box = boxes[static_cast<std::size_t>(party.range)];
      box = unite(box, intersect(bounds, party.ink.bounds()));
    }
  }
  std::vector<Mask> out(count);
  for (std::size_t i = 0; i < count; ++i) {
    if (!boxes[i].empty()) {
      out[i] = Mask::make(boxes[i]);
    }
  }
  return out;
}

}  // namespace

Result<std::vector<Mask>> ownership(const Paragraph& paragraph, const std::vector<Range>& ranges,
                                    const Mask& fill, PointF offset) {
  constexpr std::size_t kMostParties = 16384;
  std::vector<Party> parties;
  for (std::size_t i = 0; i < ranges.size() && parties.size() < kMostParties; ++i) {
    TRY(add_parties(paragraph, ranges[i], static_cast<int>(i), offset, parties));
  }
  for (const Range& range : rest_of(ranges, static_cast<std::int32_t>(paragraph.text.size()))) {
    if (parties.size() < kMostParties) {
      TRY(add_parties(paragraph, range, kNobody, offset, parties));
    }
  }
  const Rect bounds = fill.bounds();
  std::vector<Mask> out = empty_shares(parties, ranges.size(), bounds);
  const std::vector<Rivals> rivals = rivals_of(parties, bounds);
  Shares shares{out, bounds};
  for (int y = 0; y < bounds.height; ++y) {
    const std::uint8_t* coverage = fill.row(y);
    for (int x = 0; x < bounds.width; ++x) {
      const Rivals& here = rivals[static_cast<std::size_t>(y) * static_cast<std::size_t>(bounds.width) +
                                  static_cast<std::size_t>(x)];
      if (here.first == kNobody) {
        continue;
      }
      const int first = first_share(parties, here, coverage[x], bounds.x + x);
      shares.add(parties[static_cast<std::size_t>(here.first)].range, bounds.x + x, bounds.y + y, first);
      if (here.second != kNobody) {
        shares.add(parties[static_cast<std::size_t>(here.second)].range, bounds.x + x, bounds.y + y,
                   255 - first);
      }
    }
  }
  return out;
}

}  // namespace capsule::text

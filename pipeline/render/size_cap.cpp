#include "render/size_cap.h"

#include <algorithm>
#include <cmath>

namespace capsule::render {
namespace {

constexpr double kWorstCrf = 38;
// Above it fewer, cleaner pixels look better: x264's blocks and smears begin to show.
constexpr double kGoodCrf = 30;
// Six CRF steps halve an x264 file.
constexpr double kCrfPerHalving = 6;
// A picture of half the pixels takes a little more than half the bytes.
constexpr double kBytesByArea = 0.85;

constexpr double kLeastHalving = 3;
constexpr double kMostHalving = 12;
// Fewer segments than this stand for nothing but themselves.
constexpr std::size_t kFewSegments = 6;
constexpr std::int64_t kShare = 4;

/// The CRF, in halves, at which `bytes` at `crf` would become `wanted`.
double crf_for(double wanted, double bytes, double crf, double halving) {
  return std::ceil(2 * (crf + halving * std::log2(bytes / wanted))) / 2;
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

double halving_of(const std::vector<Trial>& tried) {
  if (tried.size() < 2) {
    return kCrfPerHalving;
  }
  const Trial& last = tried.back();
  const Trial& before = tried[tried.size() - 2];
  if (last.size != before.size || last.crf <= before.crf || last.bytes >= before.bytes || last.bytes <= 0) {
    return kCrfPerHalving;
  }
  const double halvings = std::log2(static_cast<double>(before.bytes) / static_cast<double>(last.bytes));
  return std::clamp((last.crf - before.crf) / halvings, kLeastHalving, kMostHalving);
}

double finest_that_fits(const std::vector<Trial>& tried, double wanted) {
  const Trial& last = tried.back();
  const Trial* before = tried.size() < 2 ? nullptr : &tried[tried.size() - 2];
  if (before == nullptr || before->size != last.size || before->crf >= last.crf ||
      before->bytes <= last.bytes) {
    return last.crf;
  }
  const auto more = static_cast<double>(before->bytes);
  const double share = std::log2(more / wanted) / std::log2(more / static_cast<double>(last.bytes));
  const double crf = std::ceil(2 * (before->crf + share * (last.crf - before->crf))) / 2;
  return std::clamp(crf, before->crf + 0.5, last.crf);
}

std::optional<Trial> next_trial(const std::vector<Trial>& tried, const std::vector<double>& areas,
                                double wanted) {
  if (tried.size() >= kMostTrials) {
    return std::nullopt;
  }
  const Trial& last = tried.back();
  const auto bytes = static_cast<double>(last.bytes);
  const double halving = halving_of(tried);
  const double raised = std::max(last.crf + 0.5, crf_for(wanted, bytes, last.crf, halving));
  if (raised <= kGoodCrf) {
    return Trial{last.size, raised};
  }
  Trial next{last.size, raised};
  for (std::size_t size = last.size + 1; size < areas.size() && next.crf > kGoodCrf; ++size) {
    const double smaller = bytes * std::pow(areas[size] / areas[last.size], kBytesByArea);
    next = {size, std::max(tried.front().crf, crf_for(wanted, smaller, last.crf, halving))};
  }
  next.crf = std::min(next.crf, kWorstCrf);
  const bool same = next.size == last.size && next.crf <= last.crf;
  return same ? std::nullopt : std::optional(next);
}

}  // namespace capsule::render

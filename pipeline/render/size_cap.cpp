#include "render/size_cap.h"

#include <algorithm>
#include <cmath>

namespace capsule::render {
namespace {

constexpr std::size_t kMostTrials = 5;
constexpr double kWorstCrf = 38;
// Above it fewer, cleaner pixels look better: x264's blocks and smears begin to show.
constexpr double kGoodCrf = 30;
// Six CRF steps halve an x264 file.
constexpr double kCrfPerHalving = 6;
// A picture of half the pixels takes a little more than half the bytes.
constexpr double kBytesByArea = 0.85;

/// The CRF, in halves, at which `bytes` at `crf` would become `wanted`.
double crf_for(double wanted, double bytes, double crf) {
  return std::ceil(2 * (crf + kCrfPerHalving * std::log2(bytes / wanted))) / 2;
}

}  // namespace

std::optional<Trial> next_trial(const std::vector<Trial>& tried, const std::vector<double>& areas,
                                double wanted) {
  if (tried.size() >= kMostTrials) {
    return std::nullopt;
  }
  const Trial& last = tried.back();
  const auto bytes = static_cast<double>(last.bytes);
  const double raised = std::max(last.crf + 0.5, crf_for(wanted, bytes, last.crf));
  if (raised <= kGoodCrf) {
    return Trial{last.size, raised};
  }
  Trial next{last.size, raised};
  for (std::size_t size = last.size + 1; size < areas.size() && next.crf > kGoodCrf; ++size) {
    const double smaller = bytes * std::pow(areas[size] / areas[last.size], kBytesByArea);
    next = {size, std::max(tried.front().crf, crf_for(wanted, smaller, last.crf))};
  }
  next.crf = std::min(next.crf, kWorstCrf);
  const bool same = next.size == last.size && next.crf <= last.crf;
  return same ? std::nullopt : std::optional(next);
}

}  // namespace capsule::render

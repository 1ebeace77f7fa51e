#include <algorithm>
#include <limits>

#include "segment/plan.h"

namespace capsule::segment {
namespace {

// What a key frame costs where nothing changes is 1. A cut needs an intra picture anyway, so a boundary there
// is free and even welcome: the segments on its two sides stay independent of each other's edits.
constexpr double kAnywhere = 1.0;
constexpr double kCueEdge = 0.75;
constexpr double kLayerEdge = 0.6;
constexpr double kTransitionEnd = 0.3;
constexpr double kCut = -0.1;

class Costs {
 public:
  explicit Costs(std::int64_t frames) : cost_(static_cast<std::size_t>(frames) + 1, kAnywhere) {}

  void lower(FrameIndex at, double cost) {
    if (at.value > 0 && at.value < static_cast<std::int64_t>(cost_.size())) {
      double& c = cost_[static_cast<std::size_t>(at.value)];
      c = std::min(c, cost);
    }
  }

  [[nodiscard]] double at(std::size_t frame) const { return cost_[frame]; }

 private:
  std::vector<double> cost_;
};

Costs costs_of(const timeline::Timeline& timeline) {
  Costs costs(timeline.frames.value);
  for (const auto& cue : timeline.captions.cues) {
    costs.lower(cue.range.begin, kCueEdge);
    costs.lower(cue.range.end, kCueEdge);
  }
  for (const auto& scene : timeline.scenes) {
    for (const auto& layer : scene.layers) {
      costs.lower(layer.range.begin, kLayerEdge);
      costs.lower(layer.range.end, kLayerEdge);
    }
    const bool cut = scene.enter.kind == timeline::TransitionKind::kCut || scene.enter.frames == 0;
    if (cut) {
      costs.lower(scene.range.begin, kCut);
    } else {
      costs.lower(scene.range.begin + scene.enter.frames, kTransitionEnd);
    }
  }
  return costs;
}

}  // namespace

std::vector<FrameIndex> boundaries(const timeline::Timeline& timeline, int max_gop) {
  const auto frames = static_cast<std::size_t>(timeline.frames.value);
  const auto longest = static_cast<std::size_t>(std::max(1, max_gop));
  const std::size_t shortest = std::min<std::size_t>(kShortestSegment, std::max<std::size_t>(1, longest / 2));
  if (frames <= shortest) {
    return {FrameIndex{0}};
  }
  const Costs costs = costs_of(timeline);
  // Shortest path over frames: best[e] is the least cost of covering 0..e with whole segments.
  constexpr double kUnreachable = std::numeric_limits<double>::infinity();
  std::vector<double> best(frames + 1, kUnreachable);
  std::vector<std::size_t> from(frames + 1, 0);
  best[0] = 0;
  for (std::size_t end = shortest; end <= frames; ++end) {
    const std::size_t first = end > longest ? end - longest : 0;
    for (std::size_t begin = first; begin + shortest <= end; ++begin) {
      const double cost = best[begin] + (end < frames ? costs.at(end) : 0);
      // On a tie the earlier begin wins: fewer, longer segments at the film's start.
      if (cost < best[end]) {
        best[end] = cost;
        from[end] = begin;
      }
    }
  }
  std::vector<FrameIndex> begins;
  for (std::size_t end = frames; end > 0; end = from[end]) {
    begins.push_back({static_cast<std::int64_t>(from[end])});
  }
  std::reverse(begins.begin(), begins.end());
  return begins;
}

}  // namespace capsule::segment

#include <algorithm>
#include <iterator>
#include <limits>
#include <numeric>
#include <variant>

#include "segment/plan.h"
#include "segment/rest.h"
#include "segment/restarts.h"
#include "segment/seen.h"

namespace capsule::segment {
namespace {

// What a key frame costs where nothing changes is 1; less where the picture changes anyway (measured on J1:
// its bytes at equal PSNR).
constexpr double kAnywhere = 1.0;
// Presets that look ahead so far are those that take their time.
constexpr int kDearLookahead = 20;
constexpr double kLayerEdge = 0.8;
constexpr double kRestart = 0.5;
constexpr double kTransitionEnd = 0.3;
constexpr double kCutInClip = 0.2;
// A corrected caption costs every segment that it stands in: times their length, the longest being 1, for
// each caption; and more over clips where the encoder takes its time (J1 at medium: a caption between two key
// frames of its own is corrected in a seventh of the film's time).
constexpr double kCorrection = 0.12;
constexpr double kDear = 9;
// Of equal choices the one with even segments: times a segment's length squared, the longest being 1.
constexpr double kUneven = 0.2;
// Stretches longer than so many of the longest segments are divided first: what happens in one part cannot
// move the boundaries of another.
constexpr std::int64_t kWindow = 3;

using Frames = std::vector<std::int64_t>;

/// A scene without a clip.
bool is_card(const timeline::Scene& scene, const timeline::Timeline& timeline) {
  return std::none_of(scene.layers.begin(), scene.layers.end(),
                      [&](const auto& layer) { return plays(layer, timeline.files); });
}

class Costs {
 public:
  Costs(const timeline::Timeline& timeline, bool dear)
      : cost_(static_cast<std::size_t>(timeline.frames.value) + 1, kAnywhere),
        work_(cost_.size(), 1.0),
        begun_(cost_.size(), 0),
        ended_(cost_.size(), 0) {
    for (const auto& scene : timeline.scenes) {
      if (dear && !is_card(scene, timeline)) {
        std::fill(work_.begin() + scene.range.begin.value + 1, work_.begin() + scene.range.end.value + 1,
                  kDear);
      }
      for (const Restart& restart : restarts(timeline, scene)) {
        lower(restart.at, restart.cut ? kCutInClip : kRestart);
      }
      for (const auto& layer : scene.layers) {
        lower(layer.range.begin, kLayerEdge);
        lower(layer.range.end, kLayerEdge);
      }
      lower(scene.range.begin + scene.enter.frames, kTransitionEnd);
    }
    for (const auto& cue : timeline.captions.cues) {
      if (!cue.hidden && cue.range.begin < cue.range.end && cue.range.begin < timeline.frames) {
        ++begun_[static_cast<std::size_t>(cue.range.begin.value) + 1];
        ++ended_[static_cast<std::size_t>(std::min(cue.range.end, timeline.frames).value)];
      }
    }
    std::partial_sum(work_.begin(), work_.end(), work_.begin());
    std::partial_sum(begun_.begin(), begun_.end(), begun_.begin());
    std::partial_sum(ended_.begin(), ended_.end(), ended_.begin());
  }

  [[nodiscard]] double at(std::int64_t frame) const { return cost_[static_cast<std::size_t>(frame)]; }

  /// Of the pictures [first, last) as one segment, by the length of the longest.
  [[nodiscard]] double segment(std::int64_t first, std::int64_t last, std::int64_t longest) const {
    const auto begin = static_cast<std::size_t>(first);
    const auto end = static_cast<std::size_t>(last);
    const double share = static_cast<double>(last - first) / static_cast<double>(longest);
    const double work = (work_[end] - work_[begin]) / static_cast<double>(longest);
    return kUneven * share * share + kCorrection * work * (begun_[end] - ended_[begin]);
  }

 private:
  [[nodiscard]] bool inside(FrameIndex at) const {
    return at.value > 0 && at.value < static_cast<std::int64_t>(cost_.size());
  }

  void lower(FrameIndex at, double cost) {
    if (inside(at)) {
      double& c = cost_[static_cast<std::size_t>(at.value)];
      c = std::min(c, cost);
    }
  }

  std::vector<double> cost_;
  // Sums over all pictures before.
  std::vector<double> work_;
  std::vector<int> begun_, ended_;  ///< Cues.
};

struct Lengths {
  std::int64_t shortest = 1, longest = 1;
};

/// Adds `frame` to the sorted anchors when it is at least `apart` from its neighbours.
void add_anchor(Frames& anchors, std::int64_t frame, std::int64_t apart) {
  const auto next = std::lower_bound(anchors.begin(), anchors.end(), frame);
  const bool inside = next != anchors.begin() && next != anchors.end();
  if (inside && *next - frame >= apart && frame - *std::prev(next) >= apart) {
    anchors.insert(next, frame);
  }
}

/// Where a segment begins around a transition: at its end, but before a card that follows a clip. What is
/// written on cards differs from capsule to capsule, and the clip is to be the same in all of them. Between
/// two cards, where the first has come to rest.
std::int64_t border_of(const timeline::Timeline& timeline, std::size_t scene) {
  const timeline::Scene& now = timeline.scenes[scene];
  const bool from_clip = scene > 0 && !is_card(timeline.scenes[scene - 1], timeline);
  const auto rest = !from_clip && is_card(now, timeline) ? rest_before(timeline, scene) : std::nullopt;
  if (rest) {
    return rest->value;
  }
  return now.range.begin.value + (from_clip && is_card(now, timeline) ? 0 : now.enter.frames);
}

/// Boundaries that hold whatever the captions do: cuts, where a key frame is needed anyway and keeps both
/// sides independent of each other's edits, and borders of transitions that are far enough from them.
Frames anchors_of(const timeline::Timeline& timeline, const Lengths& lengths) {
  const auto is_cut = [](const timeline::Scene& scene) {
    return scene.enter.kind == timeline::TransitionKind::kCut || scene.enter.frames == 0;
  };
  Frames anchors{0, timeline.frames.value};
  for (const auto& scene : timeline.scenes) {
    if (is_cut(scene)) {
      add_anchor(anchors, scene.range.begin.value, lengths.shortest);
    }
  }
  for (std::size_t i = 0; i < timeline.scenes.size(); ++i) {
    if (!is_cut(timeline.scenes[i])) {
      add_anchor(anchors, border_of(timeline, i), std::max(lengths.shortest, lengths.longest / 2));
    }
  }
  for (std::size_t i = 0; i < timeline.scenes.size(); ++i) {
    if (const auto rest = rest_before(timeline, i); rest && !is_card(timeline.scenes[i], timeline)) {
      add_anchor(anchors, rest->value, lengths.shortest);
    }
  }
  return anchors;
}

/// The best frame near `wish`: cheapest, then nearest, then earliest.
std::int64_t near(const Costs& costs, std::int64_t wish, std::int64_t reach) {
  std::int64_t best = wish;
  for (std::int64_t away = 1; away <= reach; ++away) {
    for (const std::int64_t frame : {wish - away, wish + away}) {
      best = costs.at(frame) < costs.at(best) ? frame : best;
    }
  }
  return best;
}

/// Divides long stretches evenly; each point looks for its place in its own neighbourhood only.
void divide(Frames& anchors, const Costs& costs, const Lengths& lengths) {
  const Frames hard = anchors;
  for (std::size_t i = 0; i + 1 < hard.size(); ++i) {
    const std::int64_t length = hard[i + 1] - hard[i];
    const std::int64_t most = kWindow * lengths.longest;
    const std::int64_t parts = (length + most - 1) / most;
    for (std::int64_t k = 1; k < parts; ++k) {
      add_anchor(anchors, near(costs, hard[i] + length * k / parts, lengths.longest / 4), lengths.shortest);
    }
  }
}

/// The cheapest whole segments over [first, last): a shortest path over frames. Appends their begins.
void fill(std::int64_t first, std::int64_t last, const Costs& costs, const Lengths& lengths, Frames& begins) {
  const std::int64_t frames = last - first;
  constexpr double kUnreachable = std::numeric_limits<double>::infinity();
  std::vector<double> best(static_cast<std::size_t>(frames) + 1, kUnreachable);
  Frames from(static_cast<std::size_t>(frames) + 1, 0);
  best[0] = 0;
  for (std::int64_t end = std::min(lengths.shortest, frames); end <= frames; ++end) {
    for (std::int64_t begin = std::max<std::int64_t>(0, end - lengths.longest);
         begin == 0 || begin + lengths.shortest <= end; ++begin) {
      if (begin >= end) {
        break;
      }
      const double cost = best[static_cast<std::size_t>(begin)] +
                          costs.segment(first + begin, first + end, lengths.longest) +
                          (end < frames ? costs.at(first + end) : 0);
      // On a tie the earlier begin wins: fewer, longer segments at the start.
      if (cost < best[static_cast<std::size_t>(end)]) {
        best[static_cast<std::size_t>(end)] = cost;
        from[static_cast<std::size_t>(end)] = begin;
      }
    }
  }
  const auto at = static_cast<std::ptrdiff_t>(begins.size());
  for (std::int64_t end = frames; end > 0; end = from[static_cast<std::size_t>(end)]) {
    begins.insert(begins.begin() + at, first + from[static_cast<std::size_t>(end)]);
  }
}

}  // namespace

std::vector<FrameIndex> boundaries(const timeline::Timeline& timeline, const media::VideoSettings& settings) {
  Lengths lengths;
  lengths.longest = std::max(1, settings.max_gop);
  lengths.shortest = std::min<std::int64_t>(kShortestSegment, std::max<std::int64_t>(1, lengths.longest / 2));
  const Costs costs(timeline, media::effort_of(settings.preset).lookahead >= kDearLookahead);
  Frames anchors = anchors_of(timeline, lengths);
  divide(anchors, costs, lengths);
  Frames begins;
  for (std::size_t i = 0; i + 1 < anchors.size(); ++i) {
    fill(anchors[i], anchors[i + 1], costs, lengths, begins);
  }
  std::vector<FrameIndex> out;
  for (const std::int64_t begin : begins) {
    out.push_back({begin});
  }
  return out;
}

}  // namespace capsule::segment

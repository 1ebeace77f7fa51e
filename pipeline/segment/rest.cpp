#include "segment/rest.h"

#include <algorithm>
#include <variant>

#include "segment/seen.h"

namespace capsule::segment {
namespace {

/// Frames of a range that may differ from the one before them.
class Changes {
 public:
  explicit Changes(FrameRange range)
      : range_(range), changes_(static_cast<std::size_t>(range.size()), false) {}

  void mark(FrameRange at) {
    const FrameIndex begin = std::clamp(at.begin, range_.begin, range_.end);
    const FrameIndex end = std::clamp(at.end, begin, range_.end);
    std::fill(changes_.begin() + (begin - range_.begin), changes_.begin() + (end - range_.begin), true);
  }

  void add(const timeline::Layer& layer, const timeline::Timeline& timeline) {
    const Unrest unrest = unrest_of(layer, timeline.files, timeline.rate);
    const FrameRange range = layer.range;
    // The picture after the last that moves shows the movement's end.
    mark({range.begin, range.begin + std::min(unrest.after_begin, range.size()) + 1});
    mark({range.end - std::min(unrest.before_end, range.size()), range.end + 1});
    if (const auto* stack = std::get_if<timeline::Stack>(&layer.content)) {
      for (const timeline::Layer& child : stack->children) {
        add(child, timeline);
      }
    }
  }

  [[nodiscard]] std::int64_t count() const { return std::ranges::count(changes_, true); }

  [[nodiscard]] bool at(FrameIndex n) const { return changes_[static_cast<std::size_t>(n - range_.begin)]; }

 private:
  FrameRange range_;
  std::vector<bool> changes_;
};

Changes changes_of(const timeline::Timeline& timeline, FrameRange range) {
  Changes changes(range);
  for (const timeline::Scene& scene : timeline.scenes) {
    if (!scene.range.overlaps(range)) {
      continue;
    }
    changes.mark({scene.range.begin, scene.range.begin + scene.enter.frames + 1});
    for (const timeline::Layer& layer : scene.layers) {
      changes.add(layer, timeline);
    }
  }
  for (const timeline::Layer& layer : timeline.overlays) {
    changes.add(layer, timeline);
  }
  return changes;
}

}  // namespace

std::optional<FrameIndex> rest_before(const timeline::Timeline& timeline, std::size_t scene) {
  if (scene == 0) {
    return std::nullopt;
  }
  const timeline::Scene& before = timeline.scenes[scene - 1];
  const Changes changes = changes_of(timeline, before.range);
  const std::int64_t second = timeline.rate.num / timeline.rate.den;
  FrameIndex end = before.range.end;
  for (FrameIndex n = end - 1; n > before.range.begin && before.range.end - n < second; n = n - 1) {
    if (changes.at(n)) {
      end = n;
    }
  }
  for (FrameIndex n = end - 1; 2 * (end - n) < 3 * second; n = n - 1) {
    if (n < before.range.begin || (n > before.range.begin && changes.at(n))) {
      return std::nullopt;
    }
  }
  return end;
}

std::int64_t coded_pictures(const timeline::Timeline& timeline, FrameRange range) {
  Changes changes = changes_of(timeline, range);
  changes.mark({range.begin, range.begin + 1});
  for (const timeline::Cue& cue : timeline.captions.cues) {
    changes.mark({cue.range.begin, cue.range.begin + 1});
    changes.mark({cue.range.end, cue.range.end + 1});
  }
  return changes.count();
}

}  // namespace capsule::segment

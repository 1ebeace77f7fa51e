#include "segment/restarts.h"

#include <algorithm>
#include <iterator>
#include <variant>

#include "timeline/source_clock.h"

namespace capsule::segment {
namespace {

/// The first frame of the film that shows `key`, an instant of the file, or what comes after it, by the
/// compositor's clock.
FrameIndex shown_at(Time key, const timeline::Media& media, FrameIndex begin, FrameRate rate) {
  const Time at = (key - media.in) / media.speed - timeline::asked_late(rate);
  const Time frames = at * Time(rate.num, rate.den);
  return begin - (Time() - frames).floor_units(1);
}

/// The longest stretch between two key frames: what the clip's encoder allows itself where nothing happens.
Time rhythm_of(const std::vector<Time>& keys) {
  Time longest;
  for (std::size_t i = 1; i < keys.size(); ++i) {
    longest = std::max(longest, keys[i] - keys[i - 1]);
  }
  return longest;
}

bool fills(const timeline::Layer& layer, Size canvas) {
  return 2 * layer.box.width * layer.box.height >= static_cast<double>(canvas.width) * canvas.height;
}

}  // namespace

std::vector<Restart> restarts(const timeline::Timeline& timeline, const timeline::Scene& scene) {
  std::vector<Restart> found;
  for (const timeline::Layer& layer : scene.layers) {
    const auto* media = std::get_if<timeline::Media>(&layer.content);
    if (media == nullptr || !fills(layer, timeline.canvas) || media->speed <= Time()) {
      continue;
    }
    const std::vector<Time>& keys = timeline.files.at(static_cast<std::size_t>(media->file)).key_frames;
    const Time rhythm = rhythm_of(keys);
    for (auto key = std::upper_bound(keys.begin(), keys.end(), media->in); key != keys.end(); ++key) {
      const FrameIndex at = shown_at(*key, *media, layer.range.begin, timeline.rate);
      // behind its end a clip shows its last picture
      if (at >= layer.range.end || (media->out > Time() && *key >= media->out)) {
        break;
      }
      const bool early = key != keys.begin() && *key - *std::prev(key) < rhythm * Time(9, 10);
      found.push_back({at, early});
    }
  }
  std::ranges::sort(found, {}, &Restart::at);
  return found;
}

}  // namespace capsule::segment

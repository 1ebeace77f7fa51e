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

/// Null where it is no clip that fills most of the picture.
const timeline::Media* clip_of(const timeline::Layer& layer, const timeline::Timeline& timeline) {
  const auto* media = std::get_if<timeline::Media>(&layer.content);
  const bool is_clip = media != nullptr && fills(layer, timeline.canvas) && media->speed > Time();
  return is_clip ? media : nullptr;
}

/// Behind its end a clip shows its last picture.
bool shows(Time at, const timeline::Media& media) {
  return at > media.in && (media.out <= Time() || at < media.out);
}

}  // namespace

std::vector<Stretch> stretches(const timeline::Timeline& timeline) {
  std::vector<Stretch> found;
  for (const timeline::Scene& scene : timeline.scenes) {
    for (const timeline::Layer& layer : scene.layers) {
      const timeline::Media* media = clip_of(layer, timeline);
      if (media == nullptr) {
        continue;
      }
      const Time length = start_of({layer.range.size()}, timeline.rate) * media->speed;
      const Time until = media->in + length;
      found.push_back({media->file, media->in, media->out > Time() ? std::min(until, media->out) : until});
    }
  }
  return found;
}

std::vector<Restart> restarts(const timeline::Timeline& timeline, const timeline::Scene& scene) {
  std::vector<Restart> found;
  for (const timeline::Layer& layer : scene.layers) {
    const timeline::Media* media = clip_of(layer, timeline);
    if (media == nullptr) {
      continue;
    }
    const timeline::MediaFacts& file = timeline.files.at(static_cast<std::size_t>(media->file));
    const auto add = [&](Time time, bool cut) {
      const FrameIndex at = shown_at(time, *media, layer.range.begin, timeline.rate);
      if (shows(time, *media) && at < layer.range.end) {
        found.push_back({at, cut});
      }
    };
    const std::vector<Time>& keys = file.key_frames;
    const Time rhythm = rhythm_of(keys);
    for (auto key = keys.begin(); key != keys.end(); ++key) {
      add(*key, key != keys.begin() && *key - *std::prev(key) < rhythm * Time(9, 10));
    }
    for (const Time cut : file.cuts) {
      add(cut, true);
    }
  }
  std::ranges::sort(found, {}, &Restart::at);
  return found;
}

}  // namespace capsule::segment

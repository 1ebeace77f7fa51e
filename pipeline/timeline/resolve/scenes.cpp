#include "timeline/resolve/scenes.h"

#include <fmt/format.h>

#include <algorithm>
#include <variant>

#include "timeline/resolve/layers.h"
#include "timeline/resolve/reading.h"

namespace capsule::timeline {
namespace {

Time half_second() {
  return {1, 2};
}

std::int64_t letters_of(const std::vector<preset::Layer>& layers, const std::string& language) {
  std::int64_t letters = 0;
  for (const preset::Layer& layer : layers) {
    if (const auto* text = std::get_if<preset::TextLayer>(&layer.content)) {
      const std::string* found = text->text.find(language);
      letters += found == nullptr ? 0 : reading_letters(*found);
    } else if (const auto* stack = std::get_if<preset::StackLayer>(&layer.content)) {
      letters += letters_of(stack->children, language);
    }
  }
  return letters;
}

// The rearmost clip that shows from the scene's start to its end.
std::optional<Time> clip_time(Context& context, const preset::Scene& scene) {
  for (const preset::Layer& layer : scene.layers) {
    const auto* media = std::get_if<preset::MediaLayer>(&layer.content);
    if (media == nullptr || layer.from || layer.until) {
      continue;
    }
    const std::string* path = media->path.find(context.timeline.language);
    const std::optional<int> file = path == nullptr ? std::nullopt : context.file(*path, media->path.where);
    if (!file || context.facts(*file).still || !context.facts(*file).has_video) {
      continue;
    }
    const Time length = clip_length(*media, context.facts(*file));
    if (length > Time{}) {
      return length;
    }
  }
  return std::nullopt;
}

Time voice_end(Context& context) {
  if (!context.preset.audio.voice) {
    return {};
  }
  const preset::Track& voice = *context.preset.audio.voice;
  const std::string* path = voice.file.find(context.timeline.language);
  const std::optional<int> file = path == nullptr ? std::nullopt : context.file(*path, voice.file.where);
  return file ? voice.at + context.facts(*file).duration + half_second() : Time{};
}

Time automatic(Context& context, const preset::Scene& scene, Time start, const std::vector<RawCue>& cues) {
  if (const std::optional<Time> clip = clip_time(context, scene)) {
    return *clip;
  }
  const std::string& language = context.timeline.language;
  const std::int64_t letters = letters_of(scene.layers, language);
  const Time read =
      start + std::max(Time::seconds(2), Time(letters, reading_speed(language)) + half_second());
  const bool last = &scene == &context.preset.scenes.back();
  Time end = last ? std::max(read, voice_end(context)) : read;
  for (const RawCue& cue : cues) {
    if (cue.from >= start && (last || cue.from < read)) {
      end = std::max(end, cue.to);
    }
  }
  return end - start;
}

}  // namespace

std::vector<Time> scene_starts(Context& context, const std::vector<RawCue>& cues) {
  const Time shortest(1, 10);
  std::vector<Time> starts{Time{}};
  for (std::size_t i = 0; i < context.preset.scenes.size(); ++i) {
    const preset::Scene& scene = context.preset.scenes[i];
    const Time length = scene.duration ? *scene.duration : automatic(context, scene, starts.back(), cues);
    const Time end = starts.back() + length;
    if (length < shortest || context.frame(end) <= context.frame(starts.back())) {
      context.problem(Code{"scene-too-short"},
                      {{"name", name_or(scene.id, fmt::format("scenes[{}]", i + 1))},
                       {"length", length.to_seconds()},
                       {"limit", shortest.to_seconds()}},
                      scene.where);
    }
    starts.push_back(std::max(starts.back(), end));
  }
  if (starts.back() > Time::seconds(kLongestFilm)) {
    context.problem(Code{"film-too-long"},
                    {{"length", starts.back().to_seconds()}, {"limit", std::int64_t{kLongestFilm}}},
                    {context.preset.file, 0, 0});
  }
  return starts;
}

}  // namespace capsule::timeline

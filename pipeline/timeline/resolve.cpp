#include "timeline/resolve.h"

#include <fmt/format.h>

#include <cstdint>
#include <utility>

#include "language/tag.h"
#include "timeline/resolve/captions.h"
#include "timeline/resolve/context.h"
#include "timeline/resolve/effects.h"
#include "timeline/resolve/layers.h"
#include "timeline/resolve/scenes.h"
#include "timeline/resolve/sound.h"

namespace capsule::timeline {
namespace {

void add_scene(Context& context, LayerMaker& maker, std::size_t index, const Stretch& stretch) {
  const preset::Scene& from = context.preset.scenes[index];
  Scene scene;
  scene.id = from.id;
  scene.range = stretch.range;
  scene.enter = transition_of(context, from.enter, stretch.range, {stretch.place, from.where});
  scene.layers = maker.layers(from.layers, stretch);
  context.timeline.scenes.push_back(std::move(scene));
}

void add_pictures(Context& context, LayerMaker& maker, const std::vector<Time>& starts) {
  for (std::size_t i = 0; i < context.preset.scenes.size(); ++i) {
    const FrameRange range{context.frame(starts[i]), context.frame(starts[i + 1])};
    if (range.empty()) {
      continue;  // "scene-too-short" has been said.
    }
    const std::string place = name_or(context.preset.scenes[i].id, fmt::format("scenes[{}]", i + 1));
    add_scene(context, maker, i, {starts[i], starts[i + 1] - starts[i], range, place});
  }
  const FrameRange film{{0}, context.timeline.frames};
  if (!film.empty()) {
    context.timeline.overlays =
        maker.layers(context.preset.overlays, {Time{}, starts.back(), film, "overlays"});
  }
}

// A caption belongs to the scene in which it begins.
void hide_captions(Context& context) {
  const std::vector<Scene>& scenes = context.timeline.scenes;
  for (std::size_t i = 0; i < scenes.size(); ++i) {
    for (Cue& cue : context.timeline.captions.cues) {
      cue.hidden = cue.hidden ||
                   (context.preset.scenes[i].hides_captions && scenes[i].range.contains(cue.range.begin));
    }
  }
}

void warn_of_length(Context& context, Time film) {
  const preset::Profile& profile = context.profile;
  if (profile.max_duration > Time{} && film > profile.max_duration) {
    context.warn(Code{"film-long-for-place"},
                 {{"length", film.to_seconds()},
                  {"limit", profile.max_duration.to_seconds()},
                  {"profile", profile.id}},
                 {context.preset.file, 0, 0});
  }
}

}  // namespace

Result<Timeline> resolve(const preset::Preset& preset, const preset::Profile& profile,
                         const std::string& language, const FactsOf& facts_of, Reporter& reporter) {
  TRY_ASSIGN(std::string tag, language::canonical_tag(language));
  Context context(preset, profile, std::move(tag), facts_of, reporter);
  if (preset.scenes.empty()) {
    context.problem(Code{"no-scenes"}, {{"path", preset.file}}, {preset.file, 0, 0});
  }
  const std::string* title = context.text(preset.title, "title");
  context.timeline.title = title == nullptr ? std::string{} : *title;
  const std::vector<RawCue> cues = read_captions(context);
  const std::vector<Time> starts = scene_starts(context, cues);
  context.timeline.frames = context.frame(starts.back());
  LayerMaker maker(context);
  add_pictures(context, maker, starts);
  place_captions(context, cues, context.timeline.frames);
  hide_captions(context);
  // Sound follows the frames, so that both streams end together.
  resolve_sound(context, maker.clips(), start_of(context.timeline.frames, context.timeline.rate));
  if (!context.problems().empty()) {
    const auto count = static_cast<std::int64_t>(context.problems().size());
    Error error{Code{"timeline-invalid"}, {{"path", preset.file}, {"count", count}}, {}, {}, {}};
    error.causes = std::move(context.problems());
    return fail(std::move(error));
  }
  warn_of_length(context, starts.back());
  return std::move(context.timeline);
}

}  // namespace capsule::timeline

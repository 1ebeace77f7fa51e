#include "compose/compositor.h"

#include <algorithm>

#include "compose/stage.h"
#include "compose/transitions/transition.h"

namespace capsule::compose {
namespace {

/// A picture and what it was made from: asked again for the same, it is the same picture. A list is kept only
/// when it comes a second time; what changes every frame is painted straight into the frame.
struct Kept {
  DrawList list;
  Picture picture;
};

/// What the scenes contribute to one frame.
struct Ground {
  DrawList old_scene, new_scene;
  timeline::Transition transition;
  int progress = kTransitionDone;

  [[nodiscard]] bool mixed() const { return progress < kTransitionDone; }

  friend bool operator==(const Ground& a, const Ground& b) {
    return a.progress == b.progress && a.new_scene == b.new_scene &&
           (!a.mixed() || a.old_scene == b.old_scene) &&
           (!a.mixed() || a.transition.kind == b.transition.kind);
  }
};

void collect_laid_out(const std::vector<Placed>& layers, std::vector<LaidOut>& out) {
  for (const Placed& placed : layers) {
    const bool fits = placed.text == nullptr || placed.text->paragraph.fits;
    out.push_back(
        {placed.layer->id, placed.box, placed.ink, placed.layer->range, fits, placed.text != nullptr});
    collect_laid_out(placed.children, out);
  }
}

}  // namespace

struct Compositor::State {
  State(const timeline::Timeline& film, const Services& services)
      : timeline(film), shop(timeline, services), stage(shop) {}

  /// A copy: layers and files are pointed to for as long as the compositor lives.
  const timeline::Timeline timeline;
  Workshop shop;
  Stage stage;
  Painter painter;
  Kept old_scene, new_scene;
  Ground ground;   ///< Of the last frame.
  DrawList above;  ///< Of the last frame.
  Picture mixed;   ///< The last frame's ground, where it came a second time.
  Picture last;

  Result<Ground> ground_at(FrameIndex n) {
    const std::size_t scene = stage.scene_at(n);
    Ground out;
    out.transition = timeline.scenes[scene].enter;
    out.progress =
        scene == 0 ? kTransitionDone : progress_of(out.transition, n - timeline.scenes[scene].range.begin);
    TRY(out.mixed() ? stage.draw_scene(scene - 1, n, out.old_scene) : Status());
    TRY(stage.draw_scene(scene, n, out.new_scene));
    return out;
  }

  Picture paint(const DrawList& list) {
    return painter.paint(list, timeline.canvas, to_ycbcr(timeline.background));
  }

  Picture scene_picture(const DrawList& list, Kept& kept) {
    if (!kept.picture || kept.list != list) {
      kept = {list, paint(list)};
    }
    return kept.picture;
  }

  /// The ground alone.
  Picture ground_picture(const Ground& now) {
    if (!now.mixed()) {
      return scene_picture(now.new_scene, new_scene);
    }
    const Picture from = scene_picture(now.old_scene, old_scene);
    const Picture to = scene_picture(now.new_scene, new_scene);
    const std::shared_ptr<Canvas> out = painter.blank(timeline.canvas);
    between(now.transition, now.progress, *from, *to, *out);
    return out;
  }

  Picture with_above(const Ground& now, const DrawList& list) {
    const bool same_ground = last && now == ground;
    if (list.empty()) {
      mixed = same_ground && mixed ? mixed : ground_picture(now);
      return mixed;
    }
    if (!same_ground && !now.mixed()) {
      mixed.reset();
      DrawList all = now.new_scene;
      all.insert(all.end(), list.begin(), list.end());
      return paint(all);
    }
    if (!same_ground || !mixed) {
      mixed = ground_picture(now);
    }
    const std::shared_ptr<Canvas> out = painter.copy(*mixed);
    painter.paint_onto(*out, list);
    return out;
  }

  Result<Picture> frame(FrameIndex n) {
    if (shop.services().stop.stop_requested()) {
      return fail(Code{"cancelled"});
    }
    if (shop.services().effort) {
      ++shop.services().effort->pictures;
    }
    TRY_ASSIGN(Ground now, ground_at(n));
    DrawList list;
    TRY(stage.draw_above(n, list));
    if (!last || !(now == ground) || list != above) {
      last = with_above(now, list);
      ground = std::move(now);
      above = std::move(list);
    }
    stage.forget_outside({n, n + 1});
    return last;
  }
};

Result<Compositor> Compositor::open(const timeline::Timeline& timeline, const Services& services) {
  const Size size = timeline.canvas;
  if (size.width <= 0 || size.height <= 0 || size.width % 2 != 0 || size.height % 2 != 0) {
    return fail(Code{"compose-failed"}, {{"detail", std::string("the canvas must have even sides")}});
  }
  if (timeline.scenes.empty() || timeline.frames.value <= 0) {
    return fail(Code{"compose-failed"}, {{"detail", std::string("the film has no scenes")}});
  }
  return Compositor(std::make_unique<State>(timeline, services));
}

Compositor::Compositor(std::unique_ptr<State> state) : state_(std::move(state)) {}

Compositor::~Compositor() = default;
Compositor::Compositor(Compositor&&) noexcept = default;
Compositor& Compositor::operator=(Compositor&&) noexcept = default;

Result<Picture> Compositor::frame(FrameIndex n) {
  return state_->frame({std::clamp<std::int64_t>(n.value, 0, state_->timeline.frames.value - 1)});
}

Status review(const timeline::Timeline& timeline, const Services& services) {
  Workshop shop(timeline, services);
  Stage stage(shop);
  for (std::size_t i = 0; i < timeline.scenes.size(); ++i) {
    TRY(stage.layers(i));
  }
  TRY(stage.overlays());
  for (std::size_t i = 0; i < timeline.captions.cues.size(); ++i) {
    TRY(stage.cue(i));
  }
  return {};
}

Result<std::vector<LaidOut>> layout(const timeline::Timeline& timeline, const Services& services) {
  Workshop shop(timeline, services, true);
  Stage stage(shop);
  std::vector<LaidOut> out;
  for (std::size_t i = 0; i < timeline.scenes.size(); ++i) {
    TRY_ASSIGN(const auto* layers, stage.layers(i));
    collect_laid_out(*layers, out);
  }
  TRY_ASSIGN(const auto* overlays, stage.overlays());
  collect_laid_out(*overlays, out);
  for (std::size_t i = 0; i < timeline.captions.cues.size(); ++i) {
    if (timeline.captions.cues[i].hidden) {
      continue;
    }
    TRY_ASSIGN(const PlacedCue cue, stage.cue(i));
    out.push_back(
        {"cue " + std::to_string(i + 1), cue.box, cue.ink, timeline.captions.cues[i].range, cue.fits, true});
  }
  return out;
}

}  // namespace capsule::compose

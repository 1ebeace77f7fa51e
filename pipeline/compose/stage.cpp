#include "compose/stage.h"

#include <algorithm>

namespace capsule::compose {

using timeline::Timeline;

Stage::Stage(Workshop& shop)
    : shop_(&shop),
      scenes_(shop.timeline().scenes.size()),
      beside_(first_beside(shop.timeline().captions.cues)) {
  FrameIndex reach;
  for (const timeline::Cue& cue : shop.timeline().captions.cues) {
    reach = std::max(reach, cue.range.end);
    reach_.push_back(reach);
  }
}

std::size_t Stage::scene_at(FrameIndex n) const {
  const auto& scenes = shop_->timeline().scenes;
  const auto after =
      std::upper_bound(scenes.begin(), scenes.end(), n,
                       [](FrameIndex f, const timeline::Scene& scene) { return f < scene.range.begin; });
  return after == scenes.begin() ? 0 : static_cast<std::size_t>(after - scenes.begin()) - 1;
}

Status Stage::lay(Group& group, const std::vector<timeline::Layer>& layers, const Span& span) {
  if (group.placed) {
    return {};
  }
  group.layers.clear();
  for (const timeline::Layer& layer : layers) {
    TRY_ASSIGN(Placed placed, compose::place(*shop_, layer, span));
    group.layers.push_back(std::move(placed));
  }
  group.placed = true;
  return {};
}

Result<const std::vector<Placed>*> Stage::layers(std::size_t scene) {
  const Timeline& film = shop_->timeline();
  const bool last = scene + 1 == film.scenes.size();
  const Span span{film.scenes[scene].range.end, last ? 0 : film.scenes[scene + 1].enter.frames};
  TRY(lay(scenes_[scene], film.scenes[scene].layers, span));
  return &scenes_[scene].layers;
}

Result<const std::vector<Placed>*> Stage::overlays() {
  const Timeline& film = shop_->timeline();
  TRY(lay(overlays_, film.overlays, {film.frames, 0}));
  return &overlays_.layers;
}

Status Stage::draw(Group& group, FrameIndex n, DrawList& list) {
  if (group.items.empty()) {
    for (const Placed& placed : group.layers) {
      group.items.push_back(make_item(*shop_, placed));
    }
  }
  Easel easel(shop_->canvas(), list);
  for (const ItemPtr& item : group.items) {
    if (Status drawn = item->draw({n, Pose{}}, easel); !drawn) {
      return drawn;
    }
  }
  return {};
}

Status Stage::draw_scene(std::size_t scene, FrameIndex n, DrawList& list) {
  TRY_ASSIGN(const auto* ready, layers(scene));
  static_cast<void>(ready);
  return draw(scenes_[scene], n, list);
}

Status Stage::draw_above(FrameIndex n, DrawList& list) {
  TRY_ASSIGN(const auto* ready, overlays());
  static_cast<void>(ready);
  TRY(draw(overlays_, n, list));
  return draw_cues(n, list);
}

void Stage::collect(const std::vector<Placed>& layers, FrameRange range, std::vector<Lifting>& out) {
  for (const Placed& placed : layers) {
    if (placed.layer->lifts_captions && placed.life.range.overlaps(range)) {
      out.push_back({placed.life.range, placed.box});
    }
    collect(placed.children, range, out);
  }
}

Result<PlacedCue> Stage::cue(std::size_t index) {
  for (std::size_t i = beside_[index]; i < index; ++i) {
    if (!shop_->timeline().captions.cues[i].hidden && !rooms_.contains(i)) {
      TRY_ASSIGN(const PlacedCue before, place(i));
      static_cast<void>(before);
    }
  }
  return place(index);
}

Result<PlacedCue> Stage::place(std::size_t index) {
  const Timeline& film = shop_->timeline();
  const timeline::Cue& cue = film.captions.cues[index];
  std::vector<RectF> taken;
  for (std::size_t i = beside_[index]; i < index; ++i) {
    const timeline::Cue& before = film.captions.cues[i];
    if (!before.hidden && before.range.overlaps(cue.range)) {
      taken.push_back(rooms_.at(i));
    }
  }
  std::vector<Lifting> lifting;
  for (std::size_t i = scene_at(cue.range.begin);
       i < film.scenes.size() && film.scenes[i].range.begin < cue.range.end; ++i) {
    TRY_ASSIGN(const auto* placed, layers(i));
    collect(*placed, cue.range, lifting);
  }
  TRY_ASSIGN(const auto* above, overlays());
  collect(*above, cue.range, lifting);
  TRY_ASSIGN(PlacedCue placed, place_cue(*shop_, cue, lifting, std::move(taken)));
  rooms_[index] = placed.room;
  return placed;
}

std::vector<std::size_t> Stage::cues_at(FrameIndex n) const {
  const auto& cues = shop_->timeline().captions.cues;
  const auto after =
      std::upper_bound(cues.begin(), cues.end(), n,
                       [](FrameIndex f, const timeline::Cue& cue) { return f < cue.range.begin; });
  std::vector<std::size_t> out;
  for (auto i = static_cast<std::size_t>(after - cues.begin()); i > 0 && n < reach_[i - 1]; --i) {
    if (cues[i - 1].range.contains(n) && !cues[i - 1].hidden) {
      out.insert(out.begin(), i - 1);
    }
  }
  return out;
}

Status Stage::draw_cues(FrameIndex n, DrawList& list) {
  const std::vector<std::size_t> now = cues_at(n);
  std::erase_if(cues_, [&now](const auto& shown) {
    return std::find(now.begin(), now.end(), shown.first) == now.end();
  });
  Easel easel(shop_->canvas(), list);
  for (const std::size_t index : now) {
    auto shown = cues_.find(index);
    if (shown == cues_.end()) {
      const Timeline& film = shop_->timeline();
      TRY_ASSIGN(PlacedCue placed, cue(index));
      TRY_ASSIGN(SpokenCue made,
                 SpokenCue::make(std::move(placed), film.captions, film.captions.cues[index], film.rate));
      shown = cues_.emplace(index, std::move(made)).first;
    }
    TRY(shown->second.draw(n, easel));
  }
  return {};
}

void Stage::forget_outside(FrameRange seen) {
  const auto hidden = [&seen](const ItemPtr& item) {
    const Life& life = item->placed().life;
    return !seen.overlaps({life.range.begin, life.gone});
  };
  for (Group& group : scenes_) {
    if (std::all_of(group.items.begin(), group.items.end(), hidden)) {
      group.items.clear();
    }
    for (const ItemPtr& item : group.items) {
      hidden(item) ? item->forget() : void();
    }
  }
}

}  // namespace capsule::compose

#include <algorithm>

#include "preset/read/read.h"

namespace capsule::preset {
namespace {

std::optional<Edge> edge_of(const Fields& fields) {
  const auto word = fields.choice("edge");
  if (!word) {
    return std::nullopt;
  }
  return *word == "start" ? Edge::kStart
         : *word == "end" ? Edge::kEnd
         : *word == "top" ? Edge::kTop
                          : Edge::kBottom;
}

EffectKind effect_kind(std::string_view word) {
  struct Named {
    std::string_view word;
    EffectKind kind;
  };

  static constexpr Named kKinds[] = {{"fade", EffectKind::kFade},
                                     {"slide", EffectKind::kSlide},
                                     {"wipe", EffectKind::kWipe},
                                     {"grow", EffectKind::kGrow},
                                     {"pop", EffectKind::kPop},
                                     {"roll", EffectKind::kRoll},
                                     {"typewriter", EffectKind::kTypewriter},
                                     {"reading", EffectKind::kReading}};
  const auto* found =
      std::find_if(std::begin(kKinds), std::end(kKinds), [&](const Named& n) { return n.word == word; });
  return found == std::end(kKinds) ? EffectKind::kNone : found->kind;
}

TransitionKind transition_kind(std::string_view word) {
  return word == "crossfade" ? TransitionKind::kCrossfade
         : word == "wipe"    ? TransitionKind::kWipe
         : word == "slide"   ? TransitionKind::kSlide
                             : TransitionKind::kPush;
}

/// The one key of a map that names a kind; tells when there is none or more.
const NodeKey* only_key(const Fields& fields, const Node& map) {
  if (map.keys.size() == 1) {
    return &map.keys.front();
  }
  if (map.keys.empty()) {
    fields.env().context.problems.add(Code{"missing-key"}, {{"key", "fade: 0.4s"}}, map.place);
  } else {
    fields.env().context.problems.add(Code{"layer-kind-twice"},
                                      {{"first", map.keys[0].name}, {"second", map.keys[1].name}},
                                      map.keys[1].place);
  }
  return nullptr;
}

/// Strength of a zoom "in": about 3.5 % a second, within what looks calm.
double usual_zoom(std::optional<Time> scene) {
  const double seconds = scene ? scene->to_seconds() : 4;
  return 1 + std::clamp(0.035 * seconds, 0.06, 0.2);
}

}  // namespace

Effect read_effect(const Fields& fields, std::string_view key, Time usual) {
  Effect effect;
  const Node* node = fields.node(key);
  if (node == nullptr) {
    return effect;
  }
  effect.duration = usual;
  if (node->is_scalar()) {
    effect.kind = effect_kind(fields.choice(key).value_or("none"));
  } else if (const NodeKey* kind = node->is_map() ? only_key(fields, *node) : nullptr; kind != nullptr) {
    effect.kind = effect_kind(kind->name);
    const Fields block(fields.env(), *node, Object::kEffect);
    if (const auto detail = block.block(kind->name, Object::kEffectDetail); detail) {
      assign(effect.duration, detail->time("duration"));
      assign(effect.edge, edge_of(*detail));
      assign(effect.delay, detail->time("delay"));
      assign(effect.travel, detail->length("travel"));
    } else if (block.has(kind->name)) {
      assign(effect.duration,
             read_time(fields.env(), *block.node(kind->name), *find_key(Object::kEffectDetail, "duration")));
    }
  }
  if (effect.kind == EffectKind::kNone) {
    effect.duration = Time();
  }
  return effect;
}

Transition read_transition(const Fields& fields, std::string_view key) {
  Transition transition;
  const Node* node = fields.node(key);
  if (node == nullptr) {
    return transition;
  }
  if (node->is_scalar()) {
    if (const auto word = fields.word(key); word && *word != "cut") {
      fields.env().context.problems.add(Code{"transition-word"},
                                        {{"key", std::string(key)}, {"value", *word}}, node->place);
    }
    return transition;
  }
  const NodeKey* kind = node->is_map() ? only_key(fields, *node) : nullptr;
  if (kind == nullptr) {
    return transition;
  }
  transition.kind = transition_kind(kind->name);
  transition.duration = Time::millis(500);
  const Fields block(fields.env(), *node, Object::kTransition);
  if (const auto detail = block.block(kind->name, Object::kTransitionDetail); detail) {
    assign(transition.duration, detail->time("duration"));
    assign(transition.edge, edge_of(*detail));
  } else if (block.has(kind->name)) {
    assign(transition.duration, read_time(fields.env(), *block.node(kind->name),
                                          *find_key(Object::kTransitionDetail, "duration")));
  }
  if (transition.duration == Time()) {
    transition.kind = TransitionKind::kCut;
  }
  return transition;
}

Box read_box(const Fields& fields) {
  Box box;
  const auto block = fields.block("box", Object::kBox);
  if (!block) {
    return box;
  }
  box.on_canvas = block->choice("on").value_or("safe") == "canvas";
  box.start = block->length("start");
  box.end = block->length("end");
  box.top = block->length("top");
  box.bottom = block->length("bottom");
  box.width = block->length("width");
  box.height = block->length("height");
  return box;
}

namespace {

void read_trim(const Fields& fields, MediaLayer& media) {
  const Node* node = fields.node("trim");
  const auto text = fields.word("trim");
  if (!text) {
    return;
  }
  const std::size_t dots = text->find("..");
  if (dots == std::string::npos || text->size() == 2) {
    fields.env().context.problems.add(
        Code{"bad-quantity"}, {{"key", "trim"}, {"value", *text}, {"example", "2s..10s"}}, node->place);
    return;
  }
  Key limits = fields.row("trim");
  limits.most = 86400;
  const auto side = [&](const std::string& words) -> std::optional<Time> {
    if (words.find_first_not_of(' ') == std::string::npos) {
      return std::nullopt;
    }
    Node part;
    part.kind = NodeKind::kScalar;
    part.place = node->place;
    part.text = words;
    return read_time(fields.env(), part, limits);
  };
  media.trim_from = side(text->substr(0, dots));
  media.trim_to = side(text->substr(dots + 2));
}

void read_zoom(const Fields& motion, std::optional<Time> scene, Motion& result) {
  result.kind = MotionKind::kKenBurns;
  if (const auto zoom = motion.block("ken-burns", Object::kZoom); zoom) {
    assign(result.from, zoom->number("from"));
    assign(result.to, zoom->number("to"));
    return;
  }
  const bool out = motion.choice("ken-burns").value_or("in") == "out";
  const double near = usual_zoom(scene);
  result.from = out ? near : 1;
  result.to = out ? 1 : near;
}

void read_motion(const Fields& fields, std::optional<Time> scene, MediaLayer& media) {
  const auto motion = fields.block("motion", Object::kMotion);
  if (!motion) {
    return;
  }
  assign(media.focus, motion->focus("focus"));
  if (motion->has("ken-burns") && motion->has("pan")) {
    fields.env().context.problems.add(Code{"layer-kind-twice"}, {{"first", "ken-burns"}, {"second", "pan"}},
                                      motion->map().place);
  } else if (motion->has("ken-burns")) {
    read_zoom(*motion, scene, media.motion);
  } else if (const auto pan = motion->block("pan", Object::kPan); pan) {
    media.motion.kind = MotionKind::kPan;
    assign(media.motion.dx, pan->length("x"));
    assign(media.motion.dy, pan->length("y"));
  }
}

}  // namespace

void read_picture(const Fields& fields, std::optional<Time> scene, MediaLayer& media) {
  read_trim(fields, media);
  assign(media.speed, fields.number("speed"));
  if (const auto fit = fields.choice("fit"); fit) {
    media.fit = *fit == "contain" ? Fit::kContain : *fit == "blur-fill" ? Fit::kBlurFill : Fit::kCover;
  }
  assign(media.focus, fields.focus("focus"));
  read_motion(fields, scene, media);
  assign(media.blur, fields.share("blur"));
  if (const Node* dim = fields.node("dim"); dim != nullptr && dim->is_scalar()) {
    assign(media.dim, fields.share("dim"));
  }
  const auto ink = fields.env().context.brand.colors.find("ink");
  media.dim_color = ink == fields.env().context.brand.colors.end() ? Color{} : ink->second;
  assign(media.dim_color, fields.color("dim_color"));
  media.tint = fields.color("tint");
  media.sound_db = fields.gain("sound");
}

}  // namespace capsule::preset

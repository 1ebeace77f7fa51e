#include "timeline/describe.h"

#include <functional>

#include "tests/timeline/support.h"

namespace capsule::test {

namespace {

using timeline::Layer;
using timeline::Media;
using timeline::MediaFacts;
using timeline::Plate;
using timeline::Scene;
using timeline::Shape;
using timeline::Stack;
using timeline::Text;
using timeline::TextStyle;
using timeline::Timeline;

template <typename T>
using Change = std::function<void(T&)>;

// Every change, applied to a fresh copy, must give a hash of its own.
template <typename T>
void check_changes(const T& base, const std::vector<Change<T>>& changes,
                   const std::function<Digest(const T&)>& hash) {
  std::vector<Digest> seen{hash(base)};
  for (std::size_t i = 0; i < changes.size(); ++i) {
    T changed = base;
    changes[i](changed);
    const Digest digest = hash(changed);
    CAPTURE(i);
    CHECK(std::ranges::find(seen, digest) == seen.end());
    seen.push_back(digest);
  }
}

Timeline one_file() {
  Timeline timeline;
  timeline.canvas = {1080, 1920};
  timeline.frames = {300};
  timeline.files.resize(2);
  timeline.files[1].digest.bytes[0] = 9;
  return timeline;
}

template <typename Content>
Layer with(Content content) {
  Layer layer;
  layer.range = {{10}, {70}};
  layer.box = {1, 2, 3, 4};
  layer.content = std::move(content);
  return layer;
}

Digest hash_layer(const Layer& layer, FrameIndex origin, const Timeline& timeline) {
  Hasher hasher;
  timeline::describe(hasher, layer, origin, timeline);
  return hasher.digest();
}

template <typename Content>
void check_content(const Content& base, const std::vector<Change<Content>>& changes) {
  const Timeline timeline = one_file();
  check_changes<Content>(base, changes,
                         [&](const Content& content) { return hash_layer(with(content), {0}, timeline); });
}

TextStyle full_style() {
  TextStyle style;
  style.fonts = {"a"};
  style.outline = timeline::Outline{};
  style.shadow = timeline::Shadow{};
  style.glow = timeline::Glow{};
  style.plate = Plate{};
  style.plate->edge = Color{};
  return style;
}

}  // namespace

TEST_CASE("every field of a layer changes its hash, its id does not") {
  const Timeline timeline = one_file();
  Layer base = with(Shape{});
  base.enter.kind = timeline::EffectKind::kFade;
  base.dim = timeline::Dim{};
  check_changes<Layer>(
      base,
      {[](Layer& l) { l.range.begin = {11}; }, [](Layer& l) { l.range.end = {71}; },
       [](Layer& l) { l.box.x = 9; }, [](Layer& l) { l.box.y = 9; }, [](Layer& l) { l.box.width = 9; },
       [](Layer& l) { l.box.height = 9; }, [](Layer& l) { l.enter.kind = timeline::EffectKind::kPop; },
       [](Layer& l) { l.enter.side = timeline::Side::kTop; }, [](Layer& l) { l.enter.frames = 9; },
       [](Layer& l) { l.enter.delay = 9; }, [](Layer& l) { l.enter.travel = 9; },
       [](Layer& l) { l.enter.stagger = 9; }, [](Layer& l) { l.exit.frames = 9; },
       [](Layer& l) { l.opacity = 0.5; }, [](Layer& l) { l.dim.reset(); }, [](Layer& l) { l.dim->at = 9; },
       [](Layer& l) { l.dim->opacity = 0.9; }, [](Layer& l) { l.lifts_captions = true; },
       [](Layer& l) { l.content = timeline::Qr{}; }},
      [&](const Layer& layer) { return hash_layer(layer, {0}, timeline); });
  Layer named = base;
  named.id = "other";
  CHECK(hash_layer(named, {0}, timeline) == hash_layer(base, {0}, timeline));
}

TEST_CASE("every field of media and their files changes the hash, the path does not") {
  Media base;
  base.tint = Color{};
  check_content<Media>(base, {[](Media& m) { m.file = 1; },
                              [](Media& m) { m.in = Time(1, 3); },
                              [](Media& m) { m.out = Time(1, 3); },
                              [](Media& m) { m.speed = Time(1, 3); },
                              [](Media& m) { m.fit = timeline::Fit::kContain; },
                              [](Media& m) { m.focus.x = 0; },
                              [](Media& m) { m.focus.y = 0; },
                              [](Media& m) { m.focus_auto = true; },
                              [](Media& m) { m.motion.kind = timeline::MotionKind::kPan; },
                              [](Media& m) { m.motion.from = 2; },
                              [](Media& m) { m.motion.to = 2; },
                              [](Media& m) { m.motion.anchor.x = 0; },
                              [](Media& m) { m.motion.anchor.y = 0; },
                              [](Media& m) { m.motion.dx = 2; },
                              [](Media& m) { m.motion.dy = 2; },
                              [](Media& m) { m.blur = 2; },
                              [](Media& m) { m.dim = 0.5; },
                              [](Media& m) { m.dim_color.b = 7; },
                              [](Media& m) { m.tint.reset(); },
                              [](Media& m) { m.tint->a = 7; }});
  const Layer layer = with(Media{});
  const auto hash = [&](const MediaFacts& facts) {
    Timeline timeline = one_file();
    timeline.files[0] = facts;
    return hash_layer(layer, {0}, timeline);
  };
  check_changes<MediaFacts>(
      {},
      {[](MediaFacts& f) { f.digest.bytes[15] = 1; }, [](MediaFacts& f) { f.still = true; },
       [](MediaFacts& f) { f.alpha = true; }, [](MediaFacts& f) { f.has_video = false; },
       [](MediaFacts& f) { f.has_audio = true; }, [](MediaFacts& f) { f.shown.width = 1; },
       [](MediaFacts& f) { f.shown.height = 1; }, [](MediaFacts& f) { f.duration = Time(1, 3); },
       [](MediaFacts& f) { f.start = Time(1, 3); }},
      hash);
  MediaFacts moved;
  moved.path = "elsewhere.mp4";
  CHECK(hash(moved) == hash(MediaFacts{}));
}

TEST_CASE("every field of text and its style changes the hash") {
  Text base;
  base.style = full_style();
  base.count = Text::Count{};
  check_content<Text>(base, {[](Text& t) { t.text = "x"; },
                             [](Text& t) { t.language = "x"; },
                             [](Text& t) { t.count.reset(); },
                             [](Text& t) { t.count->from = 2; },
                             [](Text& t) { t.count->to = 2; },
                             [](Text& t) { t.count->decimals = 2; },
                             [](Text& t) { t.count->frames = 2; },
                             [](Text& t) { t.style.fonts = {"b"}; },
                             [](Text& t) { t.style.fonts.emplace_back("a"); },
                             [](Text& t) { t.style.size = 9; },
                             [](Text& t) { t.style.min_size = 9; },
                             [](Text& t) { t.style.color.r = 9; },
                             [](Text& t) { t.style.color.g = 9; },
                             [](Text& t) { t.style.align = timeline::HAlign::kCenter; },
                             [](Text& t) { t.style.valign = timeline::VAlign::kTop; },
                             [](Text& t) { t.style.line_height = 9; },
                             [](Text& t) { t.style.max_lines = 9; },
                             [](Text& t) { t.style.balanced = false; },
                             [](Text& t) { t.style.linear = true; },
                             [](Text& t) { t.style.outline.reset(); },
                             [](Text& t) { t.style.outline->color.r = 9; },
                             [](Text& t) { t.style.outline->width = 9; },
                             [](Text& t) { t.style.shadow.reset(); },
                             [](Text& t) { t.style.shadow->color.r = 9; },
                             [](Text& t) { t.style.shadow->dx = 9; },
                             [](Text& t) { t.style.shadow->dy = 9; },
                             [](Text& t) { t.style.shadow->blur = 9; },
                             [](Text& t) { t.style.glow.reset(); },
                             [](Text& t) { t.style.glow->color.r = 9; },
                             [](Text& t) { t.style.glow->blur = 9; },
                             [](Text& t) {
                               t.spans = {{0, 1, {}}};
                             },
                             [](Text& t) {
                               t.emphasis = {{0, 1, true}};
                             },
                             [](Text& t) { t.style.plate.reset(); },
                             [](Text& t) { t.style.plate->color.r = 9; },
                             [](Text& t) { t.style.plate->pad_x = 9; },
                             [](Text& t) { t.style.plate->pad_y = 9; },
                             [](Text& t) { t.style.plate->radius = 9; },
                             [](Text& t) { t.style.plate->per_line = true; },
                             [](Text& t) { t.style.plate->edge.reset(); },
                             [](Text& t) { t.style.plate->edge->r = 9; },
                             [](Text& t) { t.style.plate->edge_width = 9; },
                             [](Text& t) { t.style.plate->edge_side = timeline::Side::kLeft; }});
}

TEST_CASE("every field of shapes, codes, bars and stacks changes the hash") {
  Shape shape;
  shape.to = Color{};
  check_content<Shape>(
      shape, {[](Shape& s) { s.kind = timeline::ShapeKind::kRing; }, [](Shape& s) { s.color.r = 9; },
              [](Shape& s) { s.to.reset(); }, [](Shape& s) { s.to->r = 9; },
              [](Shape& s) { s.towards = timeline::Side::kTop; }, [](Shape& s) { s.radius = 9; },
              [](Shape& s) { s.thickness = 9; }, [](Shape& s) { s.sweep_from = 9; },
              [](Shape& s) { s.sweep_to = 9; }, [](Shape& s) { s.clockwise = false; },
              [](Shape& s) { s.grain = true; }});
  using timeline::Qr;
  check_content<Qr>({},
                    {[](Qr& q) { q.text = "x"; }, [](Qr& q) { q.dark.r = 9; }, [](Qr& q) { q.light.r = 9; }});
  using timeline::ProgressBar;
  check_content<ProgressBar>({},
                             {[](ProgressBar& b) { b.color.r = 9; }, [](ProgressBar& b) { b.track.r = 9; },
                              [](ProgressBar& b) { b.from = timeline::Side::kLeft; }});
  Stack stack;
  stack.plate = Plate{};
  stack.children = {with(Shape{})};
  check_content<Stack>(
      stack, {[](Stack& s) { s.row = true; }, [](Stack& s) { s.reversed = true; },
              [](Stack& s) { s.gap = 9; }, [](Stack& s) { s.align = timeline::HAlign::kCenter; },
              [](Stack& s) { s.valign = timeline::VAlign::kTop; }, [](Stack& s) { s.plate.reset(); },
              [](Stack& s) { s.plate->radius = 9; }, [](Stack& s) { s.children.clear(); },
              [](Stack& s) { std::get<Shape>(s.children[0].content).radius = 9; },
              [](Stack& s) { s.children.push_back(s.children[0]); }});
}

TEST_CASE("a stretch moved as a whole keeps its hash; a progress bar knows its place") {
  const Timeline timeline = one_file();
  const auto moved = [&](const Layer& layer) {
    Layer later = layer;
    later.range = {layer.range.begin + 100, layer.range.end + 100};
    if (auto* stack = std::get_if<Stack>(&later.content)) {
      for (Layer& child : stack->children) {
        child.range = {child.range.begin + 100, child.range.end + 100};
      }
    }
    return hash_layer(later, {105}, timeline);
  };
  Stack stack;
  stack.children = {with(Text{})};
  for (const Layer& layer : {with(Media{}), with(Text{}), with(Shape{}), with(timeline::Qr{}), with(stack)}) {
    CHECK(moved(layer) == hash_layer(layer, {5}, timeline));
    CHECK(hash_layer(layer, {6}, timeline) != hash_layer(layer, {5}, timeline));
  }
  const Layer bar = with(timeline::ProgressBar{});
  CHECK(moved(bar) != hash_layer(bar, {5}, timeline));
  Timeline longer = timeline;
  longer.frames = {301};
  CHECK(hash_layer(bar, {5}, longer) != hash_layer(bar, {5}, timeline));
}

TEST_CASE("scenes, cues, captions and the film's setting: every field") {
  const Timeline timeline = one_file();
  Scene scene;
  scene.range = {{0}, {90}};
  scene.layers = {with(Shape{})};
  check_changes<Scene>(
      scene,
      {[](Scene& s) { s.range.begin = {1}; }, [](Scene& s) { s.range.end = {91}; },
       [](Scene& s) { s.enter.kind = timeline::TransitionKind::kPush; },
       [](Scene& s) { s.enter.side = timeline::Side::kTop; }, [](Scene& s) { s.enter.frames = 9; },
       [](Scene& s) { s.layers[0].opacity = 0; }, [](Scene& s) { s.layers.clear(); }},
      [&](const Scene& s) {
        Hasher hasher;
        timeline::describe(hasher, s, {0}, timeline);
        return hasher.digest();
      });
  using timeline::Cue;
  const auto hash_cue = [](const Cue& cue, FrameIndex origin) {
    Hasher hasher;
    timeline::describe(hasher, cue, origin);
    return hasher.digest();
  };
  const Cue cue{{{10}, {20}}, "a", "b"};
  check_changes<Cue>(
      cue,
      {[](Cue& c) { c.range.begin = {9}; }, [](Cue& c) { c.range.end = {21}; }, [](Cue& c) { c.text = "x"; },
       [](Cue& c) { c.second = "x"; }, [](Cue& c) { c.hidden = true; },
       [](Cue& c) {
         c.emphasis = {{0, 1, true}};
       },
       [](Cue& c) {
         c.emphasis = {{0, 1, false, true}};
       },
       [](Cue& c) {
         c.emphasis = {{0, 1, false, false, true}};
       },
       [](Cue& c) {
         c.emphasis = {{0, 1, false, false, false, true}};
       },
       [](Cue& c) {
         c.spans = {{0, 1, {}}};
       },
       [](Cue& c) {
         c.words = {{0, 1, {{10}, {20}}}};
       },
       [](Cue& c) {
         c.words = {{0, 1, {{10}, {19}}}};
       },
       [](Cue& c) {
         c.words = {{0, 2, {{10}, {20}}}};
       },
       [](Cue& c) {
         c = {c.range, "ab", ""};
       }},
      [&](const Cue& c) { return hash_cue(c, {0}); });
  CHECK(hash_cue({{{110}, {120}}, "a", "b"}, {100}) == hash_cue(cue, {0}));
  check_changes<Timeline>(
      timeline,
      {[](Timeline& t) { t.language = "fr"; }, [](Timeline& t) { t.direction = Direction::kLeftToRight; },
       [](Timeline& t) { t.canvas.width = 9; }, [](Timeline& t) { t.rate.num = 25; },
       [](Timeline& t) { t.rate.den = 2; }, [](Timeline& t) { t.safe.x = 9; },
       [](Timeline& t) { t.background.r = 9; }},
      [](const Timeline& t) {
        Hasher hasher;
        timeline::describe_film(hasher, t);
        return hasher.digest();
      });
  using timeline::Captions;
  check_changes<Captions>(
      {},
      {[](Captions& c) { c.language = "fr"; }, [](Captions& c) { c.second_language = "fr"; },
       [](Captions& c) { c.zone.y = 9; }, [](Captions& c) { c.style.size = 9; },
       [](Captions& c) { c.second_style.size = 9; },
       [](Captions& c) { c.highlight = timeline::Highlight::kWord; },
       [](Captions& c) { c.highlight_color.r = 9; }, [](Captions& c) { c.highlight_pop = true; }},
      [](const Captions& c) {
        Hasher hasher;
        timeline::describe_captions(hasher, c);
        return hasher.digest();
      });
}

}  // namespace capsule::test

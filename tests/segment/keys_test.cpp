#include <doctest/doctest.h>

#include <algorithm>
#include <functional>
#include <set>
#include <string>
#include <vector>

#include "language/catalogue.h"
#include "segment/plan.h"
#include "text/font.h"

namespace capsule::segment {
namespace {

/// Four scenes of four seconds: a card, a clip with a lower third, a second clip after a crossfade, a card.
timeline::Timeline film() {
  timeline::Timeline t;
  t.canvas = {1080, 1920};
  t.rate = {30, 1};
  t.frames = {480};
  t.safe = {54, 54, 972, 1812};
  for (int i = 0; i < 2; ++i) {
    timeline::MediaFacts facts;
    facts.path = "clip" + std::to_string(i) + ".mp4";
    facts.digest = Hasher().add(facts.path).digest();
    facts.shown = {1920, 1080};
    facts.duration = Time::seconds(8);
    t.files.push_back(facts);
  }
  for (int i = 0; i < 4; ++i) {
    timeline::Scene scene;
    scene.range = {{i * 120}, {i * 120 + 120}};
    timeline::Layer layer;
    layer.range = scene.range;
    layer.box = {0, 0, 1080, 1920};
    if (i == 1 || i == 2) {
      timeline::Media media;
      media.file = i - 1;
      layer.content = media;
    } else {
      timeline::Text text;
      text.text = i == 0 ? "التسويق الرقمي" : "شكراً";
      text.language = "ar-MA";
      text.style.fonts = {"Noto Kufi Arabic:bold"};
      layer.content = text;
    }
    scene.layers.push_back(layer);
    t.scenes.push_back(scene);
  }
  t.scenes[2].enter = {timeline::TransitionKind::kCrossfade, timeline::Side::kLeft, 15};
  t.captions.style.fonts = {"Noto Sans Arabic"};
  t.captions.cues = {{{{125}, {200}}, "الأولى", ""}, {{{380}, {470}}, "الثانية", ""}};
  return t;
}

class Keys {
 public:
  explicit Keys(const timeline::Timeline& t)
      : segments_(plan(t, ranges(t, settings, {{0}, t.frames}), settings, library())) {}

  /// Numbers of the segments whose keys differ from the other's.
  [[nodiscard]] std::set<std::size_t> changed(const Keys& other) const {
    REQUIRE(segments_.size() == other.segments_.size());
    std::set<std::size_t> numbers;
    for (std::size_t i = 0; i < segments_.size(); ++i) {
      REQUIRE(segments_[i].range == other.segments_[i].range);
      if (segments_[i].key != other.segments_[i].key) {
        numbers.insert(i);
      }
    }
    return numbers;
  }

  /// Numbers of the segments that show any frame of the range.
  [[nodiscard]] std::set<std::size_t> touching(FrameRange range) const {
    std::set<std::size_t> numbers;
    for (std::size_t i = 0; i < segments_.size(); ++i) {
      if (segments_[i].range.overlaps(range)) {
        numbers.insert(i);
      }
    }
    return numbers;
  }

  [[nodiscard]] const std::vector<Segment>& segments() const { return segments_; }

  static text::FontLibrary& library() {
    static text::FontLibrary fonts;
    return fonts;
  }

  static media::VideoSettings settings;

 private:
  std::vector<Segment> segments_;
};

media::VideoSettings Keys::settings;

std::set<std::size_t> changed_by(const std::function<void(timeline::Timeline&)>& edit) {
  timeline::Timeline t = film();
  const Keys before(t);
  edit(t);
  return Keys(t).changed(before);
}

TEST_CASE("equal films have equal keys, and no two segments of a film share one") {
  const Keys keys(film());
  CHECK(Keys(film()).changed(keys).empty());
  std::set<std::string> different;
  for (const Segment& s : keys.segments()) {
    different.insert(s.key.hex());
  }
  CHECK(different.size() == keys.segments().size());
}

TEST_CASE("a corrected caption changes only the segments that show it") {
  const Keys keys(film());
  CHECK(changed_by([](auto& t) { t.captions.cues[1].text = "الثالثة"; }) == keys.touching({{380}, {470}}));
  CHECK(changed_by([](auto& t) { t.captions.style.size = 50; }) == [&] {
    auto both = keys.touching({{125}, {200}});
    both.merge(keys.touching({{380}, {470}}));
    return both;
  }());
}

TEST_CASE("other words on the first card leave the clips alone") {
  const Keys keys(film());
  const auto edit = [](auto& t) {
    std::get<timeline::Text>(t.scenes[0].layers[0].content).text = "الهوية البصرية";
  };
  CHECK(changed_by(edit) == keys.touching({{0}, {120}}));
}

TEST_CASE("other bytes of a clip change the segments that show it, under the crossfade too") {
  const Keys keys(film());
  const auto edit = [](auto& t) { t.files[0].digest = Hasher().add("other bytes").digest(); };
  CHECK(changed_by(edit) == keys.touching({{120}, {255}}));
}

TEST_CASE("another name for the same bytes changes nothing") {
  CHECK(changed_by([](auto& t) { t.files[0].path = "elsewhere/phone.mp4"; }).empty());
}

TEST_CASE("a lower third lifts the caption of its time, so its segments are all that change") {
  const Keys keys(film());
  const auto edit = [](auto& t) {
    timeline::Layer layer;
    layer.range = {{150}, {170}};
    layer.lifts_captions = true;
    layer.box = {54, 1500, 972, 200};
    t.scenes[1].layers.push_back(layer);
  };
  timeline::Timeline t = film();
  edit(t);
  const Keys after(t);
  const Keys before(film());
  for (const Segment& s : after.segments()) {
    const bool same = std::any_of(before.segments().begin(), before.segments().end(),
                                  [&](const Segment& b) { return b.range == s.range && b.key == s.key; });
    if (s.range.overlaps({{125}, {200}})) {
      CHECK_FALSE(same);
    }
  }
}

/// A layer of the third scene over the first of its seconds.
timeline::Layer in_third(const decltype(timeline::Layer::content)& content) {
  timeline::Layer layer;
  layer.range = {{255}, {285}};
  layer.box = {54, 1500, 972, 200};
  layer.content = content;
  return layer;
}

timeline::Text name() {
  timeline::Text text;
  text.text = "اسم";
  text.language = "ar-MA";
  text.style.fonts = {"Noto Sans Arabic"};
  return text;
}

/// What an edit of a layer that lifts changes of a caption that shows long before it: the segments' numbers.
std::set<std::size_t> lifted(const timeline::Layer& layer,
                             const std::function<void(timeline::Layer&)>& edit) {
  timeline::Timeline t = film();
  t.captions.cues = {{{{125}, {290}}, "طويلة", ""}};
  t.captions.cues[0].look.valign = timeline::VAlign::kMiddle;
  t.scenes[2].layers.push_back(layer);
  const Keys before(t);
  edit(t.scenes[2].layers.back());
  std::set<std::size_t> changed = Keys(t).changed(before);
  for (const std::size_t shown : before.touching({{255}, {285}})) {
    changed.erase(shown);
  }
  return changed;
}

TEST_CASE("where a layer that lifts stands moves captions while it does not show yet") {
  timeline::Layer layer = in_third(name());
  layer.lifts_captions = true;
  const auto text_of = [](timeline::Layer& l) -> timeline::Text& {
    return std::get<timeline::Text>(l.content);
  };
  using timeline::Layer;
  const std::vector<std::function<void(Layer&)>> moves{
      [&](Layer& l) { text_of(l).style.align = timeline::HAlign::kLeft; },
      [&](Layer& l) { text_of(l).style.valign = timeline::VAlign::kTop; },
      [&](Layer& l) { text_of(l).style.size = 50; },
      [&](Layer& l) { text_of(l).style.spelling.tracking = 0.1; },
      [&](Layer& l) { text_of(l).style.plate = timeline::Plate{}; },
      [&](Layer& l) { text_of(l).text = "اسم أطول"; },
      [&](Layer& l) {
        text_of(l).emphasis = {{0, 2, true}};
      },
      [](Layer& l) { l.box.y = 1400; },
      [](Layer& l) { l.lifts_captions = false; },
      [](Layer& l) {
        l.range = {{291}, {300}};
      },
  };
  for (std::size_t i = 0; i < moves.size(); ++i) {
    CAPTURE(i);
    CHECK_FALSE(lifted(layer, moves[i]).empty());
    timeline::Stack stack;
    stack.children = {layer};
    CHECK_FALSE(lifted(in_third(stack), [&](Layer& l) {
                  moves[i](std::get<timeline::Stack>(l.content).children[0]);
                }).empty());
  }
}

TEST_CASE("the side that a layer keeps to matters to captions that may give way to a side") {
  const auto changed = [](const std::function<void(timeline::Captions&)>& place) {
    timeline::Timeline t = film();
    t.captions.cues = {{{{125}, {290}}, "طويلة", ""}};
    place(t.captions);
    timeline::Layer layer = in_third(name());
    layer.lifts_captions = true;
    t.scenes[2].layers.push_back(layer);
    const Keys before(t);
    std::get<timeline::Text>(t.scenes[2].layers.back().content).style.align = timeline::HAlign::kLeft;
    return Keys(t).changed(before).contains(1);
  };
  CHECK_FALSE(changed([](auto& /*captions*/) {}));
  CHECK(changed([](auto& captions) { captions.cues[0].look.anchor = PointF{300, 300}; }));
  CHECK(changed([](auto& captions) { captions.cues[0].look.valign = timeline::VAlign::kTop; }));
  CHECK(changed([](auto& captions) { captions.cues[0].look.box = timeline::CueBox{}; }));
  CHECK(changed([](auto& captions) { captions.cues.push_back({{{130}, {200}}, "معها", ""}); }));
}

TEST_CASE("how a layer that lifts looks, comes and goes moves no caption") {
  timeline::Text text = name();
  text.style.plate = timeline::Plate{};
  text.style.plate->edge = Color{};
  text.count = timeline::Text::Count{0, 10, 0, 9};
  timeline::Layer layer = in_third(text);
  layer.lifts_captions = true;
  const auto text_of = [](timeline::Layer& l) -> timeline::Text& {
    return std::get<timeline::Text>(l.content);
  };
  using timeline::Layer;
  for (const std::function<void(Layer&)>& edit : std::vector<std::function<void(Layer&)>>{
           [&](Layer& l) { text_of(l).style.color.r = 9; },
           [&](Layer& l) { text_of(l).style.plate->color.r = 9; },
           [&](Layer& l) {
             text_of(l).style.plate->edge = Color{9, 9, 9, 9};
           },
           [&](Layer& l) { text_of(l).style.linear = true; },
           [&](Layer& l) { text_of(l).count->from = 5; },
           [&](Layer& l) { text_of(l).count->frames = 5; },
           [](Layer& l) { l.enter = {timeline::EffectKind::kFade, timeline::Side::kLeft, 5, 0, 0, 0}; },
           [](Layer& l) { l.range.begin = {257}; },
           [](Layer& l) { l.opacity = 0.5; },
       }) {
    CHECK(lifted(layer, edit).empty());
  }
  timeline::Layer shape = in_third(timeline::Shape{});
  shape.lifts_captions = true;
  CHECK(lifted(shape, [](Layer& l) { std::get<timeline::Shape>(l.content).color.r = 9; }).empty());
}

/// The numbers of the segments that an edit of an overlay over nearly the whole film changes.
std::set<std::size_t> overlaid(const timeline::Layer& layer,
                               const std::function<void(timeline::Layer&)>& edit) {
  timeline::Timeline t = film();
  t.overlays = {layer};
  const Keys before(t);
  edit(t.overlays[0]);
  return Keys(t).changed(before);
}

TEST_CASE("how an overlay comes and goes is known where it does") {
  using timeline::EffectKind;
  using timeline::Layer;
  const Keys keys(film());
  timeline::Layer logo;
  logo.range = {{15}, {470}};
  logo.box = {54, 54, 140, 140};
  logo.enter = logo.exit = {EffectKind::kFade, timeline::Side::kLeft, 9, 0, 0, 0};
  const auto first = keys.touching({{15}, {16}});
  const auto last = keys.touching({{470}, {471}});
  for (const auto& content : std::vector<decltype(Layer::content)>{
           timeline::Qr{"https://example.ma", {}, {}}, timeline::Media{}, timeline::Shape{}, name()}) {
    CAPTURE(content.index());
    logo.content = content;
    for (const EffectKind kind : {EffectKind::kNone, EffectKind::kPop, EffectKind::kRoll,
                                  EffectKind::kTypewriter, EffectKind::kReading}) {
      CHECK(overlaid(logo, [&](Layer& l) { l.enter.kind = kind; }) == first);
      CHECK(overlaid(logo, [&](Layer& l) { l.exit.kind = kind; }) == last);
    }
    CHECK(overlaid(logo, [](Layer& l) { l.enter.frames = 12; }) == first);
    CHECK(overlaid(logo, [](Layer& l) { l.exit.frames = 12; }) == last);
  }
}

TEST_CASE("a step back takes a quarter of a second, and what it leaves stays") {
  timeline::Layer point;
  point.range = {{0}, {480}};
  point.box = {54, 54, 140, 140};
  point.content = name();
  point.dim = timeline::Dim{105, 0.5};
  const Keys keys(film());
  const auto first = keys.touching({{0}, {120}});
  using timeline::Layer;
  CHECK(overlaid(point, [](Layer& l) { l.dim->at = 100; }) == first);
  CHECK(overlaid(point, [](Layer& l) { l.dim->at = 112; }) == first);
  CHECK(overlaid(point, [](Layer& l) { l.dim->at = 114; }).size() > first.size());
  CHECK(overlaid(point, [](Layer& l) { l.dim->opacity = 0.4; }).size() == keys.segments().size());
  CHECK(overlaid(point, [](Layer& l) { l.dim.reset(); }).size() == keys.segments().size());
}

TEST_CASE("a stack that is drawn child by child is not one that is drawn as one picture") {
  using timeline::Layer;
  timeline::Layer child;
  child.range = {{0}, {480}};
  child.content = name();
  timeline::Stack stack;
  stack.children = {child, child};
  timeline::Layer layer;
  layer.range = {{0}, {480}};
  layer.box = {54, 54, 400, 400};
  layer.content = stack;
  const std::size_t all = Keys(film()).segments().size();
  const auto child_of = [](Layer& l) -> Layer& { return std::get<timeline::Stack>(l.content).children[0]; };
  CHECK(overlaid(layer, [&](Layer& l) { child_of(l).range.begin = {30}; }).size() == all);
  CHECK(overlaid(layer, [&](Layer& l) { child_of(l).range.end = {460}; }).size() == all);
  CHECK(overlaid(layer, [&](Layer& l) { child_of(l).enter.kind = timeline::EffectKind::kFade; }).size() ==
        all);
}

TEST_CASE("lines that come one by one are drawn one by one for ever") {
  using timeline::Layer;
  timeline::Layer layer;
  layer.range = {{0}, {480}};
  layer.box = {54, 54, 400, 400};
  layer.content = name();
  layer.enter = {timeline::EffectKind::kFade, timeline::Side::kLeft, 9, 3, 0, 0};
  const std::size_t all = Keys(film()).segments().size();
  CHECK(overlaid(layer, [](Layer& l) { l.enter.stagger = 2; }).size() == all);
  layer.enter.stagger = 2;
  CHECK(overlaid(layer, [](Layer& l) { l.enter.stagger = 3; }).size() == 1);
}

TEST_CASE("the encoder's settings are part of every key") {
  const Keys before(film());
  Keys::settings.crf = 22;
  const Keys after(film());
  Keys::settings.crf = media::VideoSettings{}.crf;
  CHECK(after.changed(before).size() == before.segments().size());
}

TEST_CASE("a logo over the whole film does not tie its segments to its length") {
  timeline::Timeline t = film();
  timeline::Layer logo;
  logo.range = {{0}, t.frames};
  logo.box = {54, 54, 140, 140};
  logo.content = timeline::Qr{"https://example.ma", {}, {255, 255, 255, 255}};
  t.overlays.push_back(logo);
  timeline::Timeline longer = t;
  timeline::Scene end = longer.scenes[3];
  end.range = {{480}, {600}};
  end.layers[0].range = end.range;
  longer.scenes.push_back(end);
  longer.frames = {600};
  longer.overlays[0].range = {{0}, {600}};
  const Keys a(t);
  const Keys b(longer);
  REQUIRE(b.segments().size() == a.segments().size() + 1);
  // The last one of the shorter film ends with it, within sight of the logo's end.
  for (std::size_t i = 0; i + 1 < a.segments().size(); ++i) {
    CAPTURE(i);
    CHECK(a.segments()[i].key == b.segments()[i].key);
  }
}

TEST_CASE("what enters with the film's first picture is not what enters later") {
  timeline::Timeline t = film();
  t.captions.cues.clear();
  t.scenes[0].layers[0].enter = {timeline::EffectKind::kFade, timeline::Side::kLeft, 12, 0, 0, 0};
  t.scenes[3].layers[0] = t.scenes[0].layers[0];
  t.scenes[3].layers[0].range = t.scenes[3].range;
  const Keys keys(t);
  CHECK(keys.segments().front().range.size() == keys.segments().back().range.size());
  CHECK(keys.segments().front().key != keys.segments().back().key);
}

TEST_CASE("a difference is named by the first input that is not as it was") {
  const Keys before(film());
  const auto named = [&](std::size_t segment, const std::function<void(timeline::Timeline&)>& edit) {
    timeline::Timeline t = film();
    edit(t);
    const auto difference =
        first_difference(before.segments()[segment].description, Keys(t).segments()[segment].description);
    return difference ? difference->input.what + " " + difference->input.subject : std::string("nothing");
  };
  CHECK(named(0, [](auto& t) { std::get<timeline::Text>(t.scenes[0].layers[0].content).text = "أ"; }) ==
        "text 0:00.0");
  CHECK(named(1, [](auto& t) { t.captions.cues[0].text = "أ"; }) == "caption-text 0:04.2");
  CHECK(named(1, [](auto& t) { t.captions.cues[0].range.begin = {126}; }) == "caption-time 0:04.2");
  CHECK(named(1, [](auto& t) { t.files[0].digest = {}; }) == "file clip0.mp4");
  CHECK(named(1, [](auto& t) { t.scenes[1].layers[0].opacity = 0.5; }) == "layer 0:04.0");
  CHECK(named(1, [](auto& t) { t.background.r = 1; }) == "film ");
  CHECK(named(1, [](auto& t) { t.captions.style.size = 9; }) == "caption-style ");
  CHECK(named(2, [](auto& t) { t.scenes[2].enter.kind = timeline::TransitionKind::kWipe; }) ==
        "transition 0:08.0");
  CHECK(named(2, [](auto& t) { t.scenes[1].layers[0].box.x = 3; }) != "nothing");
  CHECK(named(0, [](auto& t) { t.scenes[1].layers[0].opacity = 0.5; }) == "nothing");
}

TEST_CASE("a description is text that comes back as it was") {
  const Keys keys(film());
  for (const Segment& s : keys.segments()) {
    CHECK(read_description(write_description(s.description)) == s.description);
  }
  const Description odd{{{"text", "0:01", "tab\t and\nline \\n end\\"}, {"file", "", ""}}};
  CHECK(read_description(write_description(odd)) == odd);
  CHECK_FALSE(read_description("no tabs\n"));
  CHECK_FALSE(read_description("a\tb\tc"));
}

TEST_CASE("every kind of input has a name for people") {
  std::set<std::string> kinds;
  timeline::Timeline t = film();
  t.scenes[1].layers.push_back(t.scenes[0].layers[0]);
  t.scenes[1].layers.back().range = {{130}, {180}};
  t.scenes[1].layers.back().lifts_captions = true;
  timeline::Layer code = t.scenes[0].layers[0];
  code.content = timeline::Qr{"https://example.ma", {}, {}};
  t.scenes[0].layers.push_back(code);
  const Keys keys(t);
  for (const Segment& s : keys.segments()) {
    for (const Input& input : s.description.inputs) {
      kinds.insert(input.what);
    }
  }
  CHECK(kinds.size() >= 16);
  for (const std::string& kind : kinds) {
    const std::string key = "input." + kind;
    CAPTURE(key);
    CHECK(language::label(key, language::UiLanguage::kEnglish) != key);
  }
}

TEST_CASE("a scene moved in the film as a whole keeps its key") {
  timeline::Timeline t = film();
  const Keys keys(t);
  timeline::Timeline longer = film();
  longer.captions.cues.clear();
  timeline::Timeline plain = longer;
  for (auto& scene : longer.scenes) {
    scene.range = {scene.range.begin + 120, scene.range.end + 120};
    for (auto& layer : scene.layers) {
      layer.range = {layer.range.begin + 120, layer.range.end + 120};
    }
  }
  timeline::Scene first = plain.scenes[3];
  first.range = {{0}, {120}};
  first.layers[0].range = {{0}, {120}};
  longer.scenes.insert(longer.scenes.begin(), first);
  longer.frames = {600};
  const Keys a(plain);
  const Keys b(longer);
  REQUIRE(b.segments().size() == a.segments().size() + 1);
  for (std::size_t i = 0; i < a.segments().size(); ++i) {
    CHECK(a.segments()[i].key == b.segments()[i + 1].key);
  }
}

}  // namespace
}  // namespace capsule::segment

#include "tests/timeline/support.h"

using capsule::preset::Across;
using capsule::preset::Box;
using capsule::preset::Edge;
using capsule::timeline::HAlign;
using capsule::timeline::Side;

namespace capsule::test {

namespace {

RectF box_of(const Box& box, const std::string& language) {
  Resolver resolver;
  const auto timeline = resolver.good(film({scene({text_layer(plain("x"), box)})}), language);
  return timeline.scenes[0].layers[0].box;
}

Box start_box() {
  Box box;
  box.start = percent(10);
  box.width = units(20);
  box.top = percent(5);
  box.height = percent(50);
  return box;
}

preset::Layer entering(preset::EffectKind kind, Time duration, Edge edge = Edge::kStart, Time delay = {}) {
  preset::Layer out = text_layer(plain("x"));
  out.enter = {kind, edge, duration, delay, units(4)};
  return out;
}

}  // namespace

TEST_CASE("start is the right side in Arabic and the left side in French") {
  // Safe box 100..900; 10 % of its 800 pixels from the start side, 20u of a 1000 wide canvas.
  CHECK(box_of(start_box(), "ar") == RectF{900 - 80 - 200, 280, 200, 800});
  CHECK(box_of(start_box(), "fr") == RectF{100 + 80, 280, 200, 800});
}

TEST_CASE("what a box leaves out follows") {
  CHECK(box_of({}, "ar") == RectF{100, 200, 800, 1600});
  Box canvas;
  canvas.on_canvas = true;
  CHECK(box_of(canvas, "ar") == RectF{0, 0, 1000, 2000});
  Box centred;
  centred.width = percent(50);
  centred.height = percent(25);
  CHECK(box_of(centred, "ar") == RectF{300, 800, 400, 400});
  Box between;
  between.start = units(1);
  between.end = units(2);
  between.bottom = units(3);
  between.height = units(10);
  CHECK(box_of(between, "fr") == RectF{110, 1670, 770, 100});
  CHECK(box_of(between, "ar") == RectF{120, 1670, 770, 100});
}

TEST_CASE("media without a box fill the canvas, with one they keep to the safe box") {
  Resolver resolver;
  resolver.still("a.jpg");
  preset::Layer boxed = media_layer("a.jpg");
  boxed.box.height = percent(50);
  const auto timeline = resolver.good(film({scene({media_layer("a.jpg"), boxed})}));
  CHECK(timeline.scenes[0].layers[0].box == RectF{0, 0, 1000, 2000});
  CHECK(timeline.scenes[0].layers[1].box == RectF{100, 600, 800, 800});
  CHECK(timeline.files.size() == 1);
  CHECK(resolver.asked == 1);
}

TEST_CASE("a box whose margins leave nothing is named") {
  preset::Layer bad = text_layer(plain("x"));
  bad.id = "caption";
  bad.box.start = percent(60);
  bad.box.end = percent(40);
  Resolver resolver;
  const auto problems = resolver.problems(film({scene({bad})}));
  REQUIRE(problems.size() == 1);
  CHECK(problems[0].code == Code{"box-empty"});
  CHECK(word(problems[0], "name") == "caption");
  CHECK(problems[0].where.line == 7);
}

TEST_CASE("a coloured part is found wherever it stands, and missed aloud") {
  preset::TextLayer text;
  text.text = plain("لا إله إلا الله لا");
  text.spans = {{plain("لا"), {1, 2, 3, 255}}, {plain("نعم"), {4, 5, 6, 255}}};
  Resolver resolver;
  const auto timeline = resolver.good(film({scene({layer(text)})}));
  const auto& spans = std::get<timeline::Text>(timeline.scenes[0].layers[0].content).spans;
  // The second letter of «إلا» too: a part is letters, not a word.
  REQUIRE(spans.size() == 3);
  CHECK(spans[0].start == 0);
  CHECK(spans[0].end == 2);
  CHECK(spans[2].start == 16);
  CHECK(resolver.reporter.warnings.size() == 1);
  CHECK(resolver.reporter.count(Code{"span-not-found"}) == 1);
}

TEST_CASE("text aligns to the start, shrinks to 60 % and its plate's bar stands at the start") {
  preset::TextLayer text;
  text.text = both("مرحبا", "Bonjour");
  text.style.size = units(6);
  text.style.plate = preset::Plate{};
  text.by_line = true;
  preset::Layer made = layer(text);
  made.from = Time::seconds(1);
  made.enter = {preset::EffectKind::kSlide, Edge::kStart, Time(1, 2), {}, units(4)};
  Resolver resolver;
  const auto arabic = resolver.good(film({scene({made})}), "ar").scenes[0].layers[0];
  const auto french = resolver.good(film({scene({made})}), "fr").scenes[0].layers[0];
  const auto& ar = std::get<timeline::Text>(arabic.content);
  const auto& fr = std::get<timeline::Text>(french.content);
  CHECK(ar.text == "مرحبا");
  CHECK(fr.text == "Bonjour");
  CHECK(ar.language == "ar-MA");
  CHECK(ar.style.size == doctest::Approx(60));
  CHECK(ar.style.min_size == doctest::Approx(36));
  CHECK(ar.style.align == HAlign::kRight);
  CHECK(fr.style.align == HAlign::kLeft);
  CHECK(ar.style.plate->edge_side == Side::kRight);
  CHECK(fr.style.plate->edge_side == Side::kLeft);
  CHECK(arabic.enter.side == Side::kRight);
  CHECK(french.enter.side == Side::kLeft);
  CHECK(arabic.enter.frames == 15);
  CHECK(arabic.enter.travel == doctest::Approx(40));
  CHECK(arabic.enter.stagger == 2);
}

TEST_CASE("frame 0 is the poster: what would enter there is settled") {
  Resolver resolver;
  const Time half(1, 2);
  auto second = entering(preset::EffectKind::kFade, half);
  auto late = entering(preset::EffectKind::kFade, half, Edge::kStart, Time::seconds(1));
  auto staggered = entering(preset::EffectKind::kFade, half, Edge::kStart, Time(16, 100));
  const auto timeline = resolver.good(
      film({scene({entering(preset::EffectKind::kFade, half), staggered, late}), scene({second})}));
  const auto& first = timeline.scenes[0].layers;
  CHECK(first[0].enter.kind == timeline::EffectKind::kNone);
  CHECK(first[1].enter.kind == timeline::EffectKind::kNone);
  CHECK(first[2].enter.kind == timeline::EffectKind::kFade);
  CHECK(first[2].enter.delay == 30);
  CHECK(timeline.scenes[1].layers[0].enter.kind == timeline::EffectKind::kFade);
}

TEST_CASE("layers keep to their part of the scene") {
  preset::Layer part = text_layer(plain("x"));
  part.from = Time::seconds(1);
  part.until = Time(-1, 2);
  preset::Layer long_one = text_layer(plain("y"));
  long_one.until = Time::seconds(99);
  Resolver resolver;
  const auto timeline = resolver.good(film({scene({}), scene({part, long_one})}));
  CHECK(timeline.scenes[1].layers[0].range == FrameRange{{120}, {165}});
  CHECK(timeline.scenes[1].layers[1].range == FrameRange{{90}, {180}});

  preset::Layer outside = text_layer(plain("z"));
  outside.from = Time::seconds(3);
  const auto problems = resolver.problems(film({scene({outside})}));
  REQUIRE(problems.size() == 1);
  CHECK(problems[0].code == Code{"layer-outside"});
  CHECK(number(problems[0], "length") == 3);
}

TEST_CASE("an effect longer than its layer names the limit") {
  preset::Layer slow = entering(preset::EffectKind::kFade, Time::seconds(4));
  slow.id = "logo";
  preset::Layer both_ends = entering(preset::EffectKind::kFade, Time::seconds(2));
  both_ends.exit = {preset::EffectKind::kSlide, Edge::kEnd, Time::seconds(1), {}, {}};
  Resolver resolver;
  const auto problems = resolver.problems(film({scene({slow, both_ends}, Time(5, 2))}));
  REQUIRE(problems.size() == 2);
  CHECK(problems[0].code == Code{"effect-too-long"});
  CHECK(word(problems[0], "effect") == "fade");
  CHECK(word(problems[0], "name") == "logo");
  CHECK(number(problems[0], "length") == 4);
  CHECK(number(problems[0], "available") == 2.5);
  CHECK(number(problems[0], "limit") == 2.5);
  CHECK(word(problems[1], "effect") == "slide");
  CHECK(word(problems[1], "name") == "scenes[1].layers[2]");
  CHECK(number(problems[1], "limit") == 0.5);
}

TEST_CASE("stacks: children have sizes, rows run from the start, media need both sides") {
  preset::StackLayer stack;
  stack.row = true;
  stack.gap = units(2);
  stack.plate = preset::Plate{};
  stack.plate->pad_x = units(5);
  preset::Layer photo = media_layer("a.jpg");
  photo.box.width = percent(50);
  photo.box.height = units(10);
  stack.children = {photo, text_layer(plain("x"))};
  Resolver resolver;
  resolver.still("a.jpg");
  const auto arabic = resolver.good(film({scene({layer(stack)})}), "ar");
  const auto& made = std::get<timeline::Stack>(arabic.scenes[0].layers[0].content);
  CHECK(made.row);
  CHECK(made.reversed);
  CHECK(made.gap == doctest::Approx(20));
  REQUIRE(made.children.size() == 2);
  CHECK(made.children[0].box == RectF{0, 0, 350, 100});
  CHECK(made.children[1].box == RectF{0, 0, 0, 0});
  const auto french = resolver.good(film({scene({layer(stack)})}), "fr");
  CHECK_FALSE(std::get<timeline::Stack>(french.scenes[0].layers[0].content).reversed);

  stack.children[0].box.height.reset();
  const auto problems = resolver.problems(film({scene({layer(stack)})}));
  REQUIRE(problems.size() == 1);
  CHECK(problems[0].code == Code{"stack-child-size"});
}

TEST_CASE("motion runs along the reading direction; clocks do not turn round") {
  Resolver resolver;
  resolver.still("a.jpg");
  preset::MediaLayer media;
  media.path = plain("a.jpg");
  media.motion = {preset::MotionKind::kKenBurns, 1, 1.2, {}, {}};
  preset::MediaLayer out = media;
  std::swap(out.motion.from, out.motion.to);
  preset::MediaLayer aimed = media;
  aimed.focus = {false, 0.2, 0.3};
  preset::MediaLayer pan = media;
  pan.motion = {preset::MotionKind::kPan, 1, 1, percent(10), units(1)};
  preset::ShapeLayer ring;
  ring.kind = preset::ShapeKind::kRing;
  const auto preset = film({scene({layer(media), layer(out), layer(aimed), layer(pan), layer(ring)})});
  const auto arabic = resolver.good(preset, "ar").scenes[0].layers;
  const auto french = resolver.good(preset, "fr").scenes[0].layers;
  const auto motion = [](const timeline::Layer& l) { return std::get<timeline::Media>(l.content).motion; };
  CHECK(motion(arabic[0]).anchor == PointF{0.4, 0.5});
  CHECK(motion(french[0]).anchor == PointF{0.6, 0.5});
  CHECK(motion(arabic[1]).anchor == PointF{0.6, 0.5});
  CHECK(motion(french[1]).anchor == PointF{0.4, 0.5});
  CHECK(motion(arabic[2]).anchor == PointF{0.2, 0.3});
  CHECK(motion(french[2]).anchor == PointF{0.2, 0.3});
  CHECK(motion(arabic[3]).dx == doctest::Approx(-100));
  CHECK(motion(french[3]).dx == doctest::Approx(100));
  CHECK(motion(arabic[3]).dy == doctest::Approx(10));
  CHECK(std::get<timeline::Shape>(arabic[4].content).clockwise);
  CHECK(std::get<timeline::Shape>(french[4].content).clockwise);
}

TEST_CASE("trims and speeds outside the file are refused, with its length") {
  Resolver resolver;
  resolver.clip("a.mp4", Time::seconds(8));
  resolver.sound("b.wav", Time::seconds(8));
  const auto trimmed = [](int from, int to) {
    preset::MediaLayer media;
    media.path = plain("a.mp4", 9);
    media.trim_from = Time::seconds(from);
    media.trim_to = Time::seconds(to);
    return layer(media);
  };
  preset::Layer fast = media_layer("a.mp4");
  std::get<preset::MediaLayer>(fast.content).speed = 40;
  const auto problems = resolver.problems(film({scene(
      {trimmed(2, 10), trimmed(5, 3), trimmed(9, 12), fast, media_layer("b.wav"), media_layer("no.mp4")})}));
  REQUIRE(problems.size() == 6);
  CHECK(problems[0].code == Code{"trim-outside"});
  CHECK(number(problems[0], "duration") == 8);
  CHECK(problems[0].where.line == 9);
  CHECK(problems[1].code == Code{"trim-reversed"});
  CHECK(problems[2].code == Code{"trim-outside"});
  CHECK(problems[3].code == Code{"speed-outside"});
  CHECK(problems[4].code == Code{"no-picture"});
  CHECK(problems[5].code == Code{"file-not-found"});
  CHECK(problems[5].where.file == "film.yaml");

  const auto timeline = resolver.good(film({scene({trimmed(2, 8)})}));
  const auto& media = std::get<timeline::Media>(timeline.scenes[0].layers[0].content);
  CHECK(media.in == Time::seconds(2));
  CHECK(media.out == Time{});
}

}  // namespace capsule::test

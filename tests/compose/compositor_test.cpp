#include "compose/compositor.h"

#include <doctest/doctest.h>

#include <cmath>
#include <filesystem>
#include <set>

#include "compose/pixels/art.h"
#include "tests/compose/support.h"

namespace capsule::compose {
namespace {

constexpr Size kCanvas{640, 360};
const Color kPaper{247, 241, 229, 255};
const Color kInk{19, 32, 31, 255};

Layer field(FrameRange range, Color from, Color to) {
  Shape shape;
  shape.color = from;
  shape.to = to;
  return test::layer(range, {0, 0, 640, 360}, shape);
}

TextStyle caption_style() {
  TextStyle style = test::style(22, {255, 255, 255, 255}, HAlign::kCenter);
  style.outline = Outline{{0, 0, 0, 255}, 1.5};
  style.shadow = Shadow{{0, 0, 0, 160}, 1, 2, 2};
  Plate plate;
  plate.color = {19, 32, 31, 200};
  plate.pad_x = 8;
  plate.pad_y = 4;
  plate.radius = 6;
  plate.per_line = true;
  style.plate = plate;
  return style;
}

Layer lower_third(FrameRange range) {
  Stack stack;
  stack.gap = 4;
  Plate plate;
  plate.color = kPaper;
  plate.pad_x = 12;
  plate.pad_y = 8;
  plate.radius = 4;
  plate.edge = kAccent;
  plate.edge_width = 5;
  stack.plate = plate;
  stack.children = {test::layer(range, {}, test::arabic("تعاونية أركانة", test::style(24, kInk))),
                    test::layer(range, {}, test::arabic("تعاونية نسائية", test::style(16, kInk)))};
  Layer layer = test::layer(range, {340, 230, 280, 80}, stack);
  layer.id = "lower-third";
  layer.lifts_captions = true;
  layer.enter = {EffectKind::kSlide, Side::kRight, 12, 0, 24, 0};
  layer.exit = {EffectKind::kFade, Side::kRight, 8, 0, 0, 0};
  return layer;
}

/// Two scenes with a crossfade, a slide-in, a count, a ring, a progress bar, two captions.
Timeline busy_film() {
  Timeline film = test::film(kCanvas, 90);
  Text count = test::arabic("{count}", test::style(60, kAccent, HAlign::kCenter));
  count.count = Text::Count{0, 1250, 0, 30};
  Shape ring;
  ring.kind = ShapeKind::kRing;
  ring.color = kPaper;
  ring.thickness = 8;
  ring.sweep_to = 0;
  film.scenes.push_back(
      test::scene({{0}, {45}}, {field({{0}, {45}}, {15, 76, 74, 255}, {19, 32, 31, 255}),
                                lower_third({{5}, {45}}), test::layer({{0}, {45}}, {20, 20, 80, 80}, ring)}));
  film.scenes.push_back(
      test::scene({{45}, {90}}, {field({{45}, {90}}, {156, 61, 37, 255}, {240, 194, 123, 255}),
                                 test::layer({{45}, {90}}, {120, 80, 400, 120}, count)}));
  film.scenes[1].enter = {TransitionKind::kCrossfade, Side::kLeft, 12};
  film.overlays.push_back(
      test::layer({{0}, {90}}, {0, 352, 640, 8}, ProgressBar{kAccent, {0, 0, 0, 120}, Side::kRight}));
  film.captions.zone = {60, 180, 520, 150};
  film.captions.style = caption_style();
  film.captions.second_style = test::style(18, kPaper, HAlign::kCenter);
  film.captions.cues = {{{{10}, {40}}, "السلام عليكم ورحمة الله", ""},
                        {{{50}, {80}}, "اتصلوا بنا على 06 12 34 56 78", ""}};
  return film;
}

double light_of(const Canvas& canvas, const Rect& area) {
  double sum = 0;
  for (int y = area.y; y < area.bottom(); ++y) {
    for (int x = area.x; x < area.right(); ++x) {
      sum += canvas.y().row(y)[x];
    }
  }
  return sum / (area.width * area.height);
}

const LaidOut& named(const std::vector<LaidOut>& boxes, const std::string& id) {
  const auto found =
      std::find_if(boxes.begin(), boxes.end(), [&id](const LaidOut& box) { return box.id == id; });
  REQUIRE(found != boxes.end());
  return *found;
}

}  // namespace

TEST_CASE("a frame is the same whatever was asked before") {
  const Timeline film = busy_film();
  test::Studio studio;
  Compositor forward = open(film, studio);
  Compositor backward = open(film, studio);
  Compositor jumping = open(film, studio);
  std::vector<std::vector<std::uint8_t>> expected;
  for (std::int64_t n = 0; n < 90; ++n) {
    expected.push_back(test::bytes_of(*frame(forward, n)));
  }
  for (std::int64_t n = 89; n >= 0; --n) {
    CHECK(test::bytes_of(*frame(backward, n)) == expected[static_cast<std::size_t>(n)]);
  }
  for (std::int64_t i = 0; i < 90; ++i) {
    const std::int64_t n = (i * 37 + 11) % 90;
    CHECK(test::bytes_of(*frame(jumping, n)) == expected[static_cast<std::size_t>(n)]);
  }
  for (const std::int64_t n : {0, 7, 30, 44, 50, 89}) {
    Compositor fresh = open(film, studio);
    CHECK(test::bytes_of(*frame(fresh, n)) == expected[static_cast<std::size_t>(n)]);
  }
  CHECK(expected[0] != expected[20]);
}

TEST_CASE("where nothing changes it is the same picture, and only there") {
  Timeline film = busy_film();
  film.overlays.clear();
  film.scenes[0].layers.pop_back();
  test::Studio studio;
  Compositor compositor = open(film, studio);
  const Picture held = frame(compositor, 20);
  CHECK(frame(compositor, 21) == held);
  CHECK(frame(compositor, 30) == held);
  CHECK(frame(compositor, 38) != held);
  CHECK(frame(compositor, 46) != frame(compositor, 47));
  CHECK(frame(compositor, 84) == frame(compositor, 89));
}

TEST_CASE("an Arabic text stands at the right of its box, joined to nothing outside it") {
  Timeline film = test::film(kCanvas, 10);
  film.scenes.push_back(test::scene(
      {{0}, {10}},
      {test::layer({{0}, {10}}, {100, 100, 400, 120}, test::arabic("السلام", test::style(60, kPaper)))}));
  film.scenes[0].layers[0].id = "words";
  test::Studio studio;
  Compositor compositor = open(film, studio);
  const Canvas empty = test::plain(kCanvas, to_ycbcr(film.background));
  const Rect ink = test::difference(*frame(compositor, 0), empty, 2);
  CHECK(ink.right() > 480);
  CHECK(ink.right() <= 501);
  CHECK(ink.x > 250);
  const auto boxes = layout(film, studio.services());
  REQUIRE(boxes);
  const LaidOut& words = named(*boxes, "words");
  CHECK(words.fits);
  CHECK(words.is_text);
  CHECK(std::abs(words.box.right() - 500) <= 1);
  CHECK(words.ink.x <= ink.x + 1);
  CHECK(words.ink.right() >= ink.right() - 1);
  CHECK(words.ink.y <= ink.y + 1);
  CHECK(words.ink.bottom() >= ink.bottom() - 1);
}

TEST_CASE("a text too long for its place shrinks, and says so when that is not enough") {
  const std::string words = "التسويق الرقمي لجمعيتكم في سبع خطوات بسيطة";
  for (const double height : {400.0, 70.0, 20.0}) {
    Timeline film = test::film(kCanvas, 10);
    film.scenes.push_back(test::scene(
        {{0}, {10}},
        {test::layer({{0}, {10}}, {100, 10, 300, height}, test::arabic(words, test::style(40, kPaper)))}));
    test::Studio studio;
    Compositor compositor = open(film, studio);
    frame(compositor, 0);
    frame(compositor, 5);
    const auto boxes = layout(film, studio.services());
    REQUIRE(boxes);
    CHECK((*boxes)[0].fits == (height > 30));
    CHECK(studio.reporter.warnings.size() == (height > 30 ? 0 : 1));
  }
}

TEST_CASE("letters that no font has are named once") {
  Timeline film = test::film(kCanvas, 10);
  const std::string words = "ا \xF0\x92\x80\x80 \xF3\xB0\x80\x81";
  film.scenes.push_back(test::scene(
      {{0}, {10}},
      {test::layer({{0}, {10}}, {10, 10, 300, 90}, test::arabic(words, test::style(40, kPaper)))}));
  test::Studio studio;
  Compositor compositor = open(film, studio);
  frame(compositor, 0);
  frame(compositor, 1);
  REQUIRE(studio.reporter.warnings.size() == 1);
  CHECK(studio.reporter.warnings[0].code == Code{"glyphs-missing"});
}

TEST_CASE("letters that no font has are named before anything is drawn, with their code points, and once") {
  Timeline film = test::film(kCanvas, 10);
  timeline::TextStyle style = test::style(40, kPaper);
  style.spelling.kashida = true;
  style.spelling.tracking = 0.1;
  film.scenes.push_back(test::scene(
      {{0}, {10}},
      {test::layer({{0}, {10}}, {10, 10, 300, 90}, test::arabic("مَرْحَبًا \xF0\x92\x80\x80", style))}));
  test::Studio studio;
  Services services = studio.services();
  services.once = std::make_shared<Once>();
  REQUIRE(review(film, services).has_value());
  std::set<std::string> codes;
  for (const Error& warning : studio.reporter.warnings) {
    codes.insert(std::string(warning.code.id));
    if (warning.code == Code{"glyphs-missing"}) {
      const auto& letters = std::get<std::string>(warning.args.at(0).value);
      CHECK(letters.find("U+12000 CUNEIFORM SIGN A") != std::string::npos);
    }
  }
  CHECK(codes == std::set<std::string>{"glyphs-missing", "kashida-refused", "tracking-refused"});
  const std::size_t said = studio.reporter.warnings.size();
  auto compositor = Compositor::open(film, services);
  REQUIRE(compositor.has_value());
  CHECK(compositor->frame({0}).has_value());
  CHECK(studio.reporter.warnings.size() == said);
}

TEST_CASE(
    "captions stand at the bottom of their zone, above what lifts them, and do not move while they show") {
  const Timeline film = busy_film();
  test::Studio studio;
  const auto boxes = layout(film, studio.services());
  REQUIRE(boxes);
  const LaidOut& third = named(*boxes, "lower-third");
  const LaidOut& lifted = named(*boxes, "cue 1");
  const LaidOut& free = named(*boxes, "cue 2");
  CHECK(lifted.box.bottom() < third.box.y);
  CHECK(lifted.box.bottom() > third.box.y - 20);
  CHECK(std::abs(free.box.bottom() - 330) <= 1);
  CHECK(std::abs(free.box.x + free.box.width / 2 - 320) <= 1);
}

TEST_CASE("a caption that its scene says itself is neither laid out nor drawn") {
  Timeline film = busy_film();
  film.captions.cues[1].hidden = true;
  Timeline without = busy_film();
  without.captions.cues.pop_back();
  test::Studio studio;
  const auto boxes = layout(film, studio.services());
  REQUIRE(boxes);
  CHECK(std::none_of(boxes->begin(), boxes->end(), [](const LaidOut& box) { return box.id == "cue 2"; }));
  Compositor hidden = open(film, studio);
  Compositor bare = open(without, studio);
  Compositor shown = open(busy_film(), studio);
  CHECK(test::bytes_of(*frame(hidden, 60)) == test::bytes_of(*frame(bare, 60)));
  CHECK(test::bytes_of(*frame(hidden, 60)) != test::bytes_of(*frame(shown, 60)));
  CHECK(test::bytes_of(*frame(hidden, 20)) == test::bytes_of(*frame(shown, 20)));
}

TEST_CASE("two languages: the second stands below the first") {
  Timeline film = busy_film();
  film.captions.second_language = "fr";
  film.captions.cues[1].second = "Appelez-nous";
  test::Studio studio;
  const auto one = layout(busy_film(), studio.services());
  const auto two = layout(film, studio.services());
  REQUIRE(one);
  REQUIRE(two);
  CHECK(named(*two, "cue 2").box.y < named(*one, "cue 2").box.y - 15);
  CHECK(std::abs(named(*two, "cue 2").box.bottom() - 330) <= 1);
}

TEST_CASE("a figure that counts up holds its last digit in place and ends on its value") {
  Timeline film = test::film(kCanvas, 60);
  Text count = test::arabic("{count}", test::style(60, {255, 255, 255, 255}, HAlign::kCenter));
  count.count = Text::Count{0, 888, 0, 30};
  film.scenes.push_back(test::scene({{0}, {10}}, {}));
  film.scenes.push_back(test::scene({{10}, {60}}, {test::layer({{10}, {60}}, {120, 80, 400, 120}, count)}));
  test::Studio studio;
  Compositor compositor = open(film, studio);
  const Canvas empty = test::plain(kCanvas, to_ycbcr(film.background));
  const Rect last = test::difference(*frame(compositor, 59), empty, 40);
  CHECK(std::abs(last.x + last.width / 2 - 320) <= 2);
  const Rect middle = test::difference(*frame(compositor, 12), empty, 40);
  // An advance is about 34 pixels; digits differ in their side bearings only.
  CHECK(std::abs(middle.right() - last.right()) <= 10);
  CHECK(frame(compositor, 41) == frame(compositor, 59));
  CHECK(!test::same(*frame(compositor, 14), *frame(compositor, 59)));
}

TEST_CASE("a stack keeps its order: a reversed row begins at the right") {
  for (const bool reversed : {false, true}) {
    Stack stack;
    stack.row = true;
    stack.reversed = reversed;
    stack.gap = 10;
    stack.align = reversed ? HAlign::kRight : HAlign::kLeft;
    Shape disc;
    disc.kind = ShapeKind::kDisc;
    disc.color = kAccent;
    stack.children = {test::layer({{0}, {10}}, {0, 0, 40, 40}, disc),
                      test::layer({{0}, {10}}, {}, test::arabic("أولا", test::style(30, kPaper)))};
    stack.children[0].id = "disc";
    stack.children[1].id = "words";
    Timeline film = test::film(kCanvas, 10);
    film.scenes.push_back(test::scene({{0}, {10}}, {test::layer({{0}, {10}}, {100, 100, 400, 60}, stack)}));
    test::Studio studio;
    const auto boxes = layout(film, studio.services());
    REQUIRE(boxes);
    const RectF disc_box = named(*boxes, "disc").box;
    const RectF words = named(*boxes, "words").box;
    if (reversed) {
      CHECK(disc_box.right() == 500);
      CHECK(std::abs(words.right() - (disc_box.x - 10)) <= 1);
    } else {
      CHECK(disc_box.x == 100);
      CHECK(std::abs(words.x - (disc_box.right() + 10)) <= 1);
    }
    CHECK(std::abs(words.y + words.height / 2 - 130) <= 1);
  }
}

TEST_CASE("a QR code has whole modules and its quiet zone") {
  Timeline film = test::film(kCanvas, 10);
  film.scenes.push_back(test::scene(
      {{0}, {10}}, {test::layer({{0}, {10}}, {100, 50, 250, 250},
                                Qr{"https://example.org/tawro", {0, 0, 0, 255}, {255, 255, 255, 255}})}));
  test::Studio studio;
  Compositor compositor = open(film, studio);
  const Picture picture = frame(compositor, 0);
  const Rect all = test::difference(*picture, test::plain(kCanvas, to_ycbcr(film.background)), 2);
  // 25 modules for version 2 and 4 quiet ones on each side: 33 × 7 = 231 pixels.
  CHECK(all.width == 231);
  CHECK(all.height == 231);
  CHECK(light_of(*picture, {all.x, all.y, 231, 28}) == 235);
  CHECK(light_of(*picture, {all.x + 28, all.y + 28, 49, 7}) == 16);
  for (int y = 0; y < 231; ++y) {
    for (int x = 0; x < 231; ++x) {
      const int light = picture->y().row(all.y + y)[all.x + x];
      CHECK_MESSAGE((light == 16 || light == 235), x << " " << y);
    }
  }
  film.scenes[0].layers[0].content = Qr{std::string(3000, 'x'), {0, 0, 0, 255}, {255, 255, 255, 255}};
  Compositor failing = open(film, studio);
  const Result<Picture> refused = failing.frame({0});
  REQUIRE_FALSE(refused);
  CHECK(refused.error().code == Code{"qr-too-long"});
}

TEST_CASE("a progress bar grows from its side and is full at the end") {
  Timeline film = test::film(kCanvas, 101);
  film.scenes.push_back(test::scene({{0}, {101}}, {}));
  film.overlays.push_back(test::layer({{0}, {101}}, {0, 352, 640, 8},
                                      ProgressBar{{255, 255, 255, 255}, {0, 0, 0, 255}, Side::kRight}));
  test::Studio studio;
  Compositor compositor = open(film, studio);
  CHECK(light_of(*frame(compositor, 0), {0, 352, 640, 8}) == 16);
  CHECK(light_of(*frame(compositor, 50), {322, 352, 318, 8}) == 235);
  CHECK(light_of(*frame(compositor, 50), {0, 352, 318, 8}) == 16);
  CHECK(light_of(*frame(compositor, 100), {0, 352, 640, 8}) == 235);
}

TEST_CASE("a still that nothing covers is passed on as it is, and a logo touches only its place") {
  const std::filesystem::path folder = std::filesystem::temp_directory_path() / "capsule-compose-test";
  std::filesystem::create_directories(folder);
  const std::string photo = (folder / "photo.png").string();
  const std::string logo = (folder / "logo.png").string();
  std::vector<std::uint8_t> rgb(640 * 360 * 3);
  for (std::size_t i = 0; i < rgb.size(); ++i) {
    rgb[i] = static_cast<std::uint8_t>((i / 3) % 251);
  }
  test::write_png(photo, kCanvas, 3, rgb);
  std::vector<std::uint8_t> rgba(40 * 40 * 4, 255);
  for (std::size_t i = 0; i < 40 * 40; ++i) {
    rgba[4 * i + 1] = 0;
    rgba[4 * i + 3] = i < 800 ? 255 : 0;
  }
  test::write_png(logo, {40, 40}, 4, rgba);

  Timeline film = test::film(kCanvas, 20);
  MediaFacts facts;
  facts.still = true;
  facts.path = photo;
  facts.shown = kCanvas;
  film.files.push_back(facts);
  facts.path = logo;
  facts.alpha = true;
  facts.shown = {40, 40};
  film.files.push_back(facts);
  film.scenes.push_back(test::scene({{0}, {20}}, {test::layer({{0}, {20}}, {0, 0, 640, 360}, Media{})}));
  test::Studio studio;
  Compositor bare = open(film, studio);
  const Picture first = frame(bare, 0);
  CHECK(frame(bare, 19) == first);
  CHECK(first->size() == kCanvas);

  Media mark;
  mark.file = 1;
  mark.fit = Fit::kContain;
  film.overlays.push_back(test::layer({{0}, {20}}, {580, 20, 40, 40}, mark));
  Compositor covered = open(film, studio);
  const Picture second = frame(covered, 5);
  CHECK(second != first);
  const Rect changed = test::difference(*first, *second);
  CHECK(changed.x >= 580);
  CHECK(changed.y >= 20);
  CHECK(changed.right() <= 620);
  CHECK(changed.bottom() <= 41);
  CHECK(std::abs(test::at(*second, 600, 30).y - to_ycbcr({255, 0, 255, 255}).y) <= 2);

  film.overlays.clear();
  std::get<Media>(film.scenes[0].layers[0].content).motion = {
      MotionKind::kKenBurns, 1, 1.1, {0.5, 0.5}, 0, 0};
  Compositor moving = open(film, studio);
  CHECK(frame(moving, 5) != frame(moving, 6));
  CHECK(!test::same(*frame(moving, 0), *frame(moving, 19)));
  std::filesystem::remove_all(folder);
}

TEST_CASE("the outgoing scene runs on under a transition of every kind") {
  for (const TransitionKind kind :
       {TransitionKind::kCrossfade, TransitionKind::kWipe, TransitionKind::kSlide, TransitionKind::kPush}) {
    Timeline film = busy_film();
    film.overlays.clear();
    film.captions.cues.clear();
    film.scenes[0].layers.resize(1);
    film.scenes[1].enter = {kind, Side::kLeft, 12};
    test::Studio studio;
    Compositor compositor = open(film, studio);
    const Picture old_picture = frame(compositor, 44);
    const Picture early = frame(compositor, 45);
    const Picture late = frame(compositor, 57);
    CHECK(std::abs(light_of(*early, {600, 0, 40, 360}) - light_of(*old_picture, {600, 0, 40, 360})) < 12);
    CHECK(light_of(*late, {600, 0, 40, 360}) != doctest::Approx(light_of(*old_picture, {600, 0, 40, 360})));
  }
}

TEST_CASE("a film that cannot be drawn is refused with a code") {
  test::Studio studio;
  Timeline film = test::film({641, 360}, 10);
  film.scenes.push_back(test::scene({{0}, {10}}, {}));
  CHECK_FALSE(Compositor::open(film, studio.services()));
  film = test::film(kCanvas, 10);
  CHECK_FALSE(Compositor::open(film, studio.services()));
  std::stop_source stop;
  film.scenes.push_back(test::scene({{0}, {10}}, {}));
  Services services = studio.services();
  services.stop = stop.get_token();
  Result<Compositor> compositor = Compositor::open(film, services);
  REQUIRE(compositor);
  stop.request_stop();
  const Result<Picture> cancelled = compositor->frame({0});
  REQUIRE_FALSE(cancelled);
  CHECK(cancelled.error().code == Code{"cancelled"});
}

}  // namespace capsule::compose

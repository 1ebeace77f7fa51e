#include <doctest/doctest.h>

#include <algorithm>
#include <cmath>

#include "compose/captions.h"
#include "compose/clearing.h"
#include "tests/compose/support.h"

namespace capsule::compose {
namespace {

constexpr Size kCanvas{640, 360};

Timeline captioned() {
  Timeline film = test::film(kCanvas, 60);
  film.background = {0, 0, 0, 255};
  film.safe = {32, 18, 576, 324};
  film.scenes = {test::scene({{0}, {60}}, {})};
  film.captions.zone = {32, 180, 576, 162};
  film.captions.style = test::style(24, kWhite, HAlign::kCenter);
  film.captions.style.plate = Plate{{120, 20, 20, 255}, 8, 4, 0, false, {}, 0, Side::kRight};
  film.captions.second_style = film.captions.style;
  return film;
}

Cue saying(const char* text, FrameRange range = {{0}, {60}}) {
  Cue cue;
  cue.range = range;
  cue.text = text;
  return cue;
}

Cue boxed(const char* text, CueBox box, std::optional<HAlign> align = {}) {
  Cue cue = saying(text);
  cue.look.box = box;
  cue.look.align = align;
  return cue;
}

Cue at_point(const char* text, PointF anchor, VAlign valign = VAlign::kBottom) {
  Cue cue = saying(text);
  cue.look.anchor = anchor;
  cue.look.valign = valign;
  cue.look.align = HAlign::kCenter;
  return cue;
}

/// Around what shows of the film at n.
Rect shown(const Timeline& film, std::int64_t n = 10) {
  test::Studio studio;
  Compositor compositor = open(film, studio);
  return test::difference(*frame(compositor, n), test::plain(kCanvas, to_ycbcr(film.background)), 2);
}

Rect alone(const Cue& cue, std::int64_t n = 10) {
  Timeline film = captioned();
  film.captions.cues = {cue};
  return shown(film, n);
}

/// The boxes of the cues as they stand together.
std::vector<RectF> together(const std::vector<Cue>& cues, test::Studio& studio) {
  Timeline film = captioned();
  film.captions.cues = cues;
  REQUIRE(review(film, studio.services()));
  const auto laid = layout(film, studio.services());
  REQUIRE(laid.has_value());
  std::vector<RectF> out;
  for (const LaidOut& one : *laid) {
    out.push_back(one.box);
  }
  REQUIRE(out.size() == cues.size());
  return out;
}

bool apart(const std::vector<RectF>& boxes) {
  for (std::size_t i = 0; i < boxes.size(); ++i) {
    for (std::size_t j = 0; j < i; ++j) {
      const bool across = boxes[i].x < boxes[j].right() - 1 && boxes[j].x < boxes[i].right() - 1;
      const bool down = boxes[i].y < boxes[j].bottom() - 1 && boxes[j].y < boxes[i].bottom() - 1;
      if (across && down) {
        return false;
      }
    }
  }
  return true;
}

CueLine percent(double at, VAlign edge = VAlign::kTop) {
  return {at, false, edge};
}

}  // namespace

TEST_CASE("WebVTT boxes in the picture: position, size and the side of the text") {
  const char* text = "نص من عدة كلمات يلتف في صندوق ضيق";
  const Rect wide = alone(saying(text));
  const Rect left = alone(boxed(text, {10, HAlign::kLeft, 30, {}}, HAlign::kLeft));
  // 10 % of 640; not wider than 30 %, so in more lines.
  CHECK(std::abs(left.x - 64) <= 2);
  CHECK(left.width <= 194);
  CHECK(left.height > wide.height * 3 / 2);
  CHECK(std::abs(left.bottom() - wide.bottom()) <= 1);
  const Rect right = alone(boxed(text, {90, {}, 30, {}}, HAlign::kRight));
  CHECK(std::abs(right.right() - 576) <= 2);
  // The text's side and the box's edge are two things: from 20 % to 60 %, its text at the right.
  const Rect mixed = alone(boxed("كلمة", {20, HAlign::kLeft, 40, {}}, HAlign::kRight));
  CHECK(std::abs(mixed.right() - 384) <= 2);
  // Without a side the text is centred on its position, in what is left there.
  const Rect centred = alone(boxed(text, {25, {}, 100, {}}));
  CHECK(std::abs(centred.x + centred.width / 2 - 160) <= 2);
  CHECK(centred.width <= 322);
  // Never outside the safe box, never too narrow to be read.
  const Rect edge = alone(boxed("كلمة", {0, {}, 100, {}}));
  CHECK(edge.x >= 31);
  CHECK(edge.width > 30);
}

TEST_CASE("WebVTT lines in the picture: rows from both ends, percent by each edge") {
  const auto line = [](CueLine where) { return alone(boxed("سطر", {{}, {}, 100, where})); };
  CHECK(std::abs(line(percent(25)).y - 90) <= 2);
  CHECK(std::abs(line(percent(50, VAlign::kBottom)).bottom() - 180) <= 2);
  const Rect middle = line(percent(50, VAlign::kMiddle));
  CHECK(std::abs(middle.y + middle.height / 2 - 180) <= 2);
  // 24 high at 1.3, and the padding of the plate.
  const double row = 24 * 1.3 + 8;
  CHECK(std::abs(line({2, true, VAlign::kTop}).y - (18 + 2 * row)) <= 3);
  CHECK(std::abs(line({-3, true, VAlign::kTop}).y - (342 - 3 * row)) <= 3);
  // Inside the safe box in any case.
  CHECK(line(percent(100)).bottom() <= 343);
  CHECK(line(percent(0)).y >= 17);
  CHECK(line({400, true, VAlign::kTop}).bottom() <= 343);
  CHECK(line({-400, true, VAlign::kTop}).y >= 17);
}

TEST_CASE("a move: from point to point, evenly, and at rest before and after") {
  Cue cue = at_point("متحرك", {100, 60}, VAlign::kMiddle);
  cue.look.move = CueMove{{500, 260}, {{10}, {50}}};
  const auto centre = [&](std::int64_t n) {
    const Rect box = alone(cue, n);
    return PointF{box.x + box.width / 2.0, box.y + box.height / 2.0};
  };
  const auto near = [](PointF a, PointF b) { return std::abs(a.x - b.x) <= 2 && std::abs(a.y - b.y) <= 2; };
  CHECK(near(centre(0), {100, 60}));
  CHECK(near(centre(10), {100, 60}));
  CHECK(near(centre(20), {200, 110}));
  CHECK(near(centre(30), {300, 160}));
  CHECK(near(centre(50), {500, 260}));
  CHECK(near(centre(59), {500, 260}));
  // In the same place whatever was asked before.
  Timeline film = captioned();
  film.captions.cues = {cue};
  test::Studio studio;
  Compositor compositor = open(film, studio);
  const auto first = test::bytes_of(*frame(compositor, 25));
  static_cast<void>(frame(compositor, 40));
  CHECK(test::bytes_of(*frame(compositor, 25)) == first);
}

TEST_CASE("captions of different places never cover one another") {
  test::Studio studio;
  const auto usual = saying("النص المعتاد في أسفل الصورة");
  // A line at 85 % beside the usual one, whichever comes first.
  const auto line = boxed("سطر عند خمسة وثمانين", {{}, {}, 100, percent(85)});
  auto boxes = together({usual, line}, studio);
  CHECK(apart(boxes));
  CHECK(std::abs(boxes[0].bottom() - 342) <= 1);
  CHECK(boxes[1].bottom() <= boxes[0].y);
  boxes = together({line, usual}, studio);
  CHECK(apart(boxes));
  CHECK(std::abs(boxes[0].y - 306) <= 6);
  CHECK(boxes[1].bottom() <= boxes[0].y);
  // A point inside it; one beside it stays where it is.
  boxes = together({usual, at_point("نقطة", {320, 335})}, studio);
  CHECK(apart(boxes));
  const auto corner = at_point("جانب", {600, 342});
  boxes = together({saying("قصير"), corner}, studio);
  CHECK(apart(boxes));
  CHECK(std::abs(boxes[1].bottom() - 342) <= 1);
  // Rows at the top make room downwards, those at the bottom upwards.
  auto top = saying("في الأعلى");
  top.look.valign = VAlign::kTop;
  boxes = together({top, boxed("الصف الأول", {{}, {}, 100, CueLine{0, true, VAlign::kTop}})}, studio);
  CHECK(boxes[1].y >= boxes[0].bottom());
  boxes = together({usual, boxed("الصف الأخير", {{}, {}, 100, CueLine{-1, true, VAlign::kTop}})}, studio);
  CHECK(boxes[1].bottom() <= boxes[0].y);
  // One that slides through the bottom keeps the usual one off its way.
  auto sliding = at_point("شريط", {100, 330});
  sliding.look.move = CueMove{{540, 330}, {{0}, {60}}};
  boxes = together({sliding, usual}, studio);
  CHECK(boxes[1].bottom() <= boxes[0].y);
  CHECK(studio.reporter.warnings.empty());
}

TEST_CASE("captions that show one after another do not push each other, and one that has gone is forgotten") {
  test::Studio studio;
  auto first = at_point("نقطة", {320, 335});
  first.range = {{0}, {20}};
  const auto later = saying("بعدها", {{20}, {60}});
  const auto boxes = together({first, later}, studio);
  CHECK(std::abs(boxes[1].bottom() - 342) <= 1);
}

TEST_CASE("where there is no room for a caption it is said, with its line") {
  test::Studio studio;
  Timeline film = captioned();
  Shape shape;
  shape.color = {60, 60, 60, 255};
  Layer wall = test::layer({{0}, {60}}, {0, 30, 640, 310}, shape);
  wall.lifts_captions = true;
  film.scenes[0].layers = {wall};
  Cue cue = boxed("لا مكان", {{}, {}, 100, percent(50)});
  cue.where = {"a.vtt", 12, 0};
  film.captions.cues = {cue};
  REQUIRE(review(film, studio.services()));
  REQUIRE(studio.reporter.warnings.size() == 1);
  CHECK(studio.reporter.warnings[0].code == Code{"cue-covered"});
  CHECK(studio.reporter.warnings[0].where.line == 12);
}

TEST_CASE("ten thousand captions that all overlap are placed in bounded time") {
  std::vector<Cue> cues;
  for (std::int64_t i = 0; i < 10000; ++i) {
    cues.push_back(saying("x", {{i}, {i + 500}}));
  }
  const std::vector<std::size_t> first = first_beside(cues);
  for (std::size_t i = 0; i < cues.size(); ++i) {
    REQUIRE(i - first[i] < 64);
  }
  cues = {saying("a", {{0}, {10}}), saying("b", {{5}, {15}}), saying("c", {{12}, {20}}),
          saying("d", {{20}, {30}})};
  CHECK(first_beside(cues) == std::vector<std::size_t>{0, 0, 0, 3});
  cues[1].hidden = true;
  CHECK(first_beside(cues) == std::vector<std::size_t>{0, 0, 2, 3});
}

TEST_CASE("the way out is the shortest that is free, and the wished one first") {
  const RectF area{0, 0, 100, 100};
  const RectF box{40, 60, 20, 10};
  const std::vector<RectF> taken = {{30, 55, 40, 30}};
  CHECK(way_out(box, area, Way::kUp, {}, 2) == PointF{});
  CHECK(way_out(box, area, Way::kUp, taken, 2) == PointF{0, -17});
  CHECK(way_out(box, area, Way::kDown, taken, 2) == PointF{0, 27});
  CHECK(way_out({40, 60, 20, 14}, area, Way::kDown, taken, 2) == PointF{0, -21});
  CHECK(way_out({62, 60, 20, 10}, area, Way::kAny, taken, 2) == PointF{10, 0});
  CHECK_FALSE(way_out(box, area, Way::kAny, {{0, 0, 100, 100}}, 2).has_value());
}

}  // namespace capsule::compose

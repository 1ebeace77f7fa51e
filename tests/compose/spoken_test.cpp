#include "compose/spoken.h"

#include <doctest/doctest.h>

#include <algorithm>
#include <cmath>

#include "compose/compositor.h"
#include "tests/compose/support.h"

namespace capsule::compose {
namespace {

constexpr Size kCanvas{720, 400};

/// «المُسْتَقْبَل يَبْدأُ الآن»: words of 20 frames each from frame 10 on, then ten frames of silence.
Timeline spoken_film(Highlight highlight) {
  Timeline film = test::film(kCanvas, 90);
  film.scenes = {test::scene({{0}, {90}}, {})};
  film.captions.zone = {40, 100, 640, 260};
  film.captions.style = test::style(64, kWhite, HAlign::kCenter);
  film.captions.second_style = film.captions.style;
  film.captions.highlight = highlight;
  film.captions.highlight_color = kAccent;
  Cue cue;
  cue.range = {{0}, {80}};
  cue.text = "المُسْتَقْبَل يَبْدأُ الآن";
  cue.words = {{0, 13, {{10}, {30}}}, {14, 21, {{30}, {50}}}, {22, 26, {{50}, {70}}}};
  film.captions.cues = {cue};
  return film;
}

/// Luma that differs from another picture, summed.
std::int64_t changed(const Canvas& a, const Canvas& b) {
  std::int64_t sum = 0;
  for (int y = 0; y < a.size().height; ++y) {
    for (int x = 0; x < a.size().width; ++x) {
      sum += std::abs(int{a.y().row(y)[x]} - int{b.y().row(y)[x]});
    }
  }
  return sum;
}

}  // namespace

TEST_CASE("spoken: a highlight in the letters' own colour changes no sample") {
  test::Studio studio;
  Timeline plain_film = spoken_film(Highlight::kNone);
  plain_film.captions.cues[0].words.clear();
  Compositor plain = open(plain_film, studio);
  for (const Highlight highlight : {Highlight::kWord, Highlight::kSweep}) {
    Timeline film = spoken_film(highlight);
    film.captions.style.outline = Outline{{0, 0, 0, 255}, 3};
    film.captions.highlight_color = kWhite;
    Timeline without = plain_film;
    without.captions.style = film.captions.style;
    Compositor compositor = open(film, studio);
    Compositor base = open(without, studio);
    for (const std::int64_t n : {0, 9, 10, 11, 25, 31, 33, 55, 69, 71, 79}) {
      CHECK_MESSAGE(test::same(*frame(compositor, n), *frame(base, n)), n);
    }
  }
}

TEST_CASE("spoken: words take the accent from right to left, one at a time, and give it back") {
  test::Studio studio;
  Compositor compositor = open(spoken_film(Highlight::kWord), studio);
  const Picture rest = frame(compositor, 5);
  const Rect first = test::difference(*rest, *frame(compositor, 25), 2);
  const Rect second = test::difference(*rest, *frame(compositor, 45), 2);
  const Rect third = test::difference(*rest, *frame(compositor, 65), 2);
  REQUIRE_FALSE((first.empty() || second.empty() || third.empty()));
  CHECK(first.x > second.right());
  CHECK(second.x > third.right());
  CHECK(test::same(*rest, *frame(compositor, 78)));
  // While nothing changes, nothing is drawn again.
  CHECK(frame(compositor, 20) == frame(compositor, 21));
  CHECK(frame(compositor, 20) == frame(compositor, 22));
  // One word fades while the next comes.
  const std::int64_t whole = changed(*rest, *frame(compositor, 25));
  const std::int64_t begun = changed(*rest, *frame(compositor, 10));
  CHECK(begun > whole / 8);
  CHECK(begun < whole / 2);
}

TEST_CASE("spoken: a frame is the same whatever was asked before") {
  test::Studio studio;
  for (const bool pop : {false, true}) {
    Timeline film = spoken_film(Highlight::kWord);
    film.captions.highlight_pop = pop;
    Compositor forward = open(film, studio);
    for (std::int64_t n = 0; n < 33; ++n) {
      frame(forward, n);
    }
    Compositor direct = open(film, studio);
    CHECK(test::same(*frame(forward, 33), *frame(direct, 33)));
    CHECK(test::same(*frame(forward, 12), *frame(direct, 12)));
  }
}

TEST_CASE("spoken: a sweep fills from right to left and never takes back") {
  test::Studio studio;
  Compositor compositor = open(spoken_film(Highlight::kSweep), studio);
  const Picture rest = frame(compositor, 5);
  std::int64_t before = 0;
  int edge = kCanvas.width;
  for (std::int64_t n = 9; n < 75; ++n) {
    const Picture now = frame(compositor, n);
    const std::int64_t lit = changed(*rest, *now);
    CHECK(lit >= before);
    before = lit;
    const Rect area = test::difference(*rest, *now, 2);
    if (!area.empty()) {
      CHECK(area.x <= edge);
      edge = area.x;
    }
  }
  // At the end every letter is as if set in the accent.
  Timeline all = spoken_film(Highlight::kNone);
  all.captions.cues[0].words.clear();
  all.captions.style.color = kAccent;
  Compositor set = open(all, studio);
  CHECK(test::difference(*frame(compositor, 72), *frame(set, 72), 1).empty());
}

TEST_CASE("spoken: a syllable inside a ligature is cut, and both colours together cover what one covers") {
  test::Studio studio;
  Timeline film = spoken_film(Highlight::kWord);
  film.captions.cues[0].words = {{22, 24, {{10}, {30}}}, {24, 26, {{30}, {50}}}};
  Compositor compositor = open(film, studio);
  const Picture rest = frame(compositor, 5);
  const Rect right = test::difference(*rest, *frame(compositor, 25), 8);
  const Rect left = test::difference(*rest, *frame(compositor, 45), 8);
  CHECK(right.x >= left.right() - 3);
  CHECK(right.width > 10);
}

TEST_CASE("spoken: the edges of a popping word are as heavy as they were at rest") {
  test::Studio studio;
  const Color plate{150, 150, 150, 255};
  // How much more ink there is when the word begins to pop.
  const auto growth = [&](bool linear) {
    Timeline film = spoken_film(Highlight::kWord);
    film.captions.cues[0].text = "المستقبل";
    film.captions.cues[0].words = {{0, 8, {{10}, {30}}}};
    film.captions.highlight_pop = true;
    film.captions.highlight_color = kWhite;
    film.captions.style.linear = linear;
    film.captions.style.plate = Plate{.color = plate, .pad_x = 20, .pad_y = 10, .edge = {}};
    Compositor compositor = open(film, studio);
    const auto ink = [&](std::int64_t n) {
      const Picture picture = frame(compositor, n);
      const int ground = to_ycbcr(plate).y;
      double sum = 0;
      for (int y = 0; y < kCanvas.height; ++y) {
        for (int x = 0; x < kCanvas.width; ++x) {
          sum += std::max(0, picture->y().row(y)[x] - ground);
        }
      }
      return sum;
    };
    return ink(10) / ink(5);
  };
  CHECK(growth(false) > 1.01);
  CHECK(growth(true) == doctest::Approx(growth(false)).epsilon(0.01));
}

TEST_CASE("spoken: the popping word is larger, its neighbours stand still") {
  test::Studio studio;
  Timeline film = spoken_film(Highlight::kWord);
  Compositor flat = open(film, studio);
  const Rect word = test::difference(*frame(flat, 5), *frame(flat, 45), 2);
  film.captions.highlight_pop = true;
  Compositor popped = open(film, studio);
  const Rect grown = test::difference(*frame(flat, 5), *frame(popped, 45), 2);
  CHECK(grown.width > word.width);
  CHECK(grown.height > word.height);
  CHECK(std::abs(2 * grown.x + grown.width - 2 * word.x - word.width) < 12);
  CHECK(grown.width < word.width * 6 / 5);
}

TEST_CASE("spoken: a word over two lines is lit on both") {
  test::Studio studio;
  Timeline film = spoken_film(Highlight::kWord);
  film.captions.cues[0].text = "عملكم كبير جداً\nفهل يراه الناس";
  film.captions.cues[0].words = {{0, 30, {{10}, {30}}}};
  Compositor compositor = open(film, studio);
  const Rect lit = test::difference(*frame(compositor, 5), *frame(compositor, 25), 2);
  CHECK(lit.height > 100);
}

}  // namespace capsule::compose

#include <doctest/doctest.h>

#include "compose/compositor.h"
#include "tests/compose/film.h"
#include "tests/compose/pictures.h"
#include "tests/support/corpus.h"

namespace capsule::compose {
namespace {

/// Two scenes of one clip, begun inside a group of pictures, with a crossfade under which the first runs out.
timeline::Timeline clip_film(const std::string& path) {
  timeline::Timeline film = test::film({320, 180}, 40);
  timeline::MediaFacts facts;
  facts.path = path;
  facts.shown = {1280, 720};
  facts.duration = Time(14, 1);
  film.files.push_back(facts);
  timeline::Media first;
  first.in = Time(13, 10);
  first.out = Time(2, 1);
  timeline::Media second;
  second.in = Time(4, 1);
  second.speed = Time(2, 1);
  const FrameRange a{{0}, {20}};
  const FrameRange b{{20}, {40}};
  film.scenes = {test::scene(a, {test::layer(a, {0, 0, 320, 180}, first)}),
                 test::scene(b, {test::layer(b, {0, 0, 320, 180}, second)})};
  film.scenes[1].enter = {timeline::TransitionKind::kCrossfade, timeline::Side::kLeft, 10};
  return film;
}

}  // namespace

TEST_CASE(
    "clips: the same frame by playing and by jumping; the last picture is held, and passed on uncopied") {
  const auto folder = test::corpus();
  if (!folder) {
    return;
  }
  const timeline::Timeline film = clip_film(*folder + "/media/video/cockatoo_720p_20fps.mp4");
  test::Studio studio;
  Result<Compositor> playing = Compositor::open(film, studio.services());
  Result<Compositor> jumping = Compositor::open(film, studio.services());
  REQUIRE(playing);
  REQUIRE(jumping);
  std::vector<std::vector<std::uint8_t>> expected;
  for (std::int64_t n = 0; n < 40; ++n) {
    const Result<Picture> picture = playing->frame({n});
    REQUIRE(picture);
    expected.push_back(test::bytes_of(**picture));
  }
  for (std::int64_t i = 0; i < 40; ++i) {
    const std::int64_t n = (i * 23 + 7) % 40;
    const Result<Picture> picture = jumping->frame({n});
    REQUIRE(picture);
    CHECK(test::bytes_of(**picture) == expected[static_cast<std::size_t>(n)]);
  }
  CHECK(expected[0] != expected[10]);
  const Result<Picture> end = jumping->frame({19});
  REQUIRE(end);
  const Result<Picture> again = jumping->frame({19});
  REQUIRE(again);
  CHECK(*end == *again);
}

}  // namespace capsule::compose

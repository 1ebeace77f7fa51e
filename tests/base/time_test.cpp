#include <doctest/doctest.h>

#include <cstdint>
#include <limits>

#include "base/clock_text.h"
#include "base/time.h"

namespace capsule {
namespace {

TEST_CASE("time is exact at the rates that phones and television use") {
  const FrameRate ntsc{30000, 1001};
  CHECK(start_of(FrameIndex{30000}, ntsc) == Time::seconds(1001));
  CHECK(nearest_frame(start_of(FrameIndex{12345}, ntsc), ntsc) == FrameIndex{12345});
  CHECK(frame_at(Time(1001, 30000) - Time(1, 1000000), ntsc) == FrameIndex{0});
  CHECK(frame_at(Time(1001, 30000), ntsc) == FrameIndex{1});
}

TEST_CASE("a thousand additions of a third do not drift") {
  Time sum;
  for (int i = 0; i < 3000; ++i) {
    sum = sum + Time(1, 3);
  }
  CHECK(sum == Time::seconds(1000));
}

TEST_CASE("times before zero round down, not towards zero") {
  CHECK(Time(-1, 2).floor_units(1) == -1);
  CHECK(Time(-1, 4).round_units(1) == 0);
  CHECK(frame_at(Time(-1, 60), FrameRate{30, 1}) == FrameIndex{-1});
}

TEST_CASE("arithmetic saturates instead of overflowing") {
  constexpr std::int64_t kBig = std::numeric_limits<std::int64_t>::max();
  CHECK((Time::seconds(kBig) + Time::seconds(kBig)).num() == kBig);
  CHECK((Time::seconds(-kBig) - Time::seconds(kBig)).num() == -kBig);
  CHECK(Time(std::numeric_limits<std::int64_t>::min(), 1) < Time());
  CHECK((Time(kBig, kBig - 2) * Time(kBig - 4, kBig - 6)).den() > 0);
  CHECK(Time::from_seconds(1e300) > Time::seconds(1000000));
}

TEST_CASE("frame ranges are half-open") {
  const FrameRange a{{0}, {10}};
  CHECK(a.contains(FrameIndex{9}));
  CHECK_FALSE(a.contains(FrameIndex{10}));
  CHECK_FALSE(a.overlaps({{10}, {20}}));
}

TEST_CASE("moments are told to the nearest tenth, carried into seconds and minutes") {
  CHECK(clock_text(Time()) == "0:00.0");
  CHECK(clock_text(Time(5949, 1000)) == "0:05.9");
  CHECK(clock_text(Time(5995, 100)) == "1:00.0");
  CHECK(clock_text(Time::seconds(3723)) == "62:03.0");
}

}  // namespace
}  // namespace capsule

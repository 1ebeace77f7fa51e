#include "media/recolor.h"

#include <doctest/doctest.h>

#include <algorithm>
#include <cmath>

namespace capsule::media {
namespace {

struct Sample {
  double y, cb, cr;
};

// By way of R'G'B', as the standards define both encodings (BT.601 clause 2.5, BT.709 clause 3).
Sample by_rgb(const Sample& in, const ColorModel& from, const ColorModel& to) {
  const double luma = from.full ? in.y / 255 : (in.y - 16) / 219;
  const double u = (in.cb - 128) / (from.full ? 255 : 224);
  const double v = (in.cr - 128) / (from.full ? 255 : 224);
  const double r = luma + 2 * (1 - from.kr) * v;
  const double b = luma + 2 * (1 - from.kb) * u;
  const double g = (luma - from.kr * r - from.kb * b) / (1 - from.kr - from.kb);
  const double out = to.kr * r + (1 - to.kr - to.kb) * g + to.kb * b;
  const auto clamped = [](double value) { return std::clamp(value, 0.0, 255.0); };
  const double chroma = to.full ? 255 : 224;
  return {clamped(to.full ? 255 * out : 16 + 219 * out),
          clamped(128 + chroma * (b - out) / (2 * (1 - to.kb))),
          clamped(128 + chroma * (r - out) / (2 * (1 - to.kr)))};
}

// The worst distance over a picture that holds every fifth value of every sample.
double worst_error(const ColorModel& from, const ColorModel& into = kCanvasColor) {
  double worst = 0;
  Canvas in = Canvas::make({104, 104});
  Canvas out = Canvas::make({104, 104});
  for (int luma = 0; luma < 256; luma += 5) {
    in.fill({static_cast<std::uint8_t>(luma), 0, 0});
    for (int y = 0; y < 52; ++y) {
      for (int x = 0; x < 52; ++x) {
        in.cb().row(y)[x] = static_cast<std::uint8_t>(5 * x);
        in.cr().row(y)[x] = static_cast<std::uint8_t>(5 * y);
      }
    }
    const Canvas& seen = in;
    recolor(seen.y(), seen.cb(), seen.cr(), from, {out.y(), out.cb(), out.cr()}, into);
    for (int y = 0; y < 52; ++y) {
      for (int x = 0; x < 52; ++x) {
        const Sample want = by_rgb({double(luma), 5.0 * x, 5.0 * y}, from, into);
        worst = std::max({worst, std::abs(want.y - out.y().row(2 * y)[2 * x]),
                          std::abs(want.cb - out.cb().row(y)[x]), std::abs(want.cr - out.cr().row(y)[x])});
      }
    }
  }
  return worst;
}

TEST_CASE("another matrix or range becomes BT.709 limited within a rounding step") {
  CHECK(worst_error({0.299, 0.114, false}) < 0.6);
  CHECK(worst_error({0.299, 0.114, true}) < 0.6);
  CHECK(worst_error({0.2627, 0.0593, false}) < 0.6);
  CHECK(worst_error({0.2126, 0.0722, true}) < 0.6);
}

TEST_CASE("a canvas becomes what JPEG files hold within a rounding step") {
  CHECK(worst_error(kCanvasColor, kJpegColor) < 0.6);
}

TEST_CASE("grey stays grey, and luma of the same range stays as it is") {
  Canvas in = Canvas::make({512, 2});
  in.fill({0, 128, 128});
  for (int x = 0; x < 512; ++x) {
    in.y().row(0)[x] = in.y().row(1)[x] = static_cast<std::uint8_t>(x / 2);
  }
  Canvas out = Canvas::make({512, 2});
  const Canvas& seen = in;
  recolor(seen.y(), seen.cb(), seen.cr(), {0.299, 0.114, false}, {out.y(), out.cb(), out.cr()});
  for (int x = 0; x < 512; ++x) {
    CAPTURE(x);
    CHECK(out.y().row(1)[x] == x / 2);
    CHECK(out.cb().row(0)[x / 2] == 128);
    CHECK(out.cr().row(0)[x / 2] == 128);
  }
}

TEST_CASE("in place and elsewhere are the same") {
  Canvas in = Canvas::make({64, 16});
  for (int y = 0; y < 16; ++y) {
    for (int x = 0; x < 64; ++x) {
      in.y().row(y)[x] = static_cast<std::uint8_t>(7 * x + 31 * y);
      in.cb().row(y / 2)[x / 2] = static_cast<std::uint8_t>(90 + x);
      in.cr().row(y / 2)[x / 2] = static_cast<std::uint8_t>(170 - 3 * y);
    }
  }
  Canvas apart = Canvas::make({64, 16});
  const ColorModel from{0.299, 0.114, true};
  const Canvas& seen = in;
  recolor(seen.y(), seen.cb(), seen.cr(), from, {apart.y(), apart.cb(), apart.cr()});
  recolor(seen.y(), seen.cb(), seen.cr(), from, {in.y(), in.cb(), in.cr()});
  for (int y = 0; y < 16; ++y) {
    CHECK(std::equal(in.y().row(y), in.y().row(y) + 64, apart.y().row(y)));
    CHECK(std::equal(in.cb().row(y / 2), in.cb().row(y / 2) + 32, apart.cb().row(y / 2)));
    CHECK(std::equal(in.cr().row(y / 2), in.cr().row(y / 2) + 32, apart.cr().row(y / 2)));
  }
}

}  // namespace
}  // namespace capsule::media

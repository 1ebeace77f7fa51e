#include <doctest/doctest.h>

#include <algorithm>
#include <cstdlib>
#include <string>
#include <vector>

#include "base/color.h"
#include "base/files.h"
#include "media/png.h"
#include "tests/support/film.h"
#include "tests/support/temp.h"

namespace capsule::media {
namespace {

using test::TempFolder;

/// Pixels of a picture file as ffmpeg reads it, R G B A.
std::string pixels(const std::string& path) {
  return test::run("ffmpeg -v error -i '" + path + "' -f rawvideo -pix_fmt rgba -");
}

bool near(const std::string& rgba, std::size_t pixel, Color want, int tolerance) {
  const auto differs = [&](std::size_t c, int value) {
    return std::abs(static_cast<int>(static_cast<unsigned char>(rgba.at(pixel * 4 + c))) - value) > tolerance;
  };
  return !differs(0, want.r) && !differs(1, want.g) && !differs(2, want.b) && !differs(3, want.a);
}

TEST_CASE("a canvas becomes a PNG and a JPEG of the colours it shows") {
  if (!test::has_ffmpeg()) {
    return;
  }
  const TempFolder folder;
  for (const Color color :
       {Color{200, 30, 60, 255}, Color{0, 98, 51, 255}, Color{255, 255, 255, 255}, Color{0, 0, 0, 255}}) {
    Canvas canvas = Canvas::make({66, 38});
    canvas.fill(to_ycbcr(color));
    for (const char* name : {"frame.png", "poster.JPG"}) {
      REQUIRE(write_still(folder.path(name), canvas).has_value());
      const std::string rgba = pixels(folder.path(name));
      REQUIRE(rgba.size() == 66U * 38U * 4U);
      CHECK(near(rgba, 0, color, 3));
      CHECK(near(rgba, 66 * 20 + 33, color, 3));
    }
  }
  CHECK(read_file(folder.path("poster.JPG"), 1U << 20U)->substr(0, 3) == "\xFF\xD8\xFF");
}

TEST_CASE("premultiplied pixels become straight ones") {
  if (!test::has_ffmpeg()) {
    return;
  }
  Rgba logo = Rgba::make({3, 2});
  const std::uint8_t half[] = {100, 50, 0, 128};
  std::copy_n(half, 4, logo.row(1) + 4);
  const TempFolder folder;
  REQUIRE(write_still(folder.path("logo.png"), logo).has_value());
  const std::string rgba = pixels(folder.path("logo.png"));
  REQUIRE(rgba.size() == 24);
  CHECK(near(rgba, 0, {0, 0, 0, 0}, 0));
  CHECK(near(rgba, 4, {199, 100, 0, 128}, 1));
}

TEST_CASE("stills are the same bytes each time and tell nothing of the program") {
  const Picture picture = test::make_picture({160, 96}, 3);
  const auto png = encode_png(*picture);
  const auto jpeg = encode_jpeg(*picture);
  REQUIRE(png.has_value());
  REQUIRE(jpeg.has_value());
  CHECK(*encode_png(*picture) == *png);
  CHECK(*encode_jpeg(*picture) == *jpeg);
  CHECK(encode_png(*picture, 0)->size() > encode_png(*picture, 9)->size());
  const std::string text(jpeg->begin(), jpeg->end());
  CHECK(text.find("Lavc") == std::string::npos);
}

}  // namespace
}  // namespace capsule::media

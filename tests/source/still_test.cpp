#include <doctest/doctest.h>

#include <algorithm>
#include <filesystem>
#include <string>
#include <thread>
#include <vector>

#include "store/store.h"
#include "tests/source/source_support.h"

namespace capsule::source {
namespace {

Result<Pixels> load(const std::string& path, Size size, timeline::Fit fit = timeline::Fit::kCover) {
  const timeline::MediaFacts facts = test::facts_of(path);
  const auto cache = make_still_cache();
  return still(test::request_of(facts, size, fit), *cache, {});
}

TEST_CASE("the eight EXIF orientations show one scene") {
  const auto corpus = test::corpus();
  if (!corpus) {
    return;
  }
  const std::string folder = *corpus + "/media/photo/exif/landscape_";
  // The number painted in the middle differs: the scene's left part is compared. The first file alone was not
  // recompressed.
  const auto difference = [](const Canvas& a, const Canvas& b) {
    std::int64_t sum = 0;
    for (int y = 0; y < 150; ++y) {
      for (int x = 0; x < 60; ++x) {
        sum += std::abs(a.y().row(y)[x] - b.y().row(y)[x]);
      }
    }
    return static_cast<double>(sum) / (150 * 60);
  };
  const Picture original = test::canvas_of(load(folder + "1.jpg", {200, 150}));
  const Picture mirrored = test::canvas_of(load(folder + "2.jpg", {200, 150}));
  CHECK(difference(*original, *mirrored) < 14);
  for (int i = 3; i <= 8; ++i) {
    CAPTURE(i);
    const Picture other = test::canvas_of(load(folder + std::to_string(i) + ".jpg", {200, 150}));
    CHECK(difference(*mirrored, *other) < 4);
  }
}

TEST_CASE("a CMYK photo is opaque and has the colours that it is printed in") {
  const auto corpus = test::corpus();
  if (!corpus) {
    return;
  }
  const Picture picture = test::canvas_of(load(*corpus + "/media/photo/cmyk_no_profile.jpg", {500, 332}));
  // Lit grass: green, so both colour differences lie below the middle.
  CHECK(test::mean(picture->cb(), {40, 125, 20, 15}) < 115);
  CHECK(test::mean(picture->cr(), {40, 125, 20, 15}) < 124);
}

TEST_CASE("stills of every kind decode; damaged ones are refused") {
  const auto corpus = test::corpus();
  if (!corpus) {
    return;
  }
  int files = 0;
  for (const std::string folder : {"photo", "anim", "vector"}) {
    for (const std::string& path : test::files_in(*corpus + "/media/" + folder)) {
      CAPTURE(path);
      const auto pixels = load(path, {160, 120}, timeline::Fit::kContain);
      CHECK(pixels.has_value() == (test::name_of(path) != "motion_photo_pixel.jpg"));
      ++files;
    }
  }
  CHECK(files > 20);
}

TEST_CASE("a photo's colours: JPEG is BT.601 full range, PNG is R'G'B'") {
  const test::TempFolder folder;
  const YCbCr wanted = to_ycbcr({0xC8, 0x50, 0x28, 255});
  for (const std::string name : {"a.jpg", "a.png", "a.bmp", "a.tiff", "a.webp"}) {
    CAPTURE(name);
    test::ffmpeg({"-f", "lavfi", "-i", "color=c=0xC85028:size=96x64,format=rgb24", "-frames:v", "1", "-q:v",
                  "2", folder.path(name)});
    const Picture picture = test::canvas_of(load(folder.path(name), {48, 32}));
    CHECK(std::abs(test::mean(picture->y(), {8, 8, 16, 16}) - wanted.y) <= 2.5);
    CHECK(std::abs(test::mean(picture->cb(), {8, 8, 8, 8}) - wanted.cb) <= 2.5);
    CHECK(std::abs(test::mean(picture->cr(), {8, 8, 8, 8}) - wanted.cr) <= 2.5);
  }
}

TEST_CASE("a half JPEG is an error, never a grey half") {
  const test::TempFolder folder;
  test::ffmpeg({"-f", "lavfi", "-i", "testsrc2=size=320x240", "-frames:v", "1", folder.path("whole.jpg")});
  const std::string whole = test::slurp(folder.path("whole.jpg"));
  folder.write("half.jpg", whole.substr(0, whole.size() / 2));
  const auto pixels = load(folder.path("half.jpg"), {160, 120});
  REQUIRE_FALSE(pixels);
  CHECK(pixels.error().code == Code{"media-damaged"});
}

TEST_CASE("an SVG is drawn at the size that is wanted, premultiplied, and again the same") {
  const test::TempFolder folder;
  folder.write("s.svg",
               "<svg xmlns='http://www.w3.org/2000/svg' width='10' height='10'>"
               "<rect x='0' y='0' width='5' height='10' fill='#ff0000' fill-opacity='0.5'/></svg>");
  const auto a = test::rgba_of(load(folder.path("s.svg"), {200, 200}));
  const std::uint8_t* in = a->row(100) + std::ptrdiff_t{4} * 50;
  const std::uint8_t* out = a->row(100) + std::ptrdiff_t{4} * 150;
  CHECK(std::abs(in[0] - 128) <= 1);
  CHECK(in[1] == 0);
  CHECK(std::abs(in[3] - 128) <= 1);
  CHECK(out[3] == 0);
  // A vector has no pixels to blow up: the edge is one pixel wide at most.
  CHECK(a->row(100)[4 * 98 + 3] > 120);
  CHECK(a->row(100)[4 * 101 + 3] == 0);
  const auto b = test::rgba_of(load(folder.path("s.svg"), {200, 200}));
  CHECK(std::equal(a->row(0), a->row(0) + a->stride() * 200, b->row(0)));
}

TEST_CASE("an opaque still that does not fill its box leaves the rest clear") {
  const test::TempFolder folder;
  test::ffmpeg({"-f", "lavfi", "-i", "color=c=white:size=200x100", "-frames:v", "1", folder.path("w.jpg")});
  const auto pixels = test::rgba_of(load(folder.path("w.jpg"), {100, 100}, timeline::Fit::kContain));
  CHECK(pixels->row(5)[4 * 50 + 3] == 0);
  CHECK(pixels->row(50)[4 * 50 + 3] == 255);
}

TEST_CASE("edges of transparent pictures have no dark or bright fringe when they are reduced") {
  const test::TempFolder folder;
  test::ffmpeg(
      {"-f", "lavfi", "-i",
       "color=c=red:size=256x256,format=rgba,geq=r=255:g='if(lt(X,128),0,255)':b=0:a='if(lt(X,128),255,0)'",
       "-frames:v", "1", folder.path("e.png")});
  const auto pixels = test::rgba_of(load(folder.path("e.png"), {32, 32}));
  for (int x = 0; x < 32; ++x) {
    const std::uint8_t* p = pixels->row(16) + 4 * static_cast<std::ptrdiff_t>(x);
    CHECK(p[1] <= 2);
    CHECK(p[0] <= p[3]);
  }
}

TEST_CASE("automatic focus finds the detail, not the empty wall") {
  const test::TempFolder folder;
  test::ffmpeg({"-f", "lavfi", "-i",
                "color=c=gray:size=400x100[b];[b]null[c];testsrc2=size=100x100[t];[c][t]overlay=x=280",
                "-frames:v", "1", folder.path("f.png")});
  const timeline::MediaFacts facts = test::facts_of(folder.path("f.png"));
  PictureRequest request = test::request_of(facts, {100, 100});
  request.focus_auto = true;
  const auto cache = make_still_cache();
  const Picture focused = test::canvas_of(still(request, *cache, {}));
  PictureRequest exact = test::request_of(facts, {100, 100});
  exact.focus = {330.0 / 400, 0.5};
  const Picture wanted = test::canvas_of(still(exact, *cache, {}));
  const auto lively = [](const Canvas& c) {
    int count = 0;
    for (int y = 0; y < 100; ++y) {
      for (int x = 1; x < 100; ++x) {
        count += std::abs(c.y().row(y)[x] - c.y().row(y)[x - 1]) > 20 ? 1 : 0;
      }
    }
    return count;
  };
  CHECK(lively(*focused) > lively(*wanted) * 7 / 10);
}

TEST_CASE("workers share one decoded still") {
  const test::TempFolder folder;
  test::ffmpeg({"-f", "lavfi", "-i", "testsrc2=size=320x240", "-frames:v", "1", folder.path("p.png")});
  const timeline::MediaFacts facts = test::facts_of(folder.path("p.png"));
  const auto cache = make_still_cache();
  std::vector<Picture> seen(4);
  {
    std::vector<std::jthread> workers;
    for (Picture& slot : seen) {
      workers.emplace_back([&cache, &facts, &slot] {
        const auto pixels = still(test::request_of(facts, {160, 120}), *cache, {});
        if (pixels && std::holds_alternative<Picture>(*pixels)) {
          slot = std::get<Picture>(*pixels);
        }
      });
    }
  }
  REQUIRE(seen[0] != nullptr);
  for (const Picture& picture : seen) {
    CHECK(picture == seen[0]);
  }
}

TEST_CASE("for motion a still is larger by the factor asked for, and blur softens it") {
  const test::TempFolder folder;
  test::ffmpeg({"-f", "lavfi", "-i", "testsrc2=size=800x600", "-frames:v", "1", folder.path("p.jpg")});
  const timeline::MediaFacts facts = test::facts_of(folder.path("p.jpg"));
  const auto cache = make_still_cache();
  PictureRequest request = test::request_of(facts, {160, 120});
  const Picture large = test::canvas_of(still_for_motion(request, 1.5, *cache, {}));
  CHECK(large->size().width == 240);
  CHECK(large->size().height == 180);
  const Picture sharp = test::canvas_of(still(request, *cache, {}));
  request.blur = 6;
  const Picture soft = test::canvas_of(still(request, *cache, {}));
  CHECK(test::luma_difference(*sharp, *soft) > 5);
  const Rect all{0, 0, 160, 120};
  CHECK(test::mean(sharp->y(), all) == doctest::Approx(test::mean(soft->y(), all)).epsilon(0.03));
}

TEST_CASE("a photo melts as a Gaussian blur of the full picture would, at any width of the blur") {
  const test::TempFolder folder;
  const std::string picture = folder.path("p.png");
  test::ffmpeg({"-f", "lavfi", "-i", "mandelbrot=size=960x720", "-frames:v", "1", picture});
  const timeline::MediaFacts facts = test::facts_of(picture);
  const auto cache = make_still_cache();
  for (const int sigma : {3, 12, 40, 90}) {
    CAPTURE(sigma);
    PictureRequest request = test::request_of(facts, {640, 480});
    request.blur = sigma;
    const Picture soft = test::canvas_of(still(request, *cache, {}));
    const std::string wanted = folder.path("wanted.png");
    test::ffmpeg({"-y", "-i", picture, "-vf",
                  "scale=640:480:flags=area,gblur=sigma=" + std::to_string(sigma) + ":steps=6", wanted});
    const timeline::MediaFacts blurred_facts = test::facts_of(wanted);
    const auto own = make_still_cache();
    const Picture oracle = test::canvas_of(still(test::request_of(blurred_facts, {640, 480}), *own, {}));
    CHECK(test::luma_difference(*soft, *oracle) < 2.5);
  }
}

TEST_CASE("a store remembers a fitted still, opaque or not, when its file is gone") {
  const test::TempFolder folder;
  SilentReporter reporter;
  store::Store store(folder.path("store"), store::kDefaultLimit, reporter);
  for (const char* form : {"rgb24", "rgba"}) {
    CAPTURE(form);
    const std::string picture = folder.path(std::string(form) + ".png");
    test::ffmpeg({"-f", "lavfi", "-i", "testsrc2=s=64x48", "-frames:v", "1", "-pix_fmt", form, picture});
    const timeline::MediaFacts facts = test::facts_of(picture);
    const PictureRequest request = test::request_of(facts, {32, 24});
    const auto made = still(request, *make_still_cache(&store), {});
    REQUIRE(made);
    std::filesystem::remove(picture);
    CHECK_FALSE(still(request, *make_still_cache(), {}));
    const auto known = still(request, *make_still_cache(&store), {});
    REQUIRE(known);
    REQUIRE(known->index() == made->index());
    if (const auto* opaque = std::get_if<Picture>(&*made)) {
      CHECK(test::hash_of(**opaque) == test::hash_of(*std::get<Picture>(*known)));
    } else {
      const auto wanted = test::rgba_of(made);
      const auto got = test::rgba_of(known);
      REQUIRE(got->size() == wanted->size());
      for (int y = 0; y < wanted->size().height; ++y) {
        CHECK(std::equal(wanted->row(y), wanted->row(y) + wanted->stride(), got->row(y)));
      }
    }
  }
}

}  // namespace
}  // namespace capsule::source

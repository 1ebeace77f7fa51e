#include <doctest/doctest.h>

#include <cmath>
#include <string>
#include <vector>

#include "tests/source/source_support.h"

namespace capsule::source {
namespace {

Picture first_canvas(const std::string& path, Size size, timeline::Fit fit = timeline::Fit::kCover) {
  const timeline::MediaFacts facts = test::facts_of(path);
  auto reader = ClipReader::open(test::request_of(facts, size, fit), {});
  REQUIRE(reader);
  return test::canvas_of(reader->at(Time()));
}

void make_clip(const std::string& path, const std::string& filter, const std::vector<std::string>& extra) {
  std::vector<std::string> words{"-f",      "lavfi", "-i", filter,     "-c:v",
                                 "libx264", "-qp",   "0",  "-pix_fmt", "yuv420p"};
  words.insert(words.end(), extra.begin(), extra.end());
  words.push_back(path);
  test::ffmpeg(words);
}

const std::vector<std::string> kTagged{"-color_range",     "tv",    "-colorspace", "bt709",
                                       "-color_primaries", "bt709", "-color_trc",  "bt709"};

TEST_CASE("a clip that already is a canvas reaches it untouched") {
  const test::TempFolder folder;
  make_clip(folder.path("a.mp4"), "testsrc2=size=320x180:rate=25:duration=1", kTagged);
  test::ffmpeg({"-i", folder.path("a.mp4"), "-frames:v", "1", "-f", "rawvideo", folder.path("a.yuv")});
  const std::string raw = test::slurp(folder.path("a.yuv"));
  const Picture picture = first_canvas(folder.path("a.mp4"), {320, 180});
  const ConstPlaneView y = picture->y();
  for (int row = 0; row < 180; ++row) {
    REQUIRE(std::equal(y.row(row), y.row(row) + 320, raw.begin() + row * 320,
                       [](std::uint8_t a, char b) { return a == static_cast<std::uint8_t>(b); }));
  }
  const char* cb = raw.data() + 320 * 180;
  CHECK(picture->cb().row(10)[33] == static_cast<std::uint8_t>(cb[10 * 160 + 33]));
}

TEST_CASE("equal pictures are equal pointers; a clip without a picture at t holds its neighbour") {
  const test::TempFolder folder;
  make_clip(folder.path("a.mp4"), "testsrc2=size=64x48:rate=5:duration=2", {});
  const timeline::MediaFacts facts = test::facts_of(folder.path("a.mp4"));
  auto reader = ClipReader::open(test::request_of(facts, {32, 24}), {});
  REQUIRE(reader);
  const Picture a = test::canvas_of(reader->at(Time::millis(400)));
  const Picture b = test::canvas_of(reader->at(Time::millis(599)));
  const Picture c = test::canvas_of(reader->at(Time::millis(600)));
  CHECK(a == b);
  CHECK(a != c);
  const Picture last = test::canvas_of(reader->at(Time::seconds(50)));
  CHECK(last == test::canvas_of(reader->at(Time::seconds(60))));
  CHECK(test::hash_of(*test::canvas_of(reader->at(Time::millis(450)))) == test::hash_of(*a));
}

/// One flat colour, made in the given matrix and range, must come out as its BT.709 limited value.
void check_color(const std::vector<std::string>& tags, const std::string& convert, Size size) {
  const test::TempFolder folder;
  const std::string source = "color=c=0x3C78D2:rate=25:duration=0.2:size=" + std::to_string(size.width) +
                             "x" + std::to_string(size.height) + ",format=rgb24," + convert;
  std::vector<std::string> words{"-f", "lavfi", "-i", source, "-c:v", "libx264", "-qp", "0"};
  words.insert(words.end(), tags.begin(), tags.end());
  words.push_back(folder.path("c.mp4"));
  test::ffmpeg(words);
  const YCbCr wanted = to_ycbcr({0x3C, 0x78, 0xD2, 255});
  for (const Size out : {size, Size{size.width / 2, size.height / 2}}) {
    const Picture picture = first_canvas(folder.path("c.mp4"), out);
    const Rect middle{8, 8, 4, 4};
    CHECK(std::abs(test::mean(picture->y(), middle) - wanted.y) <= 1.5);
    CHECK(std::abs(test::mean(picture->cb(), middle) - wanted.cb) <= 1.5);
    CHECK(std::abs(test::mean(picture->cr(), middle) - wanted.cr) <= 1.5);
  }
}

TEST_CASE("the stream's own matrix and range, and where it does not say, those of its size") {
  const std::string to709 = "scale=out_color_matrix=bt709:out_range=tv:flags=accurate_rnd,format=yuv420p";
  const std::string to601 = "scale=out_color_matrix=bt601:out_range=tv:flags=accurate_rnd,format=yuv420p";
  check_color({"-colorspace", "bt709", "-color_range", "tv"}, to709, {320, 180});
  check_color({"-colorspace", "smpte170m", "-color_range", "tv"}, to601, {1280, 720});
  check_color({"-colorspace", "bt709", "-color_range", "pc"},
              "scale=out_color_matrix=bt709:out_range=pc:flags=accurate_rnd,format=yuv420p", {320, 180});
  check_color({"-colorspace", "smpte170m", "-color_range", "pc"},
              "scale=out_color_matrix=bt601:out_range=pc:flags=accurate_rnd,format=yuv420p", {320, 180});
  check_color({}, to601, {320, 180});
  check_color({}, to709, {1280, 720});
}

TEST_CASE("contain keeps the shape between black borders, blur-fill has none") {
  const test::TempFolder folder;
  make_clip(folder.path("w.mp4"), "color=c=white:size=320x160:rate=25:duration=0.2", kTagged);
  const Picture contained = first_canvas(folder.path("w.mp4"), {160, 160}, timeline::Fit::kContain);
  CHECK(test::mean(contained->y(), {0, 0, 160, 38}) == doctest::Approx(16).epsilon(0.01));
  CHECK(test::mean(contained->y(), {0, 42, 160, 76}) == doctest::Approx(235).epsilon(0.01));
  CHECK(test::mean(contained->y(), {0, 122, 160, 38}) == doctest::Approx(16).epsilon(0.01));
  const Picture filled = first_canvas(folder.path("w.mp4"), {160, 160}, timeline::Fit::kBlurFill);
  CHECK(test::mean(filled->y(), {0, 0, 160, 38}) == doctest::Approx(16 + 0.65 * 219).epsilon(0.02));
  CHECK(test::mean(filled->y(), {0, 42, 160, 76}) == doctest::Approx(235).epsilon(0.01));
}

TEST_CASE("cover keeps the focus in the picture") {
  const test::TempFolder folder;
  make_clip(folder.path("h.mp4"),
            "color=c=black:size=160x80:rate=25:duration=0.2,drawbox=x=80:w=80:h=80:c=white:t=fill", kTagged);
  const timeline::MediaFacts facts = test::facts_of(folder.path("h.mp4"));
  for (const double x : {0.0, 1.0}) {
    PictureRequest request = test::request_of(facts, {80, 80});
    request.focus = {x, 0.5};
    auto reader = ClipReader::open(request, {});
    REQUIRE(reader);
    const Picture picture = test::canvas_of(reader->at(Time()));
    CHECK(test::mean(picture->y(), {4, 4, 72, 72}) == doctest::Approx(x > 0.5 ? 235 : 16).epsilon(0.01));
  }
}

TEST_CASE("rotated clips stand upright, as the command-line player shows them") {
  const auto corpus = test::corpus();
  if (!corpus) {
    return;
  }
  for (const std::string name : {"rot90_landscape_8797fps.mp4", "rot180_emulator_720p.mp4", "rot270_nasa.mp4",
                                 "phone_h265_metadata_track_rot90.mp4", "sar_2-3.mp4"}) {
    CAPTURE(name);
    const test::TempFolder folder;
    const std::string path = *corpus + "/media/video/" + name;
    const Size shown = test::facts_of(path).shown;
    const Size size{shown.width / 4 * 2, shown.height / 4 * 2};
    const std::string geometry = std::to_string(size.width) + ":" + std::to_string(size.height);
    test::ffmpeg({"-i", path, "-frames:v", "1", "-vf",
                  "scale=" + geometry + ":flags=bicubic:out_color_matrix=bt709:out_range=tv,format=yuv420p",
                  "-f", "rawvideo", folder.path("o")});
    const std::string oracle = test::slurp(folder.path("o"));
    const Picture picture = first_canvas(path, size);
    double sum = 0;
    for (int y = 0; y < size.height; ++y) {
      for (int x = 0; x < size.width; ++x) {
        sum += std::abs(picture->y().row(y)[x] -
                        static_cast<std::uint8_t>(oracle[static_cast<std::size_t>(y * size.width + x)]));
      }
    }
    CHECK(sum / (static_cast<double>(size.width) * size.height) < 4);
  }
}

TEST_CASE("clips with coverage give it, premultiplied") {
  const auto corpus = test::corpus();
  if (!corpus) {
    return;
  }
  for (const std::string name : {"vp8_alpha.webm", "prores_4444_alpha.mov", "qtrle_argb_alpha.mov"}) {
    CAPTURE(name);
    const timeline::MediaFacts facts = test::facts_of(*corpus + "/media/video/" + name);
    auto reader = ClipReader::open(test::request_of(facts, {320, 180}, timeline::Fit::kContain), {});
    REQUIRE(reader);
    const auto pixels = test::rgba_of(reader->at(facts.duration / Time(2, 1)));
    int clear = 0;
    for (int y = 0; y < 180; ++y) {
      for (int x = 0; x < 320; ++x) {
        const std::uint8_t* p = pixels->row(y) + 4 * static_cast<std::ptrdiff_t>(x);
        REQUIRE(std::max({p[0], p[1], p[2]}) <= p[3]);
        clear += p[3] < 128 ? 1 : 0;
      }
    }
    CHECK((clear > 0 || name == "prores_4444_alpha.mov"));
  }
}

TEST_CASE("HLG and PQ become pictures with a natural range of light") {
  const auto corpus = test::corpus();
  if (!corpus) {
    return;
  }
  for (const std::string name :
       {"hlg10_1080p.mp4", "phone_hlg_dovi_editlist_rot90.mp4", "pq_hdr10_av1_portrait.mp4"}) {
    CAPTURE(name);
    const Picture picture = first_canvas(*corpus + "/media/video/" + name, {360, 360});
    const double light = test::mean(picture->y(), {0, 0, 360, 360});
    CHECK(light > 60);
    CHECK(light < 190);
  }
}

/// Times of picture flashes and of beeps, on the source clock.
struct Events {
  std::vector<double> flashes, beeps;
};

Events events_of(const std::string& path) {
  const timeline::MediaFacts facts = test::facts_of(path);
  auto reader = ClipReader::open(test::request_of(facts, {32, 18}), {});
  REQUIRE(reader);
  Events events;
  bool lit = false;
  for (int frame = 0; frame < 250; ++frame) {
    const Picture picture = test::canvas_of(reader->at(Time(frame, 25)));
    const bool now = test::mean(picture->y(), {0, 0, 32, 18}) > 150;
    if (now && !lit) {
      events.flashes.push_back(frame / 25.0);
    }
    lit = now;
  }
  const auto block = sound(facts, Time(), Time(1, 1), kSampleRate * 10, {});
  REQUIRE(block);
  double quiet_since = -1;
  for (std::size_t i = 0; i < block->samples().size(); i += kChannels) {
    const double t = static_cast<double>(i) / (kChannels * kSampleRate);
    if (std::abs(block->samples()[i]) > 0.05F) {
      if (t - quiet_since > 0.2) {
        events.beeps.push_back(t);
      }
      quiet_since = t;
    }
  }
  return events;
}

TEST_CASE("picture and sound keep their offset: 0 and +120 ms") {
  const auto corpus = test::corpus();
  if (!corpus) {
    return;
  }
  for (const auto& [name, offset] :
       {std::pair("avsync_25fps_in_sync.mp4", 0.0), std::pair("avsync_25fps_audio_late_120ms.mp4", 0.120)}) {
    CAPTURE(name);
    const Events events = events_of(*corpus + "/media/generated/" + name);
    REQUIRE(events.flashes.size() == 10);
    REQUIRE(events.beeps.size() >= 9);
    for (std::size_t i = 0; i < events.beeps.size(); ++i) {
      CHECK(std::abs(events.beeps[i] - events.flashes[i] - offset) < 0.005);
    }
  }
}

}  // namespace
}  // namespace capsule::source

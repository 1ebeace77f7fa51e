#include <doctest/doctest.h>

#include <string>
#include <utility>
#include <vector>

#include "media/probe.h"
#include "media/scale.h"
#include "media/video_reader.h"
#include "tests/media/input_support.h"
#include "tests/support/corpus.h"
#include "tests/support/temp.h"

namespace capsule::media {
namespace {

std::string hash_of(Scaler& scaler, const Frame& frame) {
  // A small picture: the decoded samples decide it all the same.
  const RectF all{0, 0, static_cast<double>(frame.shown.width), static_cast<double>(frame.shown.height)};
  const Size size{std::max(2, frame.shown.width / 4 * 2), std::max(2, frame.shown.height / 4 * 2)};
  const auto picture = scaler.picture(frame, all, size);
  REQUIRE(picture);
  return test::hash_of(**picture);
}

using Walk = std::vector<std::pair<Time, std::string>>;

Walk walk(const std::string& path, Scaler& scaler) {
  Walk frames;
  auto reader = VideoReader::open(path, {});
  REQUIRE(reader);
  for (auto frame = reader->next(); frame && *frame; frame = reader->next()) {
    frames.emplace_back((*frame)->time, hash_of(scaler, **frame));
  }
  return frames;
}

/// The picture shown just after the start of each of these equals the one met by walking.
void check_exact(const std::string& path) {
  Scaler scaler;
  const Walk frames = walk(path, scaler);
  REQUIRE_FALSE(frames.empty());
  const std::size_t n = frames.size();
  auto reader = VideoReader::open(path, {});
  REQUIRE(reader);
  for (const std::size_t k : {n / 2, n - 1, std::size_t{0}, n / 3, n * 9 / 10, n / 4}) {
    CAPTURE(k);
    const auto jumped = reader->at(frames[k].first);
    REQUIRE(jumped);
    CHECK(jumped->time == frames[k].first);
    CHECK(hash_of(scaler, *jumped) == frames[k].second);
  }
  auto fresh = VideoReader::open(path, {});
  const auto cold = fresh->at(frames[n * 2 / 3].first + Time(1, 1000000));
  REQUIRE(cold);
  CHECK(cold->time == frames[n * 2 / 3].first);
  CHECK(hash_of(scaler, *cold) == frames[n * 2 / 3].second);
}

TEST_CASE("a picture by seeking equals the picture by decoding forward: every clip of the corpus") {
  const auto corpus = test::corpus();
  if (!corpus) {
    return;
  }
  int clips = 0;
  for (const std::string& path : test::files_in(*corpus + "/media/video")) {
    CAPTURE(path);
    check_exact(path);
    ++clips;
  }
  CHECK(clips > 40);
}

TEST_CASE("seeking is exact in open GOPs, transport streams, MPEG-2, VP9, interlaced and AVI") {
  const test::TempFolder folder;
  const std::vector<std::string> source{"-f", "lavfi", "-i", "testsrc2=size=160x120:rate=25:duration=6"};
  const std::vector<std::pair<std::string, std::vector<std::string>>> clips{
      {"open.mp4", {"-c:v", "libx264", "-bf", "3", "-g", "40", "-x264-params", "open-gop=1:threads=1"}},
      {"closed.ts", {"-c:v", "libx264", "-bf", "2", "-g", "30", "-x264-params", "threads=1"}},
      {"open.ts", {"-c:v", "libx264", "-bf", "3", "-g", "40", "-x264-params", "open-gop=1:threads=1"}},
      {"mpeg2.ts", {"-c:v", "mpeg2video", "-bf", "2", "-g", "15"}},
      {"fields.mp4", {"-c:v", "libx264", "-flags", "+ilme+ildct", "-g", "50", "-x264-params", "threads=1"}},
      {"p9.webm", {"-c:v", "libvpx-vp9", "-deadline", "realtime", "-cpu-used", "8", "-g", "40"}},
      {"p4.avi", {"-c:v", "mpeg4", "-bf", "2", "-g", "40"}},
  };
  for (const auto& [name, codec] : clips) {
    CAPTURE(name);
    std::vector<std::string> words = source;
    words.insert(words.end(), codec.begin(), codec.end());
    words.push_back(folder.path(name));
    test::ffmpeg(words);
    check_exact(folder.path(name));
  }
}

TEST_CASE("variable rate: the picture at t is the last that began") {
  const test::TempFolder folder;
  test::ffmpeg({"-f", "lavfi", "-i", "testsrc2=size=64x48:rate=25:duration=2", "-vf",
                "select='lt(n,10)+not(mod(n,10))'", "-vsync", "vfr", folder.path("vfr.mp4")});
  auto reader = VideoReader::open(folder.path("vfr.mp4"), {});
  REQUIRE(reader);
  CHECK(reader->at(Time::millis(100))->time == Time::millis(80));
  CHECK(reader->at(Time::millis(790))->time == Time::millis(400));
  CHECK(reader->at(Time::millis(800))->time == Time::millis(800));
  CHECK(reader->at(Time::seconds(99))->time == Time::millis(1600));
  CHECK(reader->at(Time::seconds(-5))->time == Time());
  CHECK(reader->damaged() == 0);
}

TEST_CASE("equal times give the same frame without decoding again") {
  const test::TempFolder folder;
  test::ffmpeg({"-f", "lavfi", "-i", "testsrc2=size=64x48:rate=5:duration=2", folder.path("slow.mp4")});
  auto reader = VideoReader::open(folder.path("slow.mp4"), {});
  REQUIRE(reader);
  const auto a = reader->at(Time::millis(410));
  const auto b = reader->at(Time::millis(590));
  REQUIRE(a);
  REQUIRE(b);
  CHECK(a->data == b->data);
}

TEST_CASE("a stop is heard") {
  const test::TempFolder folder;
  test::ffmpeg({"-f", "lavfi", "-i", "testsrc2=size=64x48:rate=25:duration=2", folder.path("c.mp4")});
  std::stop_source stop;
  auto reader = VideoReader::open(folder.path("c.mp4"), stop.get_token());
  REQUIRE(reader);
  stop.request_stop();
  const auto frame = reader->at(Time::seconds(1));
  REQUIRE_FALSE(frame);
  CHECK(frame.error().code == Code{"cancelled"});
}

}  // namespace
}  // namespace capsule::media

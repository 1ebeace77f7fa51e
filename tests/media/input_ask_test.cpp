#include <doctest/doctest.h>

#include <string>
#include <utility>
#include <vector>

#include "media/input.h"
#include "tests/media/input_support.h"
#include "tests/support/corpus.h"
#include "tests/support/film.h"
#include "tests/support/temp.h"

namespace capsule::media {
namespace {

void make(const std::string& path, const std::vector<std::string>& how) {
  std::vector<std::string> words{"-f", "lavfi", "-i", "testsrc2=size=128x96:rate=25", "-t", "2"};
  words.insert(words.end(), how.begin(), how.end());
  words.push_back(path);
  test::ffmpeg(words);
}

struct Opened {
  Input input;
  AVStream* stream = nullptr;

  /// Pixels have a format as soon as one was decoded.
  [[nodiscard]] bool looked_ahead() const { return stream->codecpar->format >= 0; }
};

Opened open(const std::string& path, Ask ask) {
  auto input = Input::open(path, {}, ask);
  REQUIRE(input);
  AVStream* stream = input->best_video();
  REQUIRE(stream != nullptr);
  return {std::move(*input), stream};
}

/// → whether it was opened without looking ahead.
bool check_same(const std::string& path) {
  CAPTURE(path);
  const Opened all = open(path, Ask::kAll);
  const Opened few = open(path, Ask::kPictures);
  CHECK(few.stream->index == all.stream->index);
  CHECK(few.stream->start_time == all.stream->start_time);
  CHECK(few.stream->duration == all.stream->duration);
  CHECK(av_cmp_q(few.stream->avg_frame_rate, all.stream->avg_frame_rate) == 0);
  // The index tells what is needed, a stream sometimes more.
  CHECK(few.stream->codecpar->video_delay <= all.stream->codecpar->video_delay);
  const auto is_fields = [](const Opened& o) {
    return o.stream->codecpar->field_order > AV_FIELD_PROGRESSIVE;
  };
  CHECK(is_fields(few) == is_fields(all));
  return !few.looked_ahead();
}

TEST_CASE("what an MP4 tells of progressive H.264 is taken from it; the rest is looked for") {
  if (!test::has_ffmpeg()) {
    return;
  }
  const test::TempFolder temp;
  const std::vector<std::string> h264{"-c:v", "libx264", "-pix_fmt", "yuv420p"};
  const auto with = [&](std::vector<std::string> more) {
    more.insert(more.begin(), h264.begin(), h264.end());
    return more;
  };
  make(temp.path("plain.mp4"), with({"-bf", "3"}));
  CHECK(check_same(temp.path("plain.mp4")));
  make(temp.path("pyramid.mp4"), with({"-bf", "8", "-x264-params", "b-pyramid=normal:ref=6"}));
  CHECK(check_same(temp.path("pyramid.mp4")));
  make(temp.path("cropped.mp4"), with({"-s", "130x98", "-profile:v", "baseline"}));
  CHECK(check_same(temp.path("cropped.mp4")));
  make(temp.path("fields.mp4"), with({"-flags", "+ilme+ildct", "-x264-params", "interlaced=1"}));
  CHECK_FALSE(check_same(temp.path("fields.mp4")));
  make(temp.path("pieces.mp4"), with({"-movflags", "frag_keyframe+empty_moov", "-g", "10"}));
  CHECK_FALSE(check_same(temp.path("pieces.mp4")));
  make(temp.path("plain.mkv"), with({}));
  CHECK_FALSE(check_same(temp.path("plain.mkv")));
  make(temp.path("mpeg4.mp4"), {"-c:v", "mpeg4"});
  CHECK_FALSE(check_same(temp.path("mpeg4.mp4")));
}

TEST_CASE("corpus: clips are the same whether or not libav looked ahead") {
  const auto corpus = test::corpus();
  if (!corpus) {
    return;
  }
  int told = 0;
  for (const std::string& path : test::files_in(*corpus + "/media/video")) {
    const auto input = Input::open(path, {});
    if (input && input->best_video() != nullptr) {
      told += check_same(path) ? 1 : 0;
    }
  }
  MESSAGE(told << " told by their containers");
  CHECK(told > 0);
}

}  // namespace
}  // namespace capsule::media

#include <doctest/doctest.h>

#include <cstdint>
#include <fstream>
#include <iterator>
#include <string>
#include <utility>
#include <vector>

#include "base/hash.h"
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

/// Time and samples of every picture, as a decoder gives them that was opened on what is known by now.
std::vector<std::pair<std::int64_t, std::string>> decoded(Opened& file) {
  std::vector<std::pair<std::int64_t, std::string>> pictures;
  const auto decoder = open_decoder("clip", file.stream);
  REQUIRE(decoder);
  const av::PacketPtr packet(av_packet_alloc());
  const av::FramePtr frame(av_frame_alloc());
  file.input.keep_only(file.stream);
  for (bool more = true; more;) {
    const auto got = file.input.read(packet.get());
    REQUIRE(got);
    more = *got;
    // Looking ahead has buffered packets of all tracks.
    if (!more || packet->stream_index == file.stream->index) {
      avcodec_send_packet(decoder->get(), more ? packet.get() : nullptr);
    }
    av_packet_unref(packet.get());
    while (avcodec_receive_frame(decoder->get(), frame.get()) >= 0) {
      Hasher hasher;
      for (int y = 0; y < frame->height; ++y) {
        const std::uint8_t* row = frame->data[0] + static_cast<std::ptrdiff_t>(y) * frame->linesize[0];
        hasher.add_bytes({row, static_cast<std::size_t>(frame->width)});
      }
      pictures.emplace_back(frame->best_effort_timestamp, hasher.digest().hex());
    }
  }
  return pictures;
}

/// → whether it was opened without looking ahead.
bool check_same(const std::string& path) {
  CAPTURE(path);
  Opened all = open(path, Ask::kAll);
  Opened few = open(path, Ask::kPictures);
  CHECK(few.stream->index == all.stream->index);
  CHECK(few.stream->start_time == all.stream->start_time);
  CHECK(few.stream->duration == all.stream->duration);
  CHECK(av_cmp_q(few.stream->avg_frame_rate, all.stream->avg_frame_rate) == 0);
  const auto is_fields = [](const Opened& o) {
    return o.stream->codecpar->field_order > AV_FIELD_PROGRESSIVE;
  };
  CHECK(is_fields(few) == is_fields(all));
  const bool told = !few.looked_ahead();
  CHECK(decoded(few) == decoded(all));
  return told;
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

/// As encoders do that code the two fields of a picture as one frame: it is said beside each picture only.
void tell_of_fields(const std::string& path) {
  std::ifstream in(path, std::ios::binary);
  std::string bytes{std::istreambuf_iterator<char>(in), std::istreambuf_iterator<char>()};
  const std::string frame{"\x06\x01\x01\x04\x80", 5};  // SEI, picture timing, pic_struct 0
  std::size_t count = 0;
  for (std::size_t at = bytes.find(frame); at != std::string::npos; at = bytes.find(frame, at)) {
    bytes[at + 3] = '\x32';  // pic_struct 3: top field, then bottom field
    ++count;
  }
  REQUIRE(count == 50);
  std::ofstream(path, std::ios::binary) << bytes;
}

TEST_CASE("fields that pictures alone tell of are looked for") {
  if (!test::has_ffmpeg()) {
    return;
  }
  const test::TempFolder temp;
  make(temp.path("told.mp4"), {"-c:v", "libx264", "-pix_fmt", "yuv420p", "-x264-params", "pic-struct=1"});
  CHECK_FALSE(check_same(temp.path("told.mp4")));
  tell_of_fields(temp.path("told.mp4"));
  CHECK_FALSE(check_same(temp.path("told.mp4")));
  CHECK(open(temp.path("told.mp4"), Ask::kPictures).stream->codecpar->field_order > AV_FIELD_PROGRESSIVE);
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

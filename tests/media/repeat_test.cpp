#include "media/h264_repeat.h"

#include <doctest/doctest.h>

#include <algorithm>
#include <cmath>
#include <fstream>
#include <iterator>
#include <set>
#include <sstream>
#include <string>
#include <vector>

#include "media/encoder.h"
#include "media/repeat_check.h"
#include "media/x264.h"
#include "tests/support/film.h"
#include "tests/support/temp.h"

namespace capsule::media {
namespace {

using test::make_picture;
using test::TempFolder;

struct Case {
  const char* name;
  Size size;
  const char* preset;
  const char* profile;
  int b_frames;
  int max_rate_kbps;
};

constexpr Case kCases[] = {
    {"CABAC, B pictures, weighted prediction", {320, 192}, "medium", "high", 3, 0},
    {"CABAC, Main, picture order by decoding order", {320, 192}, "medium", "main", 0, 800},
    {"CAVLC, no weighted prediction", {320, 192}, "ultrafast", "high", 3, 0},
    {"no macroblock tree", {320, 192}, "superfast", "high", 2, 0},
    {"360p, rows that are cropped away", {640, 360}, "veryfast", "main", 3, 900},
};
constexpr Case kLarge = {"1080p, rows that are cropped away", {1920, 1080}, "veryfast", "high", 2, 8000};

VideoSettings settings_of(const Case& c) {
  VideoSettings s;
  s.size = c.size;
  s.preset = c.preset;
  s.profile = c.profile;
  s.b_frames = c.b_frames;
  s.max_rate_kbps = c.max_rate_kbps;
  s.buffer_kbits = 2 * c.max_rate_kbps;
  s.max_gop = 120;
  return s;
}

/// `moving` different pictures, then one that stays.
std::vector<Picture> pictures_of(Size size, int moving, int standing) {
  std::vector<Picture> all;
  for (int i = 0; i < moving + standing; ++i) {
    all.push_back(i <= moving ? make_picture(size, i) : all.back());
  }
  return all;
}

test::Segment encode(const VideoSettings& settings, const std::vector<Picture>& pictures) {
  auto encoder = SegmentEncoder::open(settings);
  REQUIRE(encoder.has_value());
  for (const Picture& picture : pictures) {
    REQUIRE(encoder->push(picture).has_value());
  }
  auto packets = encoder->finish();
  REQUIRE(packets.has_value());
  return {encoder->header(), std::move(*packets)};
}

/// Every picture coded by x264 itself; `first` as in Effort.
test::Segment encode_all(const VideoSettings& settings, const std::vector<Picture>& pictures,
                         double first = 1) {
  auto x264 = X264::open(settings, {first});
  REQUIRE(x264.has_value());
  for (const Picture& picture : pictures) {
    REQUIRE(x264->send(picture).has_value());
  }
  REQUIRE(x264->flush().has_value());
  return {x264->header(), x264->take()};
}

std::int64_t bytes_of(const test::Segment& segment) {
  std::int64_t bytes = 0;
  for (const Packet& packet : segment.packets) {
    bytes += static_cast<std::int64_t>(packet.data.size());
  }
  return bytes;
}

/// The pictures that ffmpeg decodes from segments joined into one file, planes one after another; any
/// complaint is a failure.
std::vector<std::string> decoded(const VideoSettings& settings,
                                 const std::vector<const test::Segment*>& segments) {
  const TempFolder folder;
  MuxJob job;
  job.size = settings.size;
  job.rate = settings.rate;
  job.video_header = segments.front()->header;
  std::int64_t begin = 0;
  for (const test::Segment* segment : segments) {
    CHECK(segment->header.extradata == job.video_header.extradata);
    job.segments.push_back(&segment->packets);
    job.segment_begins.push_back(begin);
    begin += static_cast<std::int64_t>(segment->packets.size());
  }
  REQUIRE(write_mp4(folder.path("film.mp4"), job).has_value());
  const std::string said =
      test::run("ffmpeg -v warning -err_detect explode -xerror -y -i " + folder.path("film.mp4") +
                " -fps_mode passthrough -f rawvideo " + folder.path("film.yuv") + " 2>&1");
  CHECK(said.empty());
  std::ifstream file(folder.path("film.yuv"), std::ios::binary);
  const auto size =
      static_cast<std::size_t>(settings.size.width) * static_cast<std::size_t>(settings.size.height);
  std::vector<std::string> pictures;
  std::string picture(size * 3 / 2, '\0');
  while (file.read(picture.data(), static_cast<std::streamsize>(picture.size()))) {
    pictures.push_back(picture);
  }
  return pictures;
}

/// Of luma, in dB.
double psnr(const Picture& wanted, const std::string& got) {
  double squares = 0;
  const ConstPlaneView y = wanted->y();
  for (int row = 0; row < y.height; ++row) {
    for (int x = 0; x < y.width; ++x) {
      const double off =
          y.row(row)[x] - static_cast<unsigned char>(got[static_cast<std::size_t>(row * y.width + x)]);
      squares += off * off;
    }
  }
  return 10 * std::log10(255.0 * 255.0 * y.width * y.height / std::max(squares, 1.0));
}

double mean_psnr(const Picture& wanted, const std::vector<std::string>& got) {
  double sum = 0;
  for (const std::string& picture : got) {
    sum += psnr(wanted, picture);
  }
  return sum / static_cast<double>(got.size());
}

/// A card: strokes like a title's on a photograph with its grain.
Picture make_card(Size size) {
  Canvas canvas = Canvas::make(size);
  canvas.fill({60, 120, 140});
  const PlaneView luma = canvas.y();
  unsigned random = 1;
  for (int y = 0; y < size.height; ++y) {
    for (int x = 0; x < size.width; ++x) {
      random = random * 1664525U + 1013904223U;
      const bool title =
          y > size.height / 3 && y < size.height / 2 && x > size.width / 4 && x < size.width * 3 / 4;
      const bool stroke = title && (x + y / 3) % 23 < 5;
      const double photo =
          110 + 40 * std::sin(x / 17.0) * std::cos(y / 11.0) + static_cast<double>(random >> 29U);
      luma.row(y)[x] = static_cast<std::uint8_t>(stroke ? 230 : photo);
    }
  }
  return std::make_shared<const Canvas>(std::move(canvas));
}

void check_still(const Case& c, int count) {
  CAPTURE(c.name);
  const VideoSettings settings = settings_of(c);
  const test::Segment still = encode(settings, pictures_of(settings.size, 0, count));
  REQUIRE(still.packets.size() == static_cast<std::size_t>(count));
  CHECK(still.packets[0].key);
  for (std::size_t i = 1; i < still.packets.size(); ++i) {
    const Packet& packet = still.packets[i];
    CHECK((!packet.key && packet.pts == static_cast<std::int64_t>(i) && packet.data.size() < 100));
  }
  const test::Segment moving = encode(settings, pictures_of(settings.size, 5, 1));
  const auto shown = decoded(settings, {&moving, &still, &moving});
  REQUIRE(shown.size() == 12 + static_cast<std::size_t>(count));
  CHECK(std::set<std::string>(shown.begin() + 6, shown.begin() + 6 + count).size() == 1);
  CHECK(std::equal(shown.begin(), shown.begin() + 6, shown.begin() + 6 + count));
}

TEST_CASE("a picture that stands is one IDR and repeats that decode to the same samples") {
  if (!test::has_ffmpeg()) {
    return;
  }
  for (const Case& c : kCases) {
    check_still(c, 2);
    check_still(c, 40);
  }
  check_still(kLarge, 4);
}

TEST_CASE("motion that comes to rest goes on as repeats of the picture shown last") {
  if (!test::has_ffmpeg()) {
    return;
  }
  for (const Case& c : kCases) {
    CAPTURE(c.name);
    const VideoSettings settings = settings_of(c);
    const auto pictures = pictures_of(settings.size, 9, 81);
    const test::Segment segment = encode(settings, pictures);
    const test::Segment all = encode_all(settings, pictures, effort_of(settings.preset).first);
    REQUIRE(segment.packets.size() == 90);
    CHECK(segment.packets.back().data.size() < 100);
    const auto shown = decoded(settings, {&segment, &segment});
    const auto plain = decoded(settings, {&all});
    REQUIRE(shown.size() == 180);
    CHECK(std::set<std::string>(shown.begin() + 50, shown.begin() + 90).size() == 1);
    CHECK(std::equal(shown.begin(), shown.begin() + 90, shown.begin() + 90));
    // What moves is what x264 makes of it in any case.
    CHECK(std::equal(shown.begin(), shown.begin() + 9, plain.begin()));
    CHECK(psnr(pictures.back(), shown[60]) > psnr(pictures.back(), plain[60]) - 0.3);
    CHECK(static_cast<double>(bytes_of(segment)) < 1.005 * static_cast<double>(bytes_of(all)));
  }
}

TEST_CASE("repeats that show another picture, or damage, are seen before they leave the encoder") {
  for (const Case& c : kCases) {
    CAPTURE(c.name);
    const test::Segment segment = encode(settings_of(c), pictures_of(c.size, 20, 40));
    CHECK(shows_again(segment.header, segment.packets, 10));
    // Among what is said to repeat stands a picture that moved.
    CHECK_FALSE(shows_again(segment.header, segment.packets, 55));
    std::vector<Packet> hurt = segment.packets;
    hurt.back().data.back() ^= 0xFF;
    hurt.back().data.resize(hurt.back().data.size() - 1);
    CHECK_FALSE(shows_again(segment.header, hurt, 5));
  }
}

TEST_CASE("a standing picture looks about as good as when x264 codes all of them, in about as many bytes") {
  if (!test::has_ffmpeg()) {
    return;
  }
  for (const Case& c : kCases) {
    for (const int count : {12, 60}) {
      CAPTURE(c.name);
      CAPTURE(count);
      const VideoSettings settings = settings_of(c);
      const std::vector<Picture> pictures(static_cast<std::size_t>(count), make_card(settings.size));
      const test::Segment still = encode(settings, pictures);
      const test::Segment all = encode_all(settings, pictures);
      const double ours = mean_psnr(pictures[0], decoded(settings, {&still}));
      const double theirs = mean_psnr(pictures[0], decoded(settings, {&all}));
      const auto share = static_cast<double>(bytes_of(still)) / static_cast<double>(bytes_of(all));
      // Alone at the same crf it would be 3 to 8 dB worse. Grain is the dearest content there is to refine; a
      // decibel is worth an eighth of the bytes.
      CHECK(ours >= theirs - 0.6);
      CHECK(share < 1.35 * std::pow(1.125, std::max(0.0, ours - theirs)));
      CHECK(share < 1.6);
    }
  }
}

TEST_CASE("pictures are compared by what they show, not by who drew them") {
  VideoSettings settings = test::small_settings();
  std::vector<Picture> shared = pictures_of(settings.size, 3, 40);
  std::vector<Picture> copies;
  for (const Picture& picture : shared) {
    copies.push_back(std::make_shared<const Canvas>(picture->clone()));
  }
  const test::Segment one = encode(settings, shared);
  const test::Segment other = encode(settings, copies);
  REQUIRE(one.packets.size() == other.packets.size());
  for (std::size_t i = 0; i < one.packets.size(); ++i) {
    CHECK(one.packets[i].data == other.packets[i].data);
  }
}

TEST_CASE("a picture too large for the rate's buffer is left to x264's own pace") {
  VideoSettings settings = test::small_settings();
  settings.max_rate_kbps = 20;
  settings.buffer_kbits = 20;
  const auto pictures = pictures_of(settings.size, 0, 30);
  const test::Segment still = encode(settings, pictures);
  const test::Segment all = encode_all(settings, pictures, effort_of(settings.preset).first);
  CHECK(bytes_of(still) == bytes_of(all));
}

TEST_CASE("a stream that is not as x264 writes it is not repeated") {
  const test::Segment segment = test::make_segment(test::small_settings(), 0, 12);
  const auto repeater = Repeater::make(segment.header);
  REQUIRE(repeater.has_value());
  std::vector<Packet> gop = segment.packets;
  CHECK(repeater->append(gop, 3));
  CHECK(gop.size() == 15);
  std::vector<Packet> gap = segment.packets;
  gap.pop_back();
  gap.pop_back();
  gap.back().pts = 20;
  CHECK_FALSE(repeater->append(gap, 3));
  std::vector<Packet> torn = segment.packets;
  for (Packet& packet : torn) {
    packet.data.resize(5);
  }
  CHECK_FALSE(repeater->append(torn, 3));
  std::vector<Packet> none;
  CHECK_FALSE(repeater->append(none, 3));
  StreamHeader header = segment.header;
  for (std::size_t length = 0; length < header.extradata.size() - 4; ++length) {
    StreamHeader cut;
    cut.extradata.assign(header.extradata.begin(),
                         header.extradata.begin() + static_cast<std::ptrdiff_t>(length));
    CHECK_FALSE(Repeater::make(cut).has_value());
  }
}

}  // namespace
}  // namespace capsule::media

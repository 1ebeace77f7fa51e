#include "media/encoder.h"

#include <doctest/doctest.h>

#include <algorithm>
#include <memory>

#include "tests/support/film.h"

namespace capsule::media {
namespace {

using test::make_picture;
using test::make_segment;
using test::Segment;
using test::small_settings;

/// NAL types of a length-prefixed access unit.
std::vector<int> unit_types(const Packet& packet) {
  std::vector<int> types;
  std::size_t at = 0;
  while (at + 4 < packet.data.size()) {
    const std::size_t size = static_cast<std::size_t>(packet.data[at]) << 24U | packet.data[at + 1] << 16U |
                             packet.data[at + 2] << 8U | packet.data[at + 3];
    types.push_back(packet.data[at + 4] & 0x1F);
    at += 4 + size;
  }
  CHECK(at == packet.data.size());
  return types;
}

TEST_CASE("the header of every segment is the same, whatever its length, content and quality") {
  VideoSettings settings = small_settings();
  settings.max_gop = 120;
  const Segment first = make_segment(settings, 0, 12);
  CHECK(first.header.extradata.at(0) == 1);
  CHECK(first.header.extradata.at(1) == 100);
  for (const int length : {1, 2, 13, 24, 25, 47, 120}) {
    const Segment other = make_segment(settings, 5, length, static_cast<unsigned>(length));
    CHECK(other.header.extradata == first.header.extradata);
  }
  for (const double crf : {16.0, 21.5, 30.0}) {
    settings.crf = crf;
    CHECK(make_segment(settings, 0, 12).header.extradata == first.header.extradata);
  }
}

TEST_CASE("a segment is one IDR followed by others, without the encoder's note") {
  VideoSettings settings = small_settings();
  auto encoder = SegmentEncoder::open(settings);
  REQUIRE(encoder.has_value());
  for (int i = 0; i < settings.max_gop; ++i) {
    // a hard cut in the middle must not begin a GOP of its own
    REQUIRE(encoder->push(make_picture(settings.size, i < 30 ? i : 140 - i, i < 30 ? 1 : 9)).has_value());
  }
  const auto packets = encoder->finish();
  REQUIRE(packets.has_value());
  REQUIRE(packets->size() == 48);
  std::vector<std::int64_t> shown;
  for (std::size_t i = 0; i < packets->size(); ++i) {
    const Packet& packet = (*packets)[i];
    CHECK(packet.key == (i == 0));
    CHECK(unit_types(packet) == std::vector<int>{i == 0 ? 5 : 1});
    shown.push_back(packet.pts);
  }
  CHECK(shown.front() == 0);
  CHECK_FALSE(std::is_sorted(shown.begin(), shown.end()));
  std::sort(shown.begin(), shown.end());
  for (std::size_t i = 0; i < shown.size(); ++i) {
    CHECK(shown[i] == static_cast<std::int64_t>(i));
  }
}

TEST_CASE("without B pictures coding order is display order") {
  VideoSettings settings = small_settings();
  settings.profile = "main";
  settings.b_frames = 0;
  const Segment segment = make_segment(settings, 0, 30);
  CHECK(segment.header.extradata.at(1) == 77);
  for (std::size_t i = 0; i < segment.packets.size(); ++i) {
    CHECK(segment.packets[i].pts == static_cast<std::int64_t>(i));
  }
}

TEST_CASE("same pictures, same bytes; other pictures, other bytes") {
  const auto bytes = [](unsigned seed) {
    std::vector<std::uint8_t> all;
    for (const Packet& packet : make_segment(small_settings(), 0, 40, seed).packets) {
      all.insert(all.end(), packet.data.begin(), packet.data.end());
    }
    return all;
  };
  const auto first = bytes(1);
  CHECK(bytes(1) == first);
  CHECK(bytes(2) != first);
}

TEST_CASE("planes lent by a decoder, with wide strides, give the bytes of a canvas") {
  const VideoSettings settings = small_settings();
  const Size size = settings.size;
  const auto lend = [&](const Picture& picture) -> Picture {
    const auto store = std::make_shared<std::vector<std::uint8_t>>(3U * 512U * 96U, std::uint8_t{77});
    const auto copy = [&](const ConstPlaneView& plane, int slot) {
      std::uint8_t* to = store->data() + static_cast<std::ptrdiff_t>(slot) * 512 * 96;
      for (int y = 0; y < plane.height; ++y) {
        std::copy_n(plane.row(y), plane.width, to + y * 512);
      }
      return ConstPlaneView(to, 512, plane.width, plane.height);
    };
    return std::make_shared<const Canvas>(
        Canvas::lend(size, copy(picture->y(), 0), copy(picture->cb(), 1), copy(picture->cr(), 2), store));
  };
  auto encoder = SegmentEncoder::open(settings);
  REQUIRE(encoder.has_value());
  std::vector<std::weak_ptr<const Canvas>> lent;
  for (int i = 0; i < 12; ++i) {
    const Picture picture = lend(make_picture(size, i));
    lent.emplace_back(picture);
    REQUIRE(encoder->push(picture).has_value());
  }
  // x264 has its own copy: the encoder must not hold our pictures back, the last apart, which may stay on
  CHECK(std::all_of(lent.begin(), lent.end() - 1, [](const auto& p) { return p.expired(); }));
  const auto packets = encoder->finish();
  REQUIRE(packets.has_value());
  const Segment plain = make_segment(settings, 0, 12);
  REQUIRE(packets->size() == plain.packets.size());
  for (std::size_t i = 0; i < plain.packets.size(); ++i) {
    CHECK((*packets)[i].data == plain.packets[i].data);
  }
}

TEST_CASE("settings that x264 does not know, and misuse, are refused") {
  VideoSettings settings = small_settings();
  settings.preset = "quickly";
  CHECK(SegmentEncoder::open(settings).error().code == Code{"encoder-refused"});
  settings = small_settings();
  settings.profile = "baselike";
  CHECK(SegmentEncoder::open(settings).error().code == Code{"encoder-refused"});
  settings = small_settings();
  settings.size = {161, 96};
  CHECK(SegmentEncoder::open(settings).error().code == Code{"encoder-refused"});

  settings = small_settings();
  settings.max_gop = 12;
  auto encoder = SegmentEncoder::open(settings);
  REQUIRE(encoder.has_value());
  CHECK_FALSE(encoder->push(make_picture({96, 96}, 0)).has_value());
  for (int i = 0; i < 12; ++i) {
    REQUIRE(encoder->push(make_picture(settings.size, i)).has_value());
  }
  CHECK_FALSE(encoder->push(make_picture(settings.size, 12)).has_value());
  CHECK(encoder->finish().has_value());
  CHECK_FALSE(encoder->finish().has_value());
}

TEST_CASE("describe names everything that the bytes depend on") {
  const VideoSettings settings = small_settings();
  const std::string line = describe(settings);
  CHECK(line == describe(settings));
  CHECK(line.find("core ") != std::string::npos);
  CHECK(line.find("libavcodec=") != std::string::npos);
  CHECK(line.find('\n') == std::string::npos);
  const auto differs = [&](auto change) {
    VideoSettings other = settings;
    change(other);
    return describe(other) != line;
  };
  CHECK(differs([](VideoSettings& s) { s.size.width += 2; }));
  CHECK(differs([](VideoSettings& s) { s.rate.num = 25; }));
  CHECK(differs([](VideoSettings& s) { s.profile = "main"; }));
  CHECK(differs([](VideoSettings& s) { s.preset = "slow"; }));
  CHECK(differs([](VideoSettings& s) { s.crf += 0.25; }));
  CHECK(differs([](VideoSettings& s) { s.b_frames = 0; }));
  CHECK(differs([](VideoSettings& s) { s.max_gop = 60; }));
  CHECK(differs([](VideoSettings& s) { s.max_rate_kbps = 900; }));
  CHECK(differs([](VideoSettings& s) { s.buffer_kbits = 900; }));
  CHECK(differs([](VideoSettings& s) { s.level = "4.0"; }));
}

}  // namespace
}  // namespace capsule::media

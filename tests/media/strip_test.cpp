#include <doctest/doctest.h>

#include <cmath>
#include <optional>
#include <string>
#include <vector>

#include "media/bits.h"
#include "media/gop_decode.h"
#include "media/h264_slices.h"
#include "media/h264_units.h"
#include "media/join_watch.h"
#include "media/strip.h"
#include "media/x264.h"
#include "tests/media/input_support.h"
#include "tests/support/film.h"

namespace capsule::media {
namespace {

constexpr Size kSize{320, 240};
constexpr int kPictures = 40;
constexpr Split kSplit{80, true};

VideoSettings settings_of(const std::string& preset = "veryfast") {
  VideoSettings settings;
  settings.size = kSize;
  settings.rate = {25, 1};
  settings.preset = preset;
  settings.crf = 21;
  return settings;
}

/// Grainy ground that drifts across the seam, up or down by `tilt` rows a picture, and a square at the top
/// that is the film's own.
Picture drifting(int number, double tilt, std::uint8_t own) {
  Canvas canvas = Canvas::make(kSize);
  canvas.fill({});
  for (int y = 0; y < kSize.height; ++y) {
    for (int x = 0; x < kSize.width; ++x) {
      const double at = y + tilt * number;
      const double wave =
          std::sin(at / 9) * 40 + std::sin((x + 0.4 * at) / 5) * 30 + std::sin(x * at / 977) * 15;
      canvas.y().row(y)[x] = static_cast<std::uint8_t>(128 + wave);
    }
  }
  for (int y = 16; y < 56; ++y) {
    for (int x = 20; x < 60; ++x) {
      canvas.y().row(y)[x] = own;
    }
  }
  return std::make_shared<const Canvas>(std::move(canvas));
}

std::vector<Picture> film_of(double tilt, std::uint8_t own) {
  std::vector<Picture> pictures;
  for (int n = 0; n < kPictures; ++n) {
    pictures.push_back(drifting(n, tilt, own));
  }
  return pictures;
}

StreamHeader header_for(const std::string& preset = "veryfast") {
  auto header = header_of(settings_of(preset));
  REQUIRE(header);
  return std::move(*header);
}

CodedStrip code(const std::vector<Picture>& pictures, Part part, const CodedStrip* types_of,
                Split split = kSplit, const std::string& preset = "veryfast") {
  auto encoder =
      StripEncoder::open(settings_of(preset), header_for(preset), split, part,
                         types_of != nullptr ? picture_types(*types_of) : std::vector<PictureType>{});
  REQUIRE(encoder);
  const StripCutter cutter(kSize, split, part);
  for (const Picture& picture : pictures) {
    REQUIRE(encoder->push(cutter.cut(*picture)));
  }
  auto strip = encoder->finish();
  REQUIRE(strip);
  return std::move(*strip);
}

std::vector<Packet> code_whole(const std::vector<Picture>& pictures) {
  auto x264 = X264::open(settings_of(), {effort_of("veryfast").first});
  REQUIRE(x264);
  for (const Picture& picture : pictures) {
    REQUIRE(x264->send(picture));
  }
  REQUIRE(x264->flush());
  return x264->take();
}

/// Luma, picture after picture.
std::vector<std::vector<std::uint8_t>> decoded(const std::vector<Packet>& gop,
                                               const std::string& preset = "veryfast") {
  std::vector<std::vector<std::uint8_t>> pictures;
  REQUIRE(decode_gop(header_for(preset), gop, [&](const AVFrame& frame) {
    std::vector<std::uint8_t>& luma = pictures.emplace_back();
    for (int y = 0; y < frame.height; ++y) {
      const std::uint8_t* row = frame.data[0] + static_cast<std::ptrdiff_t>(y) * frame.linesize[0];
      luma.insert(luma.end(), row, row + frame.width);
    }
    return true;
  }));
  return pictures;
}

/// Of rows [from, until), in the mean over the pictures.
double psnr(const std::vector<std::vector<std::uint8_t>>& shown, const std::vector<Picture>& drawn, int from,
            int until) {
  double sum = 0;
  for (std::size_t n = 0; n < shown.size(); ++n) {
    double squares = 0;
    for (int y = from; y < until; ++y) {
      for (int x = 0; x < kSize.width; ++x) {
        const double off = shown[n][static_cast<std::size_t>(y * kSize.width + x)] - drawn[n]->y().row(y)[x];
        squares += off * off;
      }
    }
    sum += 10 * std::log10(255.0 * 255.0 * kSize.width * (until - from) / std::max(squares, 1.0));
  }
  return sum / static_cast<double>(shown.size());
}

double bytes_of(const std::vector<Packet>& packets) {
  double bytes = 0;
  for (const Packet& packet : packets) {
    bytes += static_cast<double>(packet.data.size());
  }
  return bytes;
}

TEST_CASE("joined strips show what one encoder of the whole picture shows, whichever way the picture moves") {
  for (const double tilt : {0.0, 1.3, -1.3, 6.0, -6.0}) {
    CAPTURE(tilt);
    const auto pictures = film_of(tilt, 235);
    const CodedStrip shared = code(pictures, Part::kShared, nullptr);
    const CodedStrip own = code(pictures, Part::kOwn, &shared);
    const auto gop = join_strips(header_for(), kSplit, shared, own);
    REQUIRE(gop.size() == pictures.size());
    const auto whole = code_whole(pictures);
    const auto shown = decoded(gop);
    const auto plain = decoded(whole);
    // What moves faster than the guard is high finds nothing to refer to across the seam.
    const double most = std::abs(tilt) > 2 ? 2 : 0.5;
    CHECK(psnr(shown, pictures, 0, kSize.height) > psnr(plain, pictures, 0, kSize.height) - most);
    CHECK(psnr(shown, pictures, 56, 104) > psnr(plain, pictures, 56, 104) - 2.5);
    CHECK(bytes_of(gop) < bytes_of(whole) * 1.15);
    JoinWatch watch(kSize, kSplit.seam, 21);
    for (const Picture& picture : pictures) {
      watch.add(*picture);
    }
    CHECK(watch.holds(header_for(), gop));
  }
}

TEST_CASE("two films share a strip: far from the seam they show the same there, and each its own above") {
  const auto first = film_of(1.3, 235);
  const auto second = film_of(1.3, 30);
  const CodedStrip shared = code(first, Part::kShared, nullptr);
  const auto one = decoded(join_strips(header_for(), kSplit, shared, code(first, Part::kOwn, &shared)));
  const auto two = decoded(join_strips(header_for(), kSplit, shared, code(second, Part::kOwn, &shared)));
  REQUIRE(one.size() == two.size());
  CHECK(psnr(one, first, 16, 56) > 38);
  CHECK(psnr(two, second, 16, 56) > 38);
  // The first picture refers to no other: beyond deblocking its shared part is the same sample for sample.
  const auto from = static_cast<std::ptrdiff_t>((kSplit.seam + 4) * kSize.width);
  CHECK(std::equal(one[0].begin() + from, one[0].end(), two[0].begin() + from));
}

TEST_CASE("the own strip may lie below, and every preset that shares bits out by blocks joins") {
  const Split below{160, false};
  const auto pictures = film_of(2, 200);
  for (const char* preset : {"veryfast", "fast", "medium", "slower"}) {
    CAPTURE(preset);
    const CodedStrip shared = code(pictures, Part::kShared, nullptr, below, preset);
    const CodedStrip own = code(pictures, Part::kOwn, &shared, below, preset);
    const auto gop = join_strips(header_for(preset), below, shared, own);
    REQUIRE(gop.size() == pictures.size());
    CHECK(psnr(decoded(gop, preset), pictures, 0, kSize.height) > 40);
  }
}

TEST_CASE("strips of other pictures, settings or kinds are not joined") {
  const auto pictures = film_of(0, 200);
  const CodedStrip shared = code(pictures, Part::kShared, nullptr);
  const CodedStrip own = code(pictures, Part::kOwn, &shared);
  CodedStrip shorter = own;
  shorter.packets.pop_back();
  CHECK(join_strips(header_for(), kSplit, shared, shorter).empty());
  CHECK(join_strips(header_for("slower"), kSplit, shared, own).empty());
  CodedStrip turned = own;
  std::swap(turned.packets[3], turned.packets[4]);
  CHECK(join_strips(header_for(), kSplit, shared, turned).empty());
  CodedStrip broken = own;
  broken.packets[2].data.clear();
  CHECK(join_strips(header_for(), kSplit, shared, broken).empty());
  CHECK(join_strips({}, kSplit, shared, own).empty());
}

TEST_CASE("what shows through the seam is noticed") {
  const auto pictures = film_of(1.3, 235);
  const CodedStrip shared = code(pictures, Part::kShared, nullptr);
  // A film whose letters hang down to the seam, on which the shared strip's motion counts.
  std::vector<Picture> hanging;
  for (const Picture& picture : pictures) {
    Canvas canvas = picture->clone();
    for (int y = 56; y < kSplit.seam; ++y) {
      for (int x = 0; x < kSize.width; ++x) {
        canvas.y().row(y)[x] = static_cast<std::uint8_t>((x / 6) % 2 == 0 ? 16 : 235);
      }
    }
    hanging.push_back(std::make_shared<const Canvas>(std::move(canvas)));
  }
  const auto gop = join_strips(header_for(), kSplit, shared, code(hanging, Part::kOwn, &shared));
  REQUIRE(gop.size() == hanging.size());
  JoinWatch watch(kSize, kSplit.seam, 21);
  for (const Picture& picture : hanging) {
    watch.add(*picture);
  }
  CHECK_FALSE(watch.holds(header_for(), gop));
}

/// The most by which the means of 16 × 16 samples of luma differ.
double worst_block(const std::vector<std::vector<std::uint8_t>>& shown, const std::vector<Picture>& drawn) {
  constexpr int kSide = 16;
  double worst = 0;
  for (std::size_t n = 0; n < shown.size(); ++n) {
    for (int y = 0; y + kSide <= kSize.height; y += kSide) {
      for (int x = 0; x + kSide <= kSize.width; x += kSide) {
        double sum = 0;
        for (int i = 0; i < kSide * kSide; ++i) {
          const int row = y + i / kSide;
          const int column = x + i % kSide;
          sum +=
              shown[n][static_cast<std::size_t>(row * kSize.width + column)] - drawn[n]->y().row(row)[column];
        }
        worst = std::max(worst, std::abs(sum) / (kSide * kSide));
      }
    }
  }
  return worst;
}

/// Hard edges and letters that roll upwards and turn dark and bright: hard for motion to follow.
std::vector<Picture> rolling() {
  const test::TempFolder folder;
  test::ffmpeg({"-f", "lavfi", "-i",
                "testsrc2=size=320x240:rate=25:duration=1.6,scroll=vertical=0.02,eq=brightness=0.3*sin(n/"
                "5):eval=frame",
                "-pix_fmt", "yuv420p", "-f", "rawvideo", folder.path("rolling.yuv")});
  const std::string raw = test::slurp(folder.path("rolling.yuv"));
  const std::size_t size = std::size_t{320} * 240 * 3 / 2;
  std::vector<Picture> pictures;
  for (std::size_t at = 0; at + size <= raw.size(); at += size) {
    Canvas canvas = Canvas::make(kSize);
    const PlaneView planes[] = {canvas.y(), canvas.cb(), canvas.cr()};
    auto from = raw.begin() + static_cast<std::ptrdiff_t>(at);
    for (const PlaneView& plane : planes) {
      for (int y = 0; y < plane.height; ++y, from += plane.width) {
        std::copy(from, from + plane.width, plane.row(y));
      }
    }
    pictures.push_back(std::make_shared<const Canvas>(std::move(canvas)));
  }
  return pictures;
}

TEST_CASE("what the watch lets pass shows no block that is wrong, wherever it lies") {
  const auto pictures = rolling();
  REQUIRE(pictures.size() == 40);
  int refused = 0;
  for (const Split split : {Split{80, true}, Split{128, true}, Split{160, false}}) {
    for (const char* preset : {"veryfast", "fast", "medium"}) {
      CAPTURE(preset);
      CAPTURE(split.seam);
      const CodedStrip shared = code(pictures, Part::kShared, nullptr, split, preset);
      const CodedStrip own = code(pictures, Part::kOwn, &shared, split, preset);
      const auto gop = join_strips(header_for(preset), split, shared, own);
      REQUIRE(gop.size() == pictures.size());
      JoinWatch watch(kSize, split.seam, 21);
      for (const Picture& picture : pictures) {
        watch.add(*picture);
      }
      if (watch.holds(header_for(preset), gop)) {
        CHECK(worst_block(decoded(gop, preset), pictures) < 12);
      } else {
        ++refused;
      }
    }
  }
  MESSAGE(refused << " of 9 refused");
}

TEST_CASE("strips refer to no more pictures than the level allows the whole") {
  VideoSettings settings = settings_of("slow");
  settings.size = {1080, 1920};
  settings.level = "4.0";
  const auto header = header_of(settings);
  REQUIRE(header);
  const Split split{320, true};
  CodedStrip strips[2];
  for (const Part part : {Part::kShared, Part::kOwn}) {
    const bool own = part == Part::kOwn;
    auto encoder = StripEncoder::open(settings, *header, split, part,
                                      own ? picture_types(strips[0]) : std::vector<PictureType>{});
    REQUIRE(encoder);
    const StripCutter cutter(settings.size, split, part);
    for (int n = 0; n < 6; ++n) {
      Canvas canvas = Canvas::make(settings.size);
      canvas.fill({static_cast<std::uint8_t>(60 + 9 * n), 128, 128});
      REQUIRE(encoder->push(cutter.cut(canvas)));
    }
    auto strip = encoder->finish();
    REQUIRE(strip);
    strips[own ? 1 : 0] = std::move(*strip);
  }
  const auto gop = join_strips(*header, split, strips[0], strips[1]);
  CHECK(gop.size() == 6);
  CHECK(decode_gop(*header, gop, [](const AVFrame&) { return true; }));
}

TEST_CASE("a strip's hash changes with any sample that it shows, and with no other") {
  const StripCutter cutter(kSize, kSplit, Part::kShared);
  const auto hash = [&](const Canvas& canvas) {
    Hasher hasher;
    cutter.hash(hasher, canvas);
    return hasher.digest();
  };
  const Picture picture = drifting(0, 0, 200);
  const Digest before = hash(*picture);
  for (const int y :
       {0, kSplit.seam - kSeamRows - 1, kSplit.seam - kSeamRows, kSplit.seam, kSize.height - 1}) {
    CAPTURE(y);
    Canvas other = picture->clone();
    other.y().row(y)[7] ^= 1;
    CHECK((hash(other) == before) == (y < kSplit.seam - kSeamRows));
    Canvas tinted = picture->clone();
    tinted.cr().row(y / 2)[7] ^= 1;
    CHECK((hash(tinted) == before) == (y < kSplit.seam - kSeamRows));
  }
}

TEST_CASE("a moved slice is the same slice elsewhere, and damaged ones are refused or harmless") {
  const auto pictures = film_of(1.3, 235);
  const CodedStrip strip = code(pictures, Part::kOwn, nullptr);
  const auto sets = read_parameter_sets(strip.header);
  REQUIRE(sets);
  unsigned state = 7;
  for (const Packet& packet : strip.packets) {
    const auto unit = prefixed_units(packet.data).front();
    const auto place = read_slice_place(unit, *sets);
    const auto away = moved_slice(unit, *sets, 4321);
    REQUIRE(place);
    REQUIRE(away);
    const auto there = read_slice_place(*away, *sets);
    REQUIRE(there);
    CHECK(there->first_macroblock == 4321);
    CHECK(there->order == place->order);
    const auto back = moved_slice(*away, *sets, 0);
    REQUIRE(back);
    CHECK(std::equal(back->begin(), back->end(), unit.begin(), unit.end()));
    for (int i = 0; i < 200; ++i) {
      std::vector<std::uint8_t> damaged(unit.begin(), unit.end());
      state = state * 1664525U + 1013904223U;
      damaged[(state >> 8U) % std::min<std::size_t>(damaged.size(), 24)] ^=
          static_cast<std::uint8_t>(1U << (state >> 28U & 7U));
      damaged.resize(damaged.size() - (state >> 16U) % damaged.size());
      (void)moved_slice(damaged, *sets, 99);
    }
  }
}

}  // namespace
}  // namespace capsule::media

#include "deliver/verify.h"

#include <doctest/doctest.h>

#include <functional>
#include <random>
#include <string>
#include <vector>

#include "deliver/mp4_index.h"
#include "tests/deliver/surgery.h"

namespace capsule::deliver {
namespace {

using test::bytes_of;
using test::Film;
using test::good_film;
using test::promise_of;
using test::simple_meter;
using test::Surgery;
using test::TempFolder;

Result<Verified> verify_bytes(const std::string& bytes, const Promise& promise) {
  const TempFolder folder;
  folder.write("film.mp4", bytes);
  return verify(folder.path("film.mp4"), promise, simple_meter);
}

struct Damage {
  std::string what;
  Code promise;
  std::function<void(Surgery&)> hurt;
};

const std::string kVideo = "moov/trak/mdia";

std::vector<Damage> damages_of_boxes() {
  return {
      {"table of contents last", Code{"verify-moov-last"}, [](Surgery& s) { s.moov_to_end(); }},
      {"edit list", Code{"verify-edit-list"},
       [](Surgery& s) {
         s.insert("moov/trak", "edts",
                  std::string("\0\0\0\x10"
                              "elst\0\0\0\0\0\0\0\0",
                              16));
       }},
      {"place where it was filmed", Code{"verify-foreign-data"},
       [](Surgery& s) { s.insert("moov/udta", "\xA9xyz", "+31.79-007.09/"); }},
      {"a maker's own box", Code{"verify-foreign-data"},
       [](Surgery& s) { s.insert("moov", "uuid", "phone model"); }},
      {"time of making", Code{"verify-foreign-data"},
       [](Surgery& s) { s.set_byte(s.box("moov/mvhd") + 14, 7); }},
      {"name of a program", Code{"verify-foreign-data"},
       [](Surgery& s) { s.set_byte(s.box(kVideo + "/hdlr") + 32, 'X'); }},
      {"bytes that belong to nothing", Code{"verify-foreign-data"}, [](Surgery& s) { s.pad_mdat("secret"); }},
      {"title", Code{"verify-title"},
       [](Surgery& s) { s.set_byte(s.box("moov/udta/meta/ilst/\xA9nam") + 26, 'X'); }},
      {"language", Code{"verify-language"},
       [](Surgery& s) { s.set_byte(s.box(kVideo + "/mdhd") + 29, 0x42); }},
      {"third stream", Code{"verify-streams"},
       [](Surgery& s) { s.set_byte(s.box(kVideo + "/hdlr") + 16, 's'); }},
      {"cut", Code{"verify-structure"},
       [](Surgery& s) { s = Surgery(s.bytes().substr(0, s.bytes().size() - 1)); }},
      {"box larger than its parent", Code{"verify-structure"},
       [](Surgery& s) { s.set_u32(s.box(kVideo + "/minf/stbl"), 0x7FFFFFFF); }},
  };
}

std::vector<Damage> damages_of_tables() {
  const std::string stbl = kVideo + "/minf/stbl";
  return {
      {"width shown", Code{"verify-size"},
       [](Surgery& s) { s.set_u32(s.box("moov/trak/tkhd") + 84, 320U << 16U); }},
      {"turned by the matrix", Code{"verify-pixels"},
       [](Surgery& s) { s.set_u32(s.box("moov/trak/tkhd") + 48, 0xFFFF0000); }},
      {"pixels that are not square", Code{"verify-pixels"},
       [=](Surgery& s) { s.set_u32(s.box(stbl + "/stsd/avc1/pasp") + 8, 4); }},
      {"colour tags", Code{"verify-color"},
       [=](Surgery& s) { s.set_byte(s.box(stbl + "/stsd/avc1/colr") + 13, 6); }},
      {"full range", Code{"verify-color"},
       [=](Surgery& s) { s.set_byte(s.box(stbl + "/stsd/avc1/colr") + 18, 0x80); }},
      {"profile above the promised", Code{"verify-profile"},
       [=](Surgery& s) { s.set_byte(s.box(stbl + "/stsd/avc1/avcC") + 9, 110); }},
      {"another rate", Code{"verify-frame-rate"},
       [=](Surgery& s) { s.set_u32(s.box(stbl + "/stts") + 20, 500); }},
      {"composition offset that is not from zero", Code{"verify-sync"},
       [=](Surgery& s) { s.set_u32(s.box(stbl + "/ctts") + 20, 512); }},
      {"key frame that is none", Code{"verify-open-gop"},
       [=](Surgery& s) { s.set_u32(s.box(stbl + "/stss") + 20, 45); }},
      {"sound on another clock", Code{"verify-sound-format"},
       [](Surgery& s) { s.set_u32(s.box("moov/trak/mdia/mdhd", 1) + 20, 44100); }},
      {"damaged picture", Code{"verify-decode"}, [](Surgery& s) { s.flip(s.box("mdat") + 1500, 3000); }},
      {"damaged sound", Code{"verify-decode"}, [](Surgery& s) { s.flip(s.bytes().size() - 900, 300); }},
  };
}

TEST_CASE("the good film keeps every promise") {
  const Film film = good_film();
  const auto verified = verify_bytes(bytes_of(film), promise_of(film));
  REQUIRE(verified.has_value());
  CHECK(verified->bytes > 1000);
  CHECK(verified->integrated_lufs == doctest::Approx(test::kToneLoudness).epsilon(0.01));
}

TEST_CASE("each damage is refused by the promise it breaks") {
  const Film film = good_film();
  const std::string good = bytes_of(film);
  auto damages = damages_of_boxes();
  for (Damage& damage : damages_of_tables()) {
    damages.push_back(std::move(damage));
  }
  for (const Damage& damage : damages) {
    CAPTURE(damage.what);
    Surgery surgery(good);
    damage.hurt(surgery);
    REQUIRE(surgery.bytes() != good);
    const auto verified = verify_bytes(surgery.bytes(), promise_of(film));
    REQUIRE_FALSE(verified.has_value());
    CHECK(verified.error().code.id == damage.promise.id);
    CHECK(std::get<std::string>(verified.error().args.at(0).value).find("film.mp4") != std::string::npos);
  }
}

TEST_CASE("a film that is whole but not what was promised is refused") {
  const Film film = good_film();
  const std::string good = bytes_of(film);
  const auto refused = [&](auto change) {
    Promise promise = promise_of(film);
    change(promise);
    const auto verified = verify_bytes(good, promise);
    REQUIRE_FALSE(verified.has_value());
    return verified.error().code;
  };
  CHECK(refused([](Promise& p) { p.b_frames = 0; }) == Code{"verify-b-frames"});
  CHECK(refused([](Promise& p) { p.max_bytes = 5000; }) == Code{"verify-file-size"});
  CHECK(refused([](Promise& p) { p.max_gop = 30; }) == Code{"verify-gop"});
  CHECK(refused([](Promise& p) { p.frames += 1; }) == Code{"verify-frame-count"});
  CHECK(refused([](Promise& p) { p.rate = {25, 1}; }) == Code{"verify-frame-rate"});
  CHECK(refused([](Promise& p) { p.size = {160, 98}; }) == Code{"verify-size"});
  CHECK(refused([](Promise& p) { p.h264_profile = "main"; }) == Code{"verify-profile"});
  CHECK(refused([](Promise& p) { p.sound = false; }) == Code{"verify-streams"});
  CHECK(refused([](Promise& p) { p.title.clear(); }) == Code{"verify-title"});
  CHECK(refused([](Promise& p) { p.language = "fr"; }) == Code{"verify-language"});
  CHECK(refused([](Promise& p) { p.max_rate_kbps = p.buffer_kbits = 20; }) == Code{"verify-peak-rate"});
  CHECK(refused([](Promise& p) { p.loudness_lufs = -16; }) == Code{"verify-loudness"});
  CHECK(refused([](Promise& p) { p.true_peak_dbtp = -20; }) == Code{"verify-true-peak"});
}

TEST_CASE("the error of a peak carries its value as a number, for the next try") {
  const Film film = good_film();
  Promise promise = promise_of(film);
  promise.true_peak_dbtp = -20;
  const auto verified = verify_bytes(bytes_of(film), promise);
  REQUIRE_FALSE(verified.has_value());
  CHECK(std::get<double>(verified.error().args.at(1).value) == doctest::Approx(-13.9).epsilon(0.02));
}

TEST_CASE("sound that is shorter than the picture is refused, silence is not") {
  Film film = good_film();
  film.audio.packets.resize(film.audio.packets.size() - 2);
  CHECK(verify_bytes(bytes_of(film), promise_of(film)).error().code == Code{"verify-sound-length"});
  const Film silent = test::make_film(test::small_settings(), {30}, 0);
  Promise promise = promise_of(silent);
  promise.loudness_lufs = -16;
  CHECK(verify_bytes(bytes_of(silent), promise).has_value());
  const Film mute = test::make_film(test::small_settings(), {30});
  CHECK(verify_bytes(bytes_of(mute), promise_of(mute)).has_value());
}

TEST_CASE("a message inside the pictures is foreign data") {
  Film film = good_film();
  const std::vector<std::uint8_t> note = {0, 0, 0, 5, 6, 5, 1, 0x41, 0x80};
  std::vector<std::uint8_t>& data = film.segments[1].packets[3].data;
  data.insert(data.begin(), note.begin(), note.end());
  CHECK(verify_bytes(bytes_of(film), promise_of(film)).error().code == Code{"verify-foreign-data"});
}

TEST_CASE("a phone's profile: Main, no B pictures") {
  media::VideoSettings settings = test::small_settings();
  settings.profile = "main";
  settings.b_frames = 0;
  settings.rate = {25, 1};
  const Film film = test::make_film(settings, {48, 20}, test::kTone);
  CHECK(verify_bytes(bytes_of(film), promise_of(film)).has_value());
}

TEST_CASE("files by another muxer are refused") {
  if (!test::has_ffmpeg()) {
    return;
  }
  const Film film = good_film();
  const TempFolder folder;
  folder.write("film.mp4", bytes_of(film));
  const std::string in = "ffmpeg -v error -y -i '" + folder.path("film.mp4") + "' -c copy ";
  test::run(in + "-f mov '" + folder.path("quicktime.mp4") + "'");
  test::run(in + "-movflags +frag_keyframe+empty_moov '" + folder.path("fragments.mp4") + "'");
  test::run(in + "-movflags +faststart '" + folder.path("tagged.mp4") + "'");
  for (const char* name : {"quicktime.mp4", "fragments.mp4", "tagged.mp4"}) {
    REQUIRE(file_size(folder.path(name)).value() > 1000);
    CHECK_FALSE(verify(folder.path(name), promise_of(film), simple_meter).has_value());
  }
}

TEST_CASE("any bytes: refused or read, never a crash or a long wait") {
  const Film film = test::make_film(test::small_settings(), {24}, test::kTone);
  const std::string good = bytes_of(film);
  const std::size_t moov = Surgery(good).box("mdat");
  std::mt19937 random(7);
  const TempFolder folder;
  int unreadable = 0;
  for (int round = 0; round < 400; ++round) {
    std::string bytes = good;
    for (unsigned i = 0; i <= random() % 4; ++i) {
      static constexpr int kNasty[] = {0, 1, 0x7F, 0x80, 0xFF};
      bytes[random() % moov] = static_cast<char>(kNasty[random() % std::size(kNasty)]);
    }
    if (round % 7 == 0) {
      bytes.resize(random() % bytes.size());
    }
    folder.write("any.mp4", bytes);
    const auto fd = open_input(folder.path("any.mp4"));
    REQUIRE(fd.has_value());
    const auto index = read_index(fd->get(), bytes.size());
    unreadable += index ? 0 : 1;
    if (index) {
      CHECK(index->tracks.size() <= 2);
    }
    if (round % 10 == 0) {
      const auto verified = verify(folder.path("any.mp4"), promise_of(film), simple_meter);
      CHECK((verified.has_value() || verified.error().code != Code{"internal"}));
    }
  }
  CHECK(unreadable > 20);
}

}  // namespace
}  // namespace capsule::deliver

#include <doctest/doctest.h>
#include <fmt/format.h>
#include <sys/resource.h>

#include <cmath>
#include <csignal>
#include <map>
#include <optional>
#include <set>
#include <string>
#include <vector>

#include "base/files.h"
#include "media/aac_decode.h"
#include "media/decode_check.h"
#include "media/head_check.h"
#include "media/muxer.h"
#include "tests/support/film.h"
#include "tests/support/temp.h"

namespace capsule::media {
namespace {

using test::Film;
using test::make_film;
using test::small_settings;
using test::TempFolder;

struct Decoded {
  DecodedFilm film;
  std::vector<float> sound;
};

Decoded decode(const std::string& path, const DecodeHelp& help = {}) {
  Decoded decoded;
  auto film = decode_check(
      path,
      [&](const AudioBlock& block) -> Status {
        CHECK(block.start * kChannels == static_cast<std::int64_t>(decoded.sound.size()));
        decoded.sound.insert(decoded.sound.end(), block.samples.begin(), block.samples.end());
        return {};
      },
      help);
  REQUIRE(film.has_value());
  decoded.film = std::move(*film);
  return decoded;
}

/// The sample where the sound first rises above `level`.
double first_above(const std::vector<float>& interleaved, float level) {
  for (std::size_t i = 0; i < interleaved.size(); i += 2) {
    if (std::fabs(interleaved[i]) > level) {
      return static_cast<double>(i / 2) * 1000 / kSampleRate;
    }
  }
  return -1;
}

std::string read(const std::string& path) {
  return read_file(path, 64U << 20U).value();
}

TEST_CASE("joined segments of very different lengths give every frame at its time") {
  for (const FrameRate rate : {FrameRate{30, 1}, FrameRate{25, 1}, FrameRate{30000, 1001}}) {
    VideoSettings settings = small_settings();
    settings.rate = rate;
    settings.b_frames = 3;
    const Film film = make_film(settings, {48, 12, 1, 2, 30, 17}, 0.1);
    const TempFolder folder;
    const std::string path = folder.path("film.mp4");
    REQUIRE(write_mp4(path, film.job()).has_value());
    const Decoded decoded = decode(path);
    REQUIRE(decoded.film.pictures.size() == 110);
    for (std::size_t i = 0; i < 110; ++i) {
      CHECK(decoded.film.pictures[i].shown == start_of(FrameIndex{static_cast<std::int64_t>(i)}, rate));
      const auto n = static_cast<std::int64_t>(i);
      const bool begins = std::find(film.begins.begin(), film.begins.end(), n) != film.begins.end();
      CHECK(decoded.film.pictures[i].key == begins);
    }
    CHECK(decoded.film.matrix == "bt709");
    CHECK(decoded.film.primaries == "bt709");
    CHECK(decoded.film.transfer == "bt709");
    CHECK(decoded.film.range == "tv");
    CHECK(decoded.film.aspect_num == decoded.film.aspect_den);
    CHECK(decoded.film.sound_start == Time());
  }
}

TEST_CASE("a click at 500 ms is heard at 500 ms") {
  const Film film = make_film(small_settings(), {48}, 0, 24000);
  const TempFolder folder;
  const std::string path = folder.path("click.mp4");
  REQUIRE(write_mp4(path, film.job()).has_value());
  const Decoded decoded = decode(path);
  CHECK(std::fabs(first_above(decoded.sound, 0.3F) - 500.0) <= 1.0);
  CHECK(decoded.film.samples >= 76800);
  CHECK(decoded.film.samples < 76800 + 1024);
  if (!test::has_ffmpeg()) {
    return;
  }
  const std::string raw = test::run("ffmpeg -v error -ignore_editlist 1 -i '" + path + "' -f f32le -");
  std::vector<float> samples(raw.size() / sizeof(float));
  std::copy_n(raw.data(), samples.size() * sizeof(float), reinterpret_cast<char*>(samples.data()));
  CHECK(std::fabs(first_above(samples, 0.3F) - 500.0) <= 1.0);
}

TEST_CASE("sound is as long as the picture to the sample, whatever the length") {
  for (const std::int64_t frames : {1, 1023, 1024, 1025, 48000, 76801}) {
    const auto encoded = encode_aac(test::make_sound(frames, 0.1), 128000);
    REQUIRE(encoded.has_value());
    std::int64_t total = 0;
    for (const Packet& packet : encoded->packets) {
      CHECK(packet.pts == total);
      total += packet.duration;
    }
    CHECK(total == frames);
  }
  const auto once = encode_aac(test::make_sound(50000, 0.2), 128000);
  const auto again = encode_aac(test::make_sound(50000, 0.2), 128000);
  REQUIRE(once->packets.size() == again->packets.size());
  for (std::size_t i = 0; i < once->packets.size(); ++i) {
    CHECK(once->packets[i].data == again->packets[i].data);
  }
  CHECK(once->header.extradata == std::vector<std::uint8_t>{0x11, 0x90, 0x56, 0xE5, 0x00});
}

TEST_CASE("the file: moov first, no edit list, no program's name, title and language, same bytes twice") {
  const Film film = make_film(small_settings(), {24, 24}, 0.1);
  const TempFolder folder;
  const std::string path = folder.path("a:b ملف.mp4");
  REQUIRE(write_mp4(path, film.job()).has_value());
  const std::string bytes = read(path);
  CHECK(bytes.find("moov") < bytes.find("mdat"));
  for (const char* word : {"elst", "edts", "Lavf", "Lavc", "x264", "Handler", "too"}) {
    CHECK_MESSAGE(bytes.find(word) == std::string::npos, word);
  }
  CHECK(bytes.find(film.title) != std::string::npos);
  CHECK(bytes.find("colrnclx") != std::string::npos);
  CHECK(bytes.find("pasp") != std::string::npos);
  const std::string second = folder.path("again.mp4");
  REQUIRE(write_mp4(second, film.job()).has_value());
  CHECK(read(second) == bytes);
  if (test::has_ffmpeg()) {
    const std::string probed = test::run(
        "ffprobe -v error -show_entries stream=r_frame_rate,avg_frame_rate,start_time,"
        "duration,nb_frames:stream_tags=language -of csv=p=0 '" +
        path + "'");
    CHECK(probed == "30/1,30/1,0.000000,1.600000,48,ara\n0/0,0/0,0.000000,1.600000,75,ara\n");
  }
}

TEST_CASE("segments that do not join are refused before anything is written") {
  const Film film = make_film(small_settings(), {24, 24});
  const TempFolder folder;
  MuxJob job = film.job();
  job.segment_begins[1] = 25;
  CHECK(write_mp4(folder.path("gap.mp4"), job).error().code == Code{"internal"});
  std::vector<Packet> cut = film.segments[1].packets;
  cut.erase(cut.begin() + 1);
  job = film.job();
  job.segments[1] = &cut;
  CHECK(write_mp4(folder.path("cut.mp4"), job).error().code == Code{"internal"});
}

/// Files may grow to `bytes` only, as on a full disk, until the end of the scope.
class FileLimit {
 public:
  explicit FileLimit(rlim_t bytes) : handler_(std::signal(SIGXFSZ, SIG_IGN)) {
    getrlimit(RLIMIT_FSIZE, &old_);
    const rlimit limit{bytes, old_.rlim_max};
    setrlimit(RLIMIT_FSIZE, &limit);
  }

  ~FileLimit() {
    setrlimit(RLIMIT_FSIZE, &old_);
    std::signal(SIGXFSZ, handler_);
  }

  FileLimit(const FileLimit&) = delete;
  FileLimit& operator=(const FileLimit&) = delete;
  FileLimit(FileLimit&&) = delete;
  FileLimit& operator=(FileLimit&&) = delete;

 private:
  rlimit old_{};
  void (*handler_)(int);
};

TEST_CASE("a disk that is full anywhere on the way is an error") {
  const Film film = make_film(small_settings(), {48, 48}, 0.1);
  const TempFolder folder;
  REQUIRE(write_mp4(folder.path("whole.mp4"), film.job()).has_value());
  const std::uint64_t whole = file_size(folder.path("whole.mp4")).value();
  // within the packets, within the table of contents, and at the very last byte
  for (const std::uint64_t limit :
       {std::uint64_t{0}, std::uint64_t{30}, whole / 3, whole - 2000, whole - 1}) {
    const FileLimit full(limit);
    const Status written = write_mp4(folder.path("full.mp4"), film.job());
    REQUIRE_FALSE(written.has_value());
    CHECK(written.error().code == Code{"output-failed"});
  }
  CHECK(write_mp4("/nowhere/at/all.mp4", film.job()).error().code == Code{"output-failed"});
}

TEST_CASE("of a film that was just made the check finds what decoding all of it finds") {
  VideoSettings settings = small_settings();
  settings.b_frames = 3;
  const Film film = make_film(settings, {48, 12, 30, 17, 25, 1, 2}, 1.0);
  const TempFolder folder;
  const std::string path = folder.path("film.mp4");
  const MuxJob job = film.job();
  REQUIRE(write_mp4(path, job).has_value());
  const Decoded all = decode(path);
  const Decoded known = decode(path, {&job, nullptr});
  CHECK(known.sound == all.sound);
  CHECK(known.film.samples == all.film.samples);
  CHECK(known.film.size == all.film.size);
  CHECK(known.film.profile == all.film.profile);
  CHECK(known.film.matrix == all.film.matrix);
  REQUIRE(known.film.pictures.size() == 135);
  REQUIRE(all.film.pictures.size() == 135);
  for (std::size_t i = 0; i < all.film.pictures.size(); ++i) {
    CAPTURE(i);
    CHECK(known.film.pictures[i].shown == all.film.pictures[i].shown);
    CHECK(known.film.pictures[i].type == all.film.pictures[i].type);
    CHECK(known.film.pictures[i].key == all.film.pictures[i].key);
  }
}

TEST_CASE("a film whose pictures are not those that were made is refused: one bit, one place, one missing") {
  const TempFolder folder;
  const Film film = make_film(small_settings(), {48, 12}, 0.5);
  MuxJob job = film.job();
  REQUIRE(write_mp4(folder.path("film.mp4"), job).has_value());
  const auto ignore = [](const AudioBlock&) -> Status { return {}; };
  const auto refused = [&](const std::string& path, const MuxJob& made) {
    const auto found = decode_check(path, ignore, {&made, nullptr});
    return !found && found.error().code == Code{"decode-damaged"};
  };
  CHECK_FALSE(refused(folder.path("film.mp4"), job));
  const std::string bytes = read(folder.path("film.mp4"));
  for (const std::size_t share : {1, 2, 3, 4, 5, 6, 7}) {
    CAPTURE(share);
    const std::vector<Packet>& packets = *job.segments[0];
    const std::string picture(packets[share * 5].data.begin(), packets[share * 5].data.end());
    const std::size_t at = bytes.find(picture);
    REQUIRE(at != std::string::npos);
    std::string hurt = bytes;
    char& last = hurt[at + picture.size() - 1];
    last = static_cast<char>(last ^ 0x10);
    folder.write("hurt.mp4", hurt);
    CHECK(refused(folder.path("hurt.mp4"), job));
  }
  const std::vector<Packet> other(job.segments[1]->rbegin(), job.segments[1]->rend());
  MuxJob swapped = job;
  swapped.segments[1] = &other;
  CHECK(refused(folder.path("film.mp4"), swapped));
  MuxJob shorter = job;
  shorter.segments.pop_back();
  shorter.segment_begins.pop_back();
  CHECK(refused(folder.path("film.mp4"), shorter));
  MuxJob longer = job;
  longer.segments.push_back(job.segments[1]);
  longer.segment_begins.push_back(60);
  CHECK(refused(folder.path("film.mp4"), longer));
}

class Notebook final : public DecodeMemory {
 public:
  std::optional<DecodedSound> find(const Digest& sound) override {
    const auto found = sounds_.find(sound);
    return found == sounds_.end() ? std::nullopt : std::optional(found->second);
  }

  void keep(const Digest& digest, const DecodedSound& sound) override { sounds_[digest] = sound; }

  bool has_head(const Digest& gop) override { return heads_.contains(gop); }

  void keep_head(const Digest& gop) override { heads_.insert(gop); }

  [[nodiscard]] std::size_t heads() const { return heads_.size(); }

 private:
  std::set<Digest> heads_;
  std::map<Digest, DecodedSound> sounds_;
};

TEST_CASE("sound that was decoded and measured once is not decoded again; other sound is") {
  const TempFolder folder;
  const Film film = make_film(small_settings(), {24}, 0.5);
  REQUIRE(write_mp4(folder.path("film.mp4"), film.job()).has_value());
  Notebook notebook;
  const Decoded fresh = decode(folder.path("film.mp4"), {nullptr, &notebook});
  CHECK_FALSE(fresh.film.known_sound.has_value());
  CHECK(fresh.sound == decode(folder.path("film.mp4")).sound);
  const DecodedFilm& f = fresh.film;
  notebook.keep(f.sound_digest, {f.sound_profile, f.sample_rate, f.channels, f.samples, -16, -1.5});

  // Known before there was a file, by the packets that went into it.
  const DecodedSound before = decode_aac(film.audio, [](const AudioBlock&) {}).value();
  CHECK(digest_of(film.audio) == f.sound_digest);
  CHECK(before.profile == f.sound_profile);
  CHECK(before.sample_rate == f.sample_rate);
  CHECK(before.channels == f.channels);
  CHECK(before.samples == f.samples);

  // The same soundtrack under other pictures.
  const Film other = make_film(small_settings(), {12, 12}, 0.5);
  REQUIRE(write_mp4(folder.path("other.mp4"), other.job()).has_value());
  const Decoded again = decode(folder.path("other.mp4"), {nullptr, &notebook});
  REQUIRE(again.film.known_sound.has_value());
  CHECK(again.film.known_sound->integrated_lufs == -16);
  CHECK(again.sound.empty());
  CHECK(again.film.samples == f.samples);
  CHECK(again.film.sample_rate == f.sample_rate);
  CHECK(again.film.sound_profile == "LC");
  CHECK(again.film.sound_start == Time());

  const Film louder = make_film(small_settings(), {24}, 0.6);
  REQUIRE(write_mp4(folder.path("louder.mp4"), louder.job()).has_value());
  const Decoded unknown = decode(folder.path("louder.mp4"), {nullptr, &notebook});
  CHECK_FALSE(unknown.film.known_sound.has_value());
  CHECK_FALSE(unknown.sound.empty());
}

TEST_CASE("the first pictures of a GOP are decoded once, whatever films it stands in") {
  const TempFolder folder;
  const Film film = make_film(small_settings(), {24, 30, 12}, 0);
  REQUIRE(write_mp4(folder.path("film.mp4"), film.job()).has_value());
  const MuxJob job = film.job();
  Notebook notebook;
  const Decoded fresh = decode(folder.path("film.mp4"), {&job, &notebook});
  CHECK(notebook.heads() == 3);
  const Decoded again = decode(folder.path("film.mp4"), {&job, &notebook});
  CHECK(notebook.heads() == 3);
  CHECK(again.film.pictures.size() == fresh.film.pictures.size());
  CHECK(again.film.profile == fresh.film.profile);
  CHECK(again.film.size == fresh.film.size);
}

TEST_CASE("what was checked as it was made is known of the film, and damage is not") {
  const TempFolder folder;
  const Film film = make_film(small_settings(), {24, 30, 1, 12}, 0);
  REQUIRE(write_mp4(folder.path("film.mp4"), film.job()).has_value());
  const MuxJob job = film.job();
  Notebook notebook;
  for (const std::vector<Packet>* gop : job.segments) {
    check_head(job.video_header, *gop, notebook);
  }
  CHECK(notebook.heads() == 4);
  decode(folder.path("film.mp4"), {&job, &notebook});
  CHECK(notebook.heads() == 4);

  Notebook untold;
  for (const std::size_t hurt : {0, 1}) {
    std::vector<Packet> gop = *job.segments[1];
    gop[hurt].data.resize(gop[hurt].data.size() / 2);
    check_head(job.video_header, gop, untold);
  }
  check_head({}, *job.segments[1], untold);
  check_head(job.video_header, {}, untold);
  CHECK(untold.heads() == 0);
}

TEST_CASE("decode_check refuses a film whose pictures are damaged or cut") {
  const Film film = make_film(small_settings(), {48}, 0.1);
  const TempFolder folder;
  REQUIRE(write_mp4(folder.path("good.mp4"), film.job()).has_value());
  const auto ignore = [](const AudioBlock&) -> Status { return {}; };
  std::string bytes = read(folder.path("good.mp4"));
  const std::size_t middle = bytes.find("mdat") + 3000;
  std::string hurt = bytes;
  for (std::size_t i = 0; i < 3000 && middle + i < hurt.size(); ++i) {
    hurt[middle + i] = static_cast<char>(hurt[middle + i] ^ 0x5A);
  }
  folder.write("hurt.mp4", hurt);
  CHECK(decode_check(folder.path("hurt.mp4"), ignore).error().code == Code{"decode-damaged"});
  folder.write("cut.mp4", bytes.substr(0, bytes.size() * 2 / 3));
  CHECK_FALSE(decode_check(folder.path("cut.mp4"), ignore).has_value());
  folder.write("none.mp4", "hello");
  CHECK_FALSE(decode_check(folder.path("none.mp4"), ignore).has_value());
}

}  // namespace
}  // namespace capsule::media

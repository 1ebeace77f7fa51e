#include <doctest/doctest.h>

#include <chrono>
#include <map>
#include <string>
#include <vector>

#include "media/probe.h"
#include "media/sniff.h"
#include "media/still.h"
#include "media/svg.h"
#include "media/video_reader.h"
#include "tests/media/input_support.h"
#include "tests/support/corpus.h"
#include "tests/support/temp.h"

namespace capsule::media {
namespace {

struct Expected {
  std::string name;
  Size shown;
  int rotation;
  bool mirrored;
  double start, duration;
};

const std::vector<Expected>& expected_clips() {
  static const std::vector<Expected> kClips{
      {"attached_picture.mp4", {640, 360}, 0, false, 0, 2},
      {"av1_8bit.mp4", {1080, 720}, 0, false, 0, 1.001},
      {"bt601_limited.mp4", {320, 240}, 0, false, 0, 2},
      {"displaymatrix_sar1-2.mp4", {240, 80}, 90, false, 0, 1.09},
      {"editlist_3_segments.mp4", {640, 480}, 0, false, 0, 2},
      {"empty_edit_5s.mp4", {320, 240}, 0, false, 5, 10},
      {"fragmented_false_duration.mp4", {1080, 720}, 0, false, 0.0667, 1.001},
      {"interlaced_bff_mpeg2.ts", {384, 288}, 0, false, 0.06, 14.12},
      {"multi_stream_subs.mp4", {480, 270}, 0, false, 0, 13.013},
      {"non_zero_start.mp4", {199, 112}, 0, false, 8.333, 0.4},
      {"odd_161x121_vp9.webm", {161, 121}, 0, false, 0, 1.001},
      {"overlap_subs.mkv", {1080, 720}, 0, false, 0.067, 1.072},
      {"phone_h265_metadata_track_rot90.mp4", {1080, 1920}, 90, false, 0, 0.1},
      {"phone_hlg_dovi_editlist_rot90.mp4", {1080, 1920}, 90, false, 0, 2.55},
      {"phone_portrait_4k60_rot90.mp4", {2160, 3840}, 90, false, 0, 0.3},
      {"rot180_emulator_720p.mp4", {1280, 720}, 180, false, 0, 4.972},
      {"rot270_nasa.mp4", {270, 480}, 270, false, 0, 0.567},
      {"rot90_landscape_8797fps.mp4", {480, 640}, 90, false, 0.226, 5.002},
      {"rot_and_reflect.mp4", {720, 1080}, 90, true, 0, 1.001},
      {"sar_2-3.mp4", {427, 360}, 0, false, 0, 2},
      {"two_audio_mp3_ac3_5.1.mp4", {427, 240}, 0, false, 0, 5},
      {"vp8_alpha.webm", {320, 213}, 0, false, 0.001, 4},
  };
  return kClips;
}

TEST_CASE("what the clips of the corpus really are") {
  const auto corpus = test::corpus();
  if (!corpus) {
    return;
  }
  for (const Expected& clip : expected_clips()) {
    CAPTURE(clip.name);
    const auto info = probe(*corpus + "/media/video/" + clip.name);
    REQUIRE(info);
    CHECK(info->shown.width == clip.shown.width);
    CHECK(info->shown.height == clip.shown.height);
    CHECK(info->rotation == clip.rotation);
    CHECK(info->mirrored == clip.mirrored);
    CHECK(info->start.to_seconds() == doctest::Approx(clip.start).epsilon(0.001));
    CHECK(info->duration.to_seconds() == doctest::Approx(clip.duration).epsilon(0.02));
  }
}

TEST_CASE("every real file of the corpus can be probed") {
  const auto corpus = test::corpus();
  if (!corpus) {
    return;
  }
  int files = 0;
  for (const std::string folder : {"video", "photo", "photo/exif", "anim", "audio", "vector"}) {
    for (const std::string& path : test::files_in(*corpus + "/media/" + folder)) {
      CAPTURE(path);
      const auto info = probe(path);
      CHECK(info.has_value());
      ++files;
    }
  }
  CHECK(files > 80);
}

TEST_CASE("single facts that other programs get wrong") {
  const auto corpus = test::corpus();
  if (!corpus) {
    return;
  }
  const std::string folder = *corpus + "/media/video/";
  CHECK(probe(folder + "vfr_518x488_fullrange.mp4")->variable_rate);
  CHECK_FALSE(probe(folder + "cockatoo_720p_20fps.mp4")->variable_rate);
  CHECK(probe(folder + "vp8_alpha.webm")->alpha);
  CHECK(probe(folder + "prores_4444_alpha.mov")->alpha);
  CHECK(probe(folder + "hlg10_1080p.mp4")->hdr);
  CHECK(probe(folder + "interlaced_tff_h264.mp4")->interlaced);
  CHECK(probe(folder + "displaymatrix_sar1-2.mp4")->missing > Time::seconds(20));
  CHECK(probe(*corpus + "/media/anim/pigs.gif")->kind == MediaKind::kAnimation);
  CHECK(probe(*corpus + "/media/audio/ext_art.mp3")->kind == MediaKind::kAudio);
  CHECK(probe(*corpus + "/media/photo/exif/landscape_6.jpg")->shown.width == 600);
  CHECK(probe(*corpus + "/media/photo/heic_example.heic")->shown.height == 854);
  CHECK(probe(*corpus + "/media/photo/avif_odd_odd.avif")->shown.width == 1203);
}

Code code_of_use(const std::string& path) {
  const auto info = probe(path);
  if (!info) {
    return info.error().code;
  }
  if (info->kind == MediaKind::kStill) {
    const auto frame = read_still(path, {}, {});
    return frame ? Code{} : frame.error().code;
  }
  return Code{};
}

TEST_CASE("hostile files are refused by what is wrong with them, in bounded time") {
  const auto corpus = test::corpus();
  if (!corpus) {
    return;
  }
  const std::map<std::string, Code> answers{
      {"bomb/avif_17000x17000.avif", Code{"picture-too-large"}},
      {"bomb/gif_65535x65535.gif", Code{"picture-too-large"}},
      {"bomb/jpeg_65500x65500_header.jpg", Code{"picture-too-large"}},
      {"bomb/pillow_decompression_bomb.gif", Code{"media-empty"}},
      {"bomb/png_100000x100000_1bit.png", Code{"picture-too-large"}},
      {"bomb/png_65536_wide.png", Code{"picture-too-large"}},
      {"bomb/png_ztxt_200MB.png", Code{}},
      {"bomb/valid_10h_2frames.mp4", Code{"media-too-long"}},
      {"bomb/y4m_100000x100000.y4m", Code{"media-unreadable"}},
      {"bomb/zip_100MB.zip", Code{"media-kind-refused"}},
      {"broken/bad_huffman.jpg", Code{"media-damaged"}},
      {"broken/trunc.jpg", Code{"media-damaged"}},
      {"broken/trunc.png", Code{"media-damaged"}},
      {"broken/oom.tif", Code{"media-damaged"}},
      {"broken/heic_clap_divide_zero.heic", Code{"media-damaged"}},
      {"broken/fuzz_avif_moov.avif", Code{"media-damaged"}},
      {"broken/empty.mp4", Code{"media-zero"}},
      {"broken/one_byte.mp4", Code{"media-unreadable"}},
      {"broken/random_64k.mp4", Code{"media-unreadable"}},
      {"broken/text_named.mp3", Code{"media-unreadable"}},
      {"broken/trunc_moov_last.mp4", Code{"media-cut"}},
      {"broken/malformed_free_box.mp4", Code{"media-cut"}},
      {"broken/vp9_invalid_bitstream.webm", Code{"media-empty"}},
      {"broken/mvhd_duration_max.mp4", Code{}},
      {"broken/wav_claims_13h.wav", Code{}},
      {"broken/png_named.mp4", Code{}},
      {"broken/avc1_65535.mp4", Code{}},
      {"broken/missing_stsd.mp4", Code{}},
      {"playlist/concat_abs.mp4", Code{"media-playlist"}},
      {"playlist/dash_file.mpd", Code{"media-playlist"}},
      {"playlist/hls_file_passwd.mp4", Code{"media-playlist"}},
      {"playlist/hls_http_ssrf.m3u8", Code{"media-playlist"}},
      {"playlist/read_passwd_bypass.mp4", Code{"media-empty"}},
      {"svg/entity_billion_laughs.svg", Code{"svg-unreadable"}},
      {"svg/huge_size.svg", Code{"picture-too-large"}},
      {"svg/nested_use_bomb.svg", Code{"svg-too-complex"}},
      {"svg/xxe_file.svg", Code{"svg-unreadable"}},
      {"svg/xxe_http.svg", Code{"svg-unreadable"}},
      {"svg/image_file.svg", Code{}},
      {"svg/named.jpg", Code{}},
  };
  for (const auto& [name, code] : answers) {
    CAPTURE(name);
    const auto began = std::chrono::steady_clock::now();
    CHECK(code_of_use(*corpus + "/hostile/" + name).id == code.id);
    CHECK(std::chrono::steady_clock::now() - began < std::chrono::seconds(8));
  }
}

TEST_CASE("bit flips and cut ends give an error or counted damage, and never an end without a word") {
  const auto corpus = test::corpus();
  if (!corpus) {
    return;
  }
  int told = 0;
  for (const std::string name : {"bitflip.webm", "bitflip_1.mp4", "bitflip_2.mp4", "bitflip_3.mp4",
                                 "bitflip_4.mp4", "trunc_faststart_90.mp4", "mdat_too_long.mp4"}) {
    const std::string path = *corpus + "/hostile/broken/" + name;
    const auto info = probe(path);
    auto reader = VideoReader::open(path, {});
    if (!info || !reader) {
      ++told;
      continue;
    }
    for (auto frame = reader->next(); frame && *frame; frame = reader->next()) {
    }
    told += reader->damaged() > 0 || info->missing > Time() ? 1 : 0;
  }
  CHECK(told >= 5);
  const auto cut = probe(*corpus + "/hostile/broken/trunc_faststart_90.mp4");
  REQUIRE(cut);
  CHECK(cut->missing > Time::millis(100));
}

TEST_CASE("names that libav takes for protocols or patterns are names of files") {
  for (const std::string name :
       {"concat:/etc/passwd|/etc/hostname", "subfile,,start,0,end,64,,:/etc/passwd", "file:///etc/passwd",
        "data:text/plain;base64,AAAA", "pipe:0", "crypto:/etc/passwd", "http://127.0.0.1:18080/x.mp4",
        "tcp://127.0.0.1:18080?listen", "frame-%03d.png", "-i", "-"}) {
    CAPTURE(name);
    const auto info = probe(name);
    REQUIRE_FALSE(info);
    CHECK(info.error().code.id == Code{"file-not-found"}.id);
  }
  CHECK(probe("/dev/zero").error().code == Code{"file-not-regular"});
  CHECK(probe("/tmp").error().code == Code{"file-not-regular"});
}

TEST_CASE("a playlist is refused whatever it is called, a cut MP4 says so") {
  const test::TempFolder folder;
  folder.write("a.mp4", "#EXTM3U\n#EXTINF:10,\nfile:///etc/passwd\n");
  folder.write("b.jpg", "ffconcat version 1.0\nfile x.mp4\n");
  CHECK(probe(folder.path("a.mp4")).error().code == Code{"media-playlist"});
  CHECK(probe(folder.path("b.jpg")).error().code == Code{"media-playlist"});
  test::ffmpeg({"-f", "lavfi", "-i", "testsrc=size=64x48:rate=25:duration=1", folder.path("whole.mp4")});
  const std::string whole = test::slurp(folder.path("whole.mp4"));
  folder.write("cut.mp4", whole.substr(0, whole.size() / 2));
  CHECK(probe(folder.path("cut.mp4")).error().code == Code{"media-cut"});
}

TEST_CASE("limits: too long, too wide; a sound file alone") {
  const test::TempFolder folder;
  test::ffmpeg({"-f", "lavfi", "-i", "color=size=16x16:rate=1:duration=1860", folder.path("long.mp4")});
  const auto too_long = probe(folder.path("long.mp4"));
  REQUIRE_FALSE(too_long);
  CHECK(too_long.error().code == Code{"media-too-long"});
  test::ffmpeg({"-f", "lavfi", "-i", "color=size=8400x16:rate=1:duration=1", "-c:v", "libx264",
                folder.path("wide.mp4")});
  const auto wide = probe(folder.path("wide.mp4"));
  REQUIRE_FALSE(wide);
  CHECK(wide.error().code == Code{"video-too-large"});
  test::ffmpeg({"-f", "lavfi", "-i", "sine=duration=1", folder.path("only.wav")});
  const auto sound = probe(folder.path("only.wav"));
  REQUIRE(sound);
  CHECK(sound->kind == MediaKind::kAudio);
  CHECK(sound->duration == Time::seconds(1));
}

TEST_CASE("orientation from a display matrix: eight ways, any numbers") {
  constexpr std::int32_t kOne = 65536;
  const auto of = [](std::int32_t a, std::int32_t b, std::int32_t c, std::int32_t d) {
    return orientation_of_matrix({a, b, 0, c, d, 0, 0, 0, 0x40000000});
  };
  CHECK(of(kOne, 0, 0, kOne).upright());
  CHECK(clockwise_of(of(0, kOne, -kOne, 0)) == 90);
  CHECK(clockwise_of(of(-kOne, 0, 0, -kOne)) == 180);
  CHECK(clockwise_of(of(0, -kOne, kOne, 0)) == 270);
  CHECK(mirrored_of(of(-kOne, 0, 0, kOne)));
  CHECK(mirrored_of(of(0, kOne, kOne, 0)));
  CHECK_FALSE(mirrored_of(of(0, -kOne, kOne, 0)));
  const Orientation extreme = of(0, INT32_MIN, INT32_MIN, 0);
  CHECK(extreme.transpose);
  for (int exif = 1; exif <= 8; ++exif) {
    CHECK(mirrored_of(orientation_of_exif(exif)) == (exif == 2 || exif == 4 || exif == 5 || exif == 7));
  }
}

TEST_CASE("the size that an SVG asks for") {
  const auto is = [](std::string_view text, int width, int height) {
    const Size size = svg_size(text);
    CAPTURE(text);
    CHECK(size.width == width);
    CHECK(size.height == height);
  };
  is("<svg width='30' height=\"20\">", 30, 20);
  is("<?xml version='1.0'?><!-- <svg width='9' height='9'> --><svg width='1in' height='2cm'/>", 96, 76);
  is("<svg viewBox='0 0 120 60'>", 120, 60);
  is("<svg width='100%' height='100%' viewBox='0,0,40,30'>", 40, 30);
  is("<svg width='80' viewBox='0 0 40 30'>", 80, 60);
  is("<svg stroke-width='7'>", 512, 512);
  is("no svg at all", 512, 512);
  is("<svg width='-5' height='nan'>", 512, 512);
}

TEST_CASE("a clip cut in the middle of a GOP begins anew where its pictures say, B pictures or not") {
  const test::TempFolder folder;
  for (const char* b_frames : {"0", "3"}) {
    CAPTURE(b_frames);
    const std::string whole = folder.path("whole.mp4");
    test::ffmpeg({"-f", "lavfi", "-i", "testsrc2=s=160x90:r=25:d=6", "-c:v", "libx264", "-g", "50", "-bf",
                  b_frames, "-sc_threshold", "0", whole});
    const auto all = probe(whole);
    REQUIRE(all);
    CHECK(all->key_frames == std::vector<Time>{Time(), Time::seconds(2), Time::seconds(4)});
    const std::string part = folder.path("part.mp4");
    // An edit list hides the pictures from the key frame before on.
    test::ffmpeg({"-ss", "1.2", "-i", whole, "-c", "copy", part});
    const auto cut = probe(part);
    REQUIRE(cut);
    CHECK(cut->key_frames == std::vector<Time>{Time(4, 5), Time(14, 5)});
    CHECK(cut->duration == Time(24, 5));
    CHECK_FALSE(cut->variable_rate);
  }
}

}  // namespace
}  // namespace capsule::media

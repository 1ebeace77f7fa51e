#include <fmt/format.h>

#include <algorithm>

#include "deliver/promises.h"

namespace capsule::deliver {
namespace {

Status check_picture_format(const Examined& file, const media::DecodedFilm& film) {
  if (film.size != file.promise.size) {
    return broken(file, Code{"verify-size"}, text_of(film.size), text_of(file.promise.size));
  }
  const std::string color = film.primaries + "/" + film.transfer + "/" + film.matrix + "/" + film.range;
  if (color != "bt709/bt709/bt709/tv") {
    return broken(file, Code{"verify-color"}, color, "bt709/bt709/bt709/tv");
  }
  // 0: the stream does not say
  const bool square = film.aspect_num == film.aspect_den || film.aspect_num == 0;
  if (film.pixel_format != "yuv420p" || film.interlaced || !square) {
    return broken(file, Code{"verify-pixels"},
                  fmt::format("{}{} {}:{}", film.pixel_format, film.interlaced ? " interlaced" : "",
                              film.aspect_num, film.aspect_den),
                  "yuv420p 1:1");
  }
  const bool high = file.promise.h264_profile != "main";
  const bool plays =
      film.profile == "Main" || film.profile == "Constrained Baseline" || (high && film.profile == "High");
  if (film.video_codec != "h264" || !plays) {
    return broken(file, Code{"verify-profile"}, film.video_codec + " " + film.profile,
                  high ? "h264 High" : "h264 Main");
  }
  return {};
}

Status check_picture_list(const Examined& file, const media::DecodedFilm& film) {
  const auto count = static_cast<std::int64_t>(film.pictures.size());
  if (count != file.promise.frames) {
    return broken(file, Code{"verify-frame-count"}, fmt::format("{}", count),
                  fmt::format("{}", file.promise.frames));
  }
  int run = 0;
  for (std::int64_t i = 0; i < count; ++i) {
    const media::DecodedPicture& picture = film.pictures[static_cast<std::size_t>(i)];
    const Time wanted = start_of(FrameIndex{i}, file.promise.rate);
    if (picture.shown != wanted) {
      return broken(file, i == 0 ? Code{"verify-sync"} : Code{"verify-frame-rate"}, text_of(picture.shown),
                    text_of(wanted));
    }
    run = picture.type == 'B' ? run + 1 : 0;
    if (run > file.promise.b_frames) {
      return broken(file, Code{"verify-b-frames"}, fmt::format("{}", i),
                    fmt::format("{}", file.promise.b_frames));
    }
  }
  return {};
}

Status check_sound(const Examined& file, const media::DecodedFilm& film) {
  if (film.sound_codec != "aac" || film.sound_profile != "LC" || film.sample_rate != kSampleRate ||
      film.channels != kChannels) {
    return broken(file, Code{"verify-sound-format"},
                  fmt::format("{} {} {} Hz, {} ch", film.sound_codec, film.sound_profile, film.sample_rate,
                              film.channels),
                  "AAC-LC 48000 Hz stereo");
  }
  if (film.sound_start != Time()) {
    return broken(file, Code{"verify-sync"}, text_of(film.sound_start), "0");
  }
  constexpr std::int64_t kAacFrame = 1024;
  const Time length = start_of(FrameIndex{file.promise.frames}, file.promise.rate);
  const std::int64_t wanted = length.round_units(kSampleRate);
  if (film.samples < wanted - kAacFrame || film.samples > wanted + kAacFrame) {
    return broken(file, Code{"verify-sound-length"}, text_of(Time(film.samples, kSampleRate)),
                  text_of(length));
  }
  return {};
}

}  // namespace

Status check_decoded(const Examined& file, const media::DecodedFilm& film) {
  TRY(check_picture_format(file, film));
  TRY(check_picture_list(file, film));
  return file.promise.sound ? check_sound(file, film) : Status{};
}

}  // namespace capsule::deliver

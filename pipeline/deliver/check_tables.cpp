#include <fmt/format.h>

#include <algorithm>

#include "deliver/promises.h"

namespace capsule::deliver {
namespace {

constexpr std::int64_t kAacFrame = 1024;

Status check_format(const Examined& file, const Track& video) {
  const Size wanted = file.promise.size;
  for (const Size size : {video.coded, video.shown}) {
    if (size != wanted || size.width % 2 != 0 || size.height % 2 != 0) {
      return broken(file, Code{"verify-size"}, text_of(size), text_of(wanted));
    }
  }
  if (video.aspect_num != video.aspect_den || !video.upright) {
    return broken(file, Code{"verify-pixels"},
                  video.upright ? fmt::format("{}:{}", video.aspect_num, video.aspect_den) : "tkhd matrix",
                  "1:1");
  }
  static constexpr std::uint8_t kBt709Limited[] = {'n', 'c', 'l', 'x', 0, 1, 0, 1, 0, 1, 0};
  if (!std::equal(video.colr.begin(), video.colr.end(), std::begin(kBt709Limited), std::end(kBt709Limited))) {
    return broken(file, Code{"verify-color"}, video.colr.empty() ? "no colr box" : "colr box",
                  "nclx 1/1/1 limited");
  }
  const int profile = video.entry == "avc1" && video.avcc.size() > 6 ? video.avcc[1] : 0;
  const int promised = file.promise.h264_profile == "main" ? 77 : 100;
  // profile_idc grows with what it asks of a decoder (66 baseline, 77 main, 100 high): less than promised
  // plays too, and is what x264's fastest presets make.
  if (profile == 0 || profile > promised) {
    return broken(file, Code{"verify-profile"}, fmt::format("{} {}", printable(video.entry), profile),
                  fmt::format("avc1 {}", promised));
  }
  return {};
}

/// Frame i must be shown exactly at i/rate and last as long.
Status check_times(const Examined& file, const Track& video) {
  const FrameRate rate = file.promise.rate;
  if (static_cast<std::int64_t>(video.samples.size()) != file.promise.frames) {
    return broken(file, Code{"verify-frame-count"}, fmt::format("{}", video.samples.size()),
                  fmt::format("{}", file.promise.frames));
  }
  std::vector<std::int64_t> shown;
  for (const Sample& sample : video.samples) {
    shown.push_back(sample.pts);
    if (sample.duration * rate.num != static_cast<std::int64_t>(video.timescale) * rate.den) {
      return broken(file, Code{"verify-frame-rate"}, fmt::format("{}/{}", video.timescale, sample.duration),
                    fmt::format("{}/{}", rate.num, rate.den));
    }
  }
  std::sort(shown.begin(), shown.end());
  if (shown.front() != 0) {
    return broken(file, Code{"verify-sync"}, text_of(Time(shown.front(), video.timescale)), "0");
  }
  const std::int64_t step = video.samples.front().duration;
  for (std::size_t i = 0; i < shown.size(); ++i) {
    if (shown[i] != static_cast<std::int64_t>(i) * step) {
      return broken(file, Code{"verify-frame-rate"}, text_of(Time(shown[i], video.timescale)),
                    text_of(start_of(FrameIndex{static_cast<std::int64_t>(i)}, rate)));
    }
  }
  return {};
}

/// Nothing may be coded across a sync sample: all before it are shown before it, all after it after.
Status check_gops(const Examined& file, const Track& video) {
  std::int64_t latest = -1;
  std::int64_t begin = 0;
  std::int64_t begin_shown = 0;
  const auto count = static_cast<std::int64_t>(video.samples.size());
  for (std::int64_t i = 0; i <= count; ++i) {
    const bool ends = i == count || video.samples[static_cast<std::size_t>(i)].sync;
    if (ends && i - begin > file.promise.max_gop) {
      return broken(file, Code{"verify-gop"}, fmt::format("{}", i - begin),
                    fmt::format("{}", file.promise.max_gop));
    }
    if (i == count) {
      break;
    }
    const Sample& sample = video.samples[static_cast<std::size_t>(i)];
    if (ends) {
      begin = i;
      begin_shown = sample.pts;
    }
    if ((ends && sample.pts <= latest) || sample.pts < begin_shown || !video.samples.front().sync) {
      return broken(file, Code{"verify-open-gop"}, fmt::format("{}", i), "IDR");
    }
    latest = std::max(latest, sample.pts);
  }
  return {};
}

Status check_sound(const Examined& file, const Track& sound) {
  if (sound.entry != "mp4a" || sound.timescale != kSampleRate) {
    return broken(file, Code{"verify-sound-format"},
                  fmt::format("{} {} Hz", printable(sound.entry), sound.timescale), "AAC-LC 48000 Hz stereo");
  }
  std::int64_t samples = 0;
  for (const Sample& sample : sound.samples) {
    samples += sample.duration;
  }
  const Time film = start_of(FrameIndex{file.promise.frames}, file.promise.rate);
  const std::int64_t wanted = film.round_units(kSampleRate);
  if (samples < wanted - kAacFrame || samples > wanted + kAacFrame) {
    return broken(file, Code{"verify-sound-length"}, text_of(Time(samples, kSampleRate)), text_of(film));
  }
  return {};
}

}  // namespace

Status check_tables(const Examined& file) {
  const Track& video = *track_of(file.index, "vide");
  TRY(check_format(file, video));
  TRY(check_times(file, video));
  TRY(check_gops(file, video));
  const Track* sound = track_of(file.index, "soun");
  return sound == nullptr ? Status{} : check_sound(file, *sound);
}

}  // namespace capsule::deliver

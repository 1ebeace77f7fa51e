#pragma once
#include <doctest/doctest.h>

#include <algorithm>
#include <cmath>
#include <cstdint>
#include <cstdio>
#include <memory>
#include <numbers>
#include <string>
#include <utility>
#include <vector>

#include "base/canvas.h"
#include "media/encoder.h"
#include "media/muxer.h"

// Small films made in memory for the tests of encoding, muxing and delivery.
namespace capsule::test {

inline media::VideoSettings small_settings() {
  media::VideoSettings s;
  s.size = {160, 96};
  s.preset = "veryfast";
  s.max_gop = 48;
  return s;
}

/// A bright square that moves over a texture; the mean of luma rises with `frame`, so that order can be told.
inline Picture make_picture(Size size, int frame, unsigned seed = 1) {
  Canvas canvas = Canvas::make(size);
  canvas.fill({static_cast<std::uint8_t>(40 + frame), 110, 150});
  const PlaneView luma = canvas.y();
  for (int y = 0; y < size.height; ++y) {
    for (int x = 0; x < size.width; ++x) {
      const unsigned noise =
          (static_cast<unsigned>(x) * 7U + static_cast<unsigned>(y) * 13U + seed * 31U) % 17U;
      luma.row(y)[x] = static_cast<std::uint8_t>(luma.row(y)[x] + noise);
    }
  }
  const int left = (frame * 3 + static_cast<int>(seed) * 11) % (size.width - 32);
  for (int y = size.height / 3; y < size.height / 3 + 24; ++y) {
    std::fill_n(luma.row(y) + left, 32, std::uint8_t{220});
  }
  return std::make_shared<const Canvas>(std::move(canvas));
}

struct Segment {
  StreamHeader header;
  std::vector<Packet> packets;
};

/// Pictures begin..begin+count of the film.
inline Segment make_segment(const media::VideoSettings& settings, int begin, int count, unsigned seed = 1) {
  auto encoder = media::SegmentEncoder::open(settings);
  REQUIRE(encoder.has_value());
  for (int i = 0; i < count; ++i) {
    REQUIRE(encoder->push(make_picture(settings.size, begin + i, seed)).has_value());
  }
  Segment segment;
  segment.header = encoder->header();
  auto packets = encoder->finish();
  REQUIRE(packets.has_value());
  segment.packets = std::move(*packets);
  return segment;
}

/// A tone of 440 Hz at `amplitude`, with one full-scale click at `click` (-1: none).
inline std::vector<float> make_sound(std::int64_t frames, double amplitude, std::int64_t click = -1) {
  std::vector<float> samples(static_cast<std::size_t>(frames) * kChannels);
  for (std::int64_t i = 0; i < frames; ++i) {
    const double t = static_cast<double>(i) / kSampleRate;
    const double tone = amplitude * std::sin(2 * std::numbers::pi * 440 * t);
    const double value = i >= click && i < click + 8 && click >= 0 ? 0.9 : tone;
    samples[static_cast<std::size_t>(i) * 2] = samples[static_cast<std::size_t>(i) * 2 + 1] =
        static_cast<float>(value);
  }
  return samples;
}

/// Segments with or without sound, ready to be muxed.
struct Film {
  media::VideoSettings settings;
  std::vector<Segment> segments;
  std::vector<std::int64_t> begins;
  std::int64_t frames = 0;
  media::EncodedAudio audio;
  bool sound = false;
  std::string title = "التسويق الرقمي", language = "ar-MA";

  [[nodiscard]] media::MuxJob job() const {
    media::MuxJob job;
    job.size = settings.size;
    job.rate = settings.rate;
    job.video_header = segments.front().header;
    for (const Segment& segment : segments) {
      job.segments.push_back(&segment.packets);
    }
    job.segment_begins = begins;
    job.audio = sound ? &audio : nullptr;
    job.title = title;
    job.language = language;
    return job;
  }
};

/// Segments of the lengths given; sound as long as the pictures unless `samples` is empty of meaning (-1:
/// none).
inline Film make_film(const media::VideoSettings& settings, const std::vector<int>& lengths,
                      double amplitude = -1, std::int64_t click = -1) {
  Film film;
  film.settings = settings;
  for (const int length : lengths) {
    film.begins.push_back(film.frames);
    film.segments.push_back(make_segment(settings, static_cast<int>(film.frames), length));
    film.frames += length;
  }
  if (amplitude >= 0) {
    const std::int64_t samples = start_of(FrameIndex{film.frames}, settings.rate).round_units(kSampleRate);
    auto encoded = media::encode_aac(make_sound(samples, amplitude, click), 128000);
    REQUIRE(encoded.has_value());
    film.audio = std::move(*encoded);
    film.sound = true;
  }
  return film;
}

/// What a shell command prints.
inline std::string run(const std::string& command) {
  std::string text;
  FILE* pipe = popen(command.c_str(), "r");  // NOLINT(cert-env33-c)
  REQUIRE(pipe != nullptr);
  char buffer[4096];
  std::size_t got = 0;
  while ((got = fread(buffer, 1, sizeof buffer, pipe)) > 0) {
    text.append(buffer, got);
  }
  pclose(pipe);
  return text;
}

inline bool has_ffmpeg() {
  const bool there = !run("command -v ffprobe").empty() && !run("command -v ffmpeg").empty();
  if (!there) {
    MESSAGE("SKIPPED: ffmpeg is not installed");
  }
  return there;
}

}  // namespace capsule::test

#pragma once
#include <doctest/doctest.h>

#include <array>
#include <cstdint>
#include <fstream>
#include <string>
#include <utility>
#include <vector>

#include "base/canvas.h"
#include "compose/compositor.h"
#include "tests/support/recorder.h"

namespace capsule::test {

/// What a compositor needs, all its own.
struct Studio {
  compose::Services services() {
    compose::Services out;
    out.fonts = &fonts;
    out.stills = stills.get();
    out.reporter = &reporter;
    return out;
  }

  text::FontLibrary fonts;
  std::shared_ptr<source::StillCache> stills = source::make_still_cache();
  Recorder reporter;
};

inline Picture frame(compose::Compositor& compositor, std::int64_t n) {
  Result<Picture> picture = compositor.frame({n});
  REQUIRE(picture);
  return *picture;
}

inline compose::Compositor open(const timeline::Timeline& timeline, Studio& studio) {
  Result<compose::Compositor> compositor = compose::Compositor::open(timeline, studio.services());
  REQUIRE(compositor);
  return std::move(*compositor);
}

inline timeline::TextStyle style(double size, Color color,
                                 timeline::HAlign align = timeline::HAlign::kRight) {
  timeline::TextStyle out;
  out.fonts = {"Noto Sans Arabic:bold"};
  out.size = size;
  out.min_size = size * 0.6;
  out.color = color;
  out.align = align;
  return out;
}

inline timeline::Layer layer(FrameRange range, RectF box, decltype(timeline::Layer::content) content) {
  timeline::Layer out;
  out.range = range;
  out.box = box;
  out.content = std::move(content);
  return out;
}

inline timeline::Text arabic(std::string words, timeline::TextStyle style) {
  return {std::move(words), "ar-MA", std::move(style), {}};
}

inline timeline::Timeline film(Size canvas, std::int64_t frames) {
  timeline::Timeline out;
  out.canvas = canvas;
  out.frames = {frames};
  out.rate = {30, 1};
  out.language = "ar-MA";
  out.safe = {0, 0, static_cast<double>(canvas.width), static_cast<double>(canvas.height)};
  out.background = {15, 76, 74, 255};
  out.captions.language = "ar-MA";
  return out;
}

inline timeline::Scene scene(FrameRange range, std::vector<timeline::Layer> layers) {
  timeline::Scene out;
  out.range = range;
  out.layers = std::move(layers);
  return out;
}

namespace detail {

inline std::uint32_t crc(const std::string& bytes) {
  std::uint32_t value = 0xFFFFFFFFU;
  for (const char c : bytes) {
    value ^= static_cast<std::uint8_t>(c);
    for (int bit = 0; bit < 8; ++bit) {
      value = (value >> 1) ^ ((value & 1U) != 0 ? 0xEDB88320U : 0U);
    }
  }
  return ~value;
}

inline std::string big_endian(std::uint32_t value) {
  return {static_cast<char>(value >> 24), static_cast<char>(value >> 16), static_cast<char>(value >> 8),
          static_cast<char>(value)};
}

inline std::string chunk(const std::string& type, const std::string& data) {
  return big_endian(static_cast<std::uint32_t>(data.size())) + type + data + big_endian(crc(type + data));
}

}  // namespace detail

/// Writes an uncompressed PNG; `channels` 3 (RGB) or 4 (straight alpha), rows without padding.
inline void write_png(const std::string& path, Size size, int channels,
                      const std::vector<std::uint8_t>& pixels) {
  std::string raw;
  const auto row = static_cast<std::size_t>(size.width * channels);
  for (int y = 0; y < size.height; ++y) {
    raw += '\0';
    raw.append(reinterpret_cast<const char*>(pixels.data()) + static_cast<std::size_t>(y) * row, row);
  }
  std::string deflated = "\x78\x01";
  std::uint32_t a = 1;
  std::uint32_t b = 0;
  for (std::size_t at = 0; at < raw.size(); at += 65535) {
    const std::string part = raw.substr(at, 65535);
    const auto length = static_cast<std::uint16_t>(part.size());
    deflated += at + part.size() == raw.size() ? '\1' : '\0';
    for (const int value : {length & 0xFF, length >> 8, ~length & 0xFF, (~length >> 8) & 0xFF}) {
      deflated += static_cast<char>(value);
    }
    deflated += part;
  }
  for (const char c : raw) {
    a = (a + static_cast<std::uint8_t>(c)) % 65521;
    b = (b + a) % 65521;
  }
  deflated += detail::big_endian((b << 16) | a);
  const std::string header = detail::big_endian(static_cast<std::uint32_t>(size.width)) +
                             detail::big_endian(static_cast<std::uint32_t>(size.height)) +
                             std::string{8, static_cast<char>(channels == 4 ? 6 : 2), 0, 0, 0};
  std::ofstream out(path, std::ios::binary);
  out << "\x89PNG\r\n\x1a\n"
      << detail::chunk("IHDR", header) << detail::chunk("IDAT", deflated) << detail::chunk("IEND", "");
}

}  // namespace capsule::test

#pragma once
#include <doctest/doctest.h>

#include <cmath>
#include <cstdint>
#include <memory>
#include <string>
#include <string_view>

#include "base/files.h"
#include "deliver/verify.h"
#include "tests/support/film.h"
#include "tests/support/temp.h"

// A good capsule and ways to hurt it, for the tests of deliver/.
namespace capsule::test {

/// Bytes of an MP4 that can be found by box and changed; a walker of its own, simpler than the one under
/// test.
class Surgery {
 public:
  explicit Surgery(std::string bytes) : bytes_(std::move(bytes)) {}

  [[nodiscard]] const std::string& bytes() const { return bytes_; }

  /// Offset of a box's header, by the path of types; `nth` counts tracks.
  [[nodiscard]] std::size_t box(std::string_view path, int nth = 0) const {
    std::size_t begin = 0;
    std::size_t end = bytes_.size();
    std::size_t found = 0;
    while (!path.empty()) {
      const std::string_view type = path.substr(0, path.find('/'));
      path.remove_prefix(std::min(path.size(), type.size() + 1));
      found = search(begin, end, type, type == "trak" ? nth : 0);
      begin = found + 8 + fields(type);
      end = found + u32(found);
    }
    return found;
  }

  [[nodiscard]] std::uint32_t u32(std::size_t at) const {
    std::uint32_t value = 0;
    for (std::size_t i = 0; i < 4; ++i) {
      value = value << 8U | static_cast<unsigned char>(bytes_.at(at + i));
    }
    return value;
  }

  void set_u32(std::size_t at, std::uint32_t value) {
    for (std::size_t i = 0; i < 4; ++i) {
      bytes_.at(at + i) = static_cast<char>(value >> (24 - 8 * i));
    }
  }

  void set_byte(std::size_t at, int value) { bytes_.at(at) = static_cast<char>(value); }

  void flip(std::size_t at, std::size_t count) {
    for (std::size_t i = 0; i < count; ++i) {
      bytes_.at(at + i) = static_cast<char>(bytes_.at(at + i) ^ 0x5A);
    }
  }

  /// A box as the last child of `parent`; sizes above it and chunk offsets follow.
  void insert(const std::string& parent, const std::string& type, const std::string& payload) {
    const std::size_t at = box(parent) + u32(box(parent));
    const auto size = static_cast<std::uint32_t>(payload.size() + 8);
    for (std::string path = parent; !path.empty();) {
      set_u32(box(path), u32(box(path)) + size);
      const std::size_t slash = path.rfind('/');
      path = slash == std::string::npos ? "" : path.substr(0, slash);
    }
    std::string whole = std::string(4, '\0') + type + payload;
    bytes_.insert(at, whole);
    set_u32(at, size);
    shift_chunks(static_cast<int>(size));
  }

  /// ftyp, mdat, moov: as a muxer leaves it that does not move the table of contents.
  void moov_to_end() {
    const std::size_t at = box("moov");
    const std::uint32_t size = u32(at);
    shift_chunks(-static_cast<int>(size));
    const std::string moov = bytes_.substr(at, size);
    bytes_.erase(at, size);
    bytes_ += moov;
  }

  /// Bytes behind the last sample, inside the mdat.
  void pad_mdat(const std::string& padding) {
    set_u32(box("mdat"), u32(box("mdat")) + static_cast<std::uint32_t>(padding.size()));
    bytes_ += padding;
  }

 private:
  static std::size_t fields(std::string_view type) {
    if (type == "meta") {
      return 4;
    }
    if (type == "stsd") {
      return 8;
    }
    return type == "avc1" ? 78 : 0;
  }

  [[nodiscard]] std::size_t search(std::size_t begin, std::size_t end, std::string_view type,
                                   int skip) const {
    for (std::size_t at = begin; at + 8 <= end; at += u32(at)) {
      if (bytes_.compare(at + 4, 4, type) == 0 && skip-- == 0) {
        return at;
      }
    }
    FAIL("no box " << std::string(type));
    return 0;
  }

  void shift_chunks(int by) {
    for (int track = 0; track < 2; ++track) {
      const std::size_t stco = box("moov/trak/mdia/minf/stbl/stco", track);
      for (std::uint32_t i = 0; i < u32(stco + 12); ++i) {
        const std::size_t entry = stco + 16 + 4U * i;
        set_u32(entry, u32(entry) + static_cast<std::uint32_t>(by));
      }
    }
  }

  std::string bytes_;
};

/// Mean power and sample peak, enough to tell right from wrong where the real meter is another room's.
inline deliver::Meter simple_meter() {
  struct Heard {
    double sum = 0, peak = 0;
    std::size_t samples = 0;
  };

  auto heard = std::make_shared<Heard>();
  const auto add = [heard](const AudioBlock& block) {
    for (const float sample : block.samples) {
      heard->sum += double{sample} * double{sample};
      heard->peak = std::max(heard->peak, std::fabs(double{sample}));
    }
    heard->samples += block.samples.size();
  };
  const auto measured = [heard] {
    const double mean = heard->sum / static_cast<double>(std::max<std::size_t>(1, heard->samples));
    return deliver::Loudness{10 * std::log10(mean), 20 * std::log10(heard->peak)};
  };
  return {add, measured};
}

constexpr double kTone = 0.2;             // amplitude
constexpr double kToneLoudness = -16.99;  // its mean power in dB

inline deliver::Promise promise_of(const Film& film) {
  deliver::Promise promise;
  promise.size = film.settings.size;
  promise.rate = film.settings.rate;
  promise.frames = film.frames;
  promise.sound = film.sound;
  promise.h264_profile = film.settings.profile;
  promise.b_frames = film.settings.b_frames;
  promise.max_gop = film.settings.max_gop;
  promise.max_bytes = 15'000'000;
  promise.loudness_lufs = kToneLoudness;
  promise.true_peak_dbtp = -10;
  promise.title = film.title;
  promise.language = film.language;
  return promise;
}

inline Film good_film() {
  return make_film(small_settings(), {48, 24, 18}, kTone);
}

inline std::string bytes_of(const Film& film) {
  const TempFolder folder;
  REQUIRE(media::write_mp4(folder.path("film.mp4"), film.job()).has_value());
  return read_file(folder.path("film.mp4"), 64U << 20U).value();
}

}  // namespace capsule::test

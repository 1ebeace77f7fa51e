#pragma once
#include <cstdint>
#include <vector>

namespace capsule {

/// One encoded picture (H.264, length-prefixed or Annex B as the encoder's settings say) or one AAC frame.
/// Times count the stream's own unit: a frame of the film for pictures, a sample for sound.
struct Packet {
  std::vector<std::uint8_t> data;
  std::int64_t pts = 0;
  std::int64_t dts = 0;
  std::int64_t duration = 1;
  bool key = false;
};

/// What a muxer needs to know of a stream once: codec extradata (avcC or AudioSpecificConfig).
struct StreamHeader {
  std::vector<std::uint8_t> extradata;
};

inline constexpr int kSampleRate = 48000;
inline constexpr int kChannels = 2;

/// Interleaved stereo float samples at 48 kHz, full scale ±1; `start` is the film's sample number of the
/// first.
struct AudioBlock {
  std::int64_t start = 0;
  std::vector<float> samples;

  [[nodiscard]] std::int64_t frames() const { return static_cast<std::int64_t>(samples.size()) / kChannels; }
};

}  // namespace capsule

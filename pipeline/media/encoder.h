#pragma once
#include <cstdint>
#include <memory>
#include <string>
#include <vector>

#include "base/canvas.h"
#include "base/result.h"
#include "base/stream.h"
#include "base/time.h"

namespace capsule::media {

/// H.264 by libx264, one thread, closed GOPs that can be joined (ARCHITECTURE.md "What makes joining exact").
struct VideoSettings {
  Size size;
  FrameRate rate;
  std::string profile = "high";   ///< "main" or "high".
  std::string preset = "medium";  ///< x264's.
  double crf = 21;
  int b_frames = 2;
  int max_gop = 120;      ///< Frames; the longest segment.
  int max_rate_kbps = 0;  ///< 0 = unbounded.
  int buffer_kbits = 0;
  std::string level;  ///< "" = x264 decides.
  friend bool operator==(const VideoSettings&, const VideoSettings&) = default;
};

/// Everything of the settings and the library versions that the bytes depend on, as one line of text.
std::string describe(const VideoSettings& settings);

/// Encodes one segment: the first picture is an IDR. Pictures at the end that show the same are not coded but
/// written as repeats of the first of them, a segment of one picture as one IDR and its repeats. Packets
/// count time in frames from the segment's begin; dts is left 0 (the muxer counts it over the whole film).
class SegmentEncoder {
 public:
  static Result<SegmentEncoder> open(const VideoSettings& settings);
  ~SegmentEncoder();
  SegmentEncoder(SegmentEncoder&&) noexcept;
  SegmentEncoder& operator=(SegmentEncoder&&) noexcept;
  SegmentEncoder(const SegmentEncoder&) = delete;
  SegmentEncoder& operator=(const SegmentEncoder&) = delete;

  /// The picture is kept alive until the encoder has read it, which may be when another one comes; it is not
  /// copied here.
  Status push(const Picture& picture);
  /// Flushes; all packets in coding order. The encoder is used up.
  Result<std::vector<Packet>> finish();
  /// avcC; equal for every segment of a film.
  [[nodiscard]] const StreamHeader& header() const;

 private:
  struct State;
  explicit SegmentEncoder(std::unique_ptr<State> state);
  std::unique_ptr<State> state_;
};

/// AAC-LC, 48 kHz stereo.
struct EncodedAudio {
  StreamHeader header;
  std::vector<Packet>
      packets;  ///< First packet at pts 0: the priming packet is dropped and the rest renumbered.
};

Result<EncodedAudio> encode_aac(const std::vector<float>& interleaved, int bit_rate);

}  // namespace capsule::media

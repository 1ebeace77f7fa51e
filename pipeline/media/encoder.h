#pragma once
#include <cstdint>
#include <functional>
#include <memory>
#include <optional>
#include <span>
#include <string>
#include <string_view>
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

/// What an x264 preset spends before it codes a picture (x264 164, param_apply_preset); the slow ones are
/// held to 22 pictures of look-ahead, medium to 24, with which two workers at 1080p stay under 700 MB (its
/// own 40: 900 MB; each is worth 0.03 dB at the same bytes on J1), and medium searches its B pictures as slow
/// does, and pays for it by one reference instead of three: on J1 3 % fewer bytes and 0.26 dB more than with
/// neither, for a tenth less work. On real clips the one gains nothing, the other loses up to 3 % and 0.2 dB.
/// A fast preset keeps its own thrift.
struct Effort {
  int lookahead = 22;      ///< Pictures; 0: no macroblock tree either.
  int most_b_frames = 16;  ///< In a row, whatever the settings allow.
  int scene_cut = 100;     ///< x264's threshold for an I picture at a cut; 0: cuts are not looked for.
  double first = 1.5;      ///< How much finer the first picture's quantiser is; see x264_params().
  int b_adapt = 2;         ///< 2: the best runs of B pictures are searched, not guessed.
  int references = 0;      ///< Pictures that one refers to at most; 0: the preset's own number.
  /// By rate and distortion as eyes see it (subme 6 and up): what cards do without.
  bool weighs_modes = true;
};

/// `preset`: x264's name; unknown ones count as slow.
Effort effort_of(std::string_view preset);

/// Everything of the settings and the library versions that the bytes depend on, as one line of text.
std::string describe(const VideoSettings& settings);

/// Of a picture, as slices say it (ITU-T H.264 table 7-6); kAuto: x264 decides.
enum class PictureType { kAuto, kP, kB };

/// avcC of every segment under these settings. "encoder-refused" as SegmentEncoder::open().
Result<StreamHeader> header_of(const VideoSettings& settings);

/// Encodes one segment: the first picture is an IDR. Pictures at the end that show the same are not coded but
/// written as repeats of the first of them, a segment of one picture as one IDR and its repeats. Packets
/// count time in frames from the segment's begin; dts is left 0 (the muxer counts it over the whole film).
class SegmentEncoder {
 public:
  /// "encoder-refused" for settings that x264 cannot take. `known`: their header_of(), with which x264 is not
  /// opened before pictures differ, since a segment of one picture is coded by another.
  static Result<SegmentEncoder> open(const VideoSettings& settings,
                                     const std::optional<StreamHeader>& known = std::nullopt);
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

/// `passed` is told how many frames of the sound are done; may be empty.
Result<EncodedAudio> encode_aac(std::span<const float> interleaved, int bit_rate,
                                const std::function<void(std::int64_t)>& passed = {});

}  // namespace capsule::media

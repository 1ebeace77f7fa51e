#pragma once
#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "base/geometry.h"
#include "base/result.h"
#include "base/time.h"
#include "media/cuts.h"

namespace capsule::media {

enum class MediaKind { kVideo, kStill, kAnimation, kAudio };

/// What a file really is. Sizes in pixels as shown: after sample aspect ratio, rotation and flips.
struct MediaInfo {
  MediaKind kind = MediaKind::kVideo;
  std::string container;  ///< libav's short name: "mov", "matroska", "jpeg", "svg".
  std::string video_codec, audio_codec;
  Size coded;  ///< As stored.
  Size shown;
  int rotation = 0;       ///< Degrees clockwise to show it: 0, 90, 180, 270.
  bool mirrored = false;  ///< Flipped left-right after the rotation.
  double sample_aspect = 1;
  FrameRate rate;  ///< Average.
  bool variable_rate = false;
  bool interlaced = false;
  bool alpha = false;
  Time start;     ///< First picture, on the file's own clock.
  Time duration;  ///< From the first to the end of the last picture (or of the sound, when there is no
                  ///< picture).
  std::string matrix, range, transfer, primaries;  ///< libav's names; "" = unknown.
  bool hdr = false;                                ///< HLG or PQ.
  bool letters = false;                            ///< An SVG that may draw some; see media/svg.h.
  bool has_video = false, has_audio = false;
  int sample_rate = 0, channels = 0;
  Time audio_start, audio_duration;
  Time missing;  ///< Of a cut file: what its index promises and its data do not hold. Not part of `duration`.
  std::int64_t bytes = 0;
  /// Where the file itself begins anew, from its first picture on, as far as the index tells without reading
  /// the file (MP4, MOV) or the times are read anyway; empty where nearly every picture is one.
  std::vector<Time> key_frames;
  std::vector<Suspect> suspects;  ///< Of a cut where there is no key frame, in order; see media/cuts.h.
};

/// Opens by our own descriptor with allow lists and limits (RELIABILITY.md §5, P4, P5) and reads headers, and
/// where these lie (fragmented files, no index) the packets' times. Errors: "file-…", "media-unreadable",
/// "video-too-large", "media-too-long", "media-kind-refused"… The first picture is decoded: a file without
/// one that can be decoded gives "media-empty" (stills: see media/still.h).
Result<MediaInfo> probe(const std::string& path);

}  // namespace capsule::media

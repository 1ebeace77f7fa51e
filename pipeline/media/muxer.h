#pragma once
#include <optional>
#include <string>
#include <vector>

#include "base/geometry.h"
#include "base/result.h"
#include "base/stream.h"
#include "base/time.h"

namespace capsule::media {

struct MuxJob {
  Size size;
  FrameRate rate;
  StreamHeader video_header;
  /// Segments in film order; their packets' times count frames from the segment's begin.
  std::vector<const std::vector<Packet>*> segments;
  std::vector<std::int64_t> segment_begins;  ///< Film frame of each segment's first picture.
  const struct EncodedAudio* audio = nullptr;
  std::string title, language;  ///< BCP 47.
};

/// A film's picture in coding order: its packet, and the film frame that it shows.
struct CodedPicture {
  const Packet* packet = nullptr;
  std::int64_t frame = 0;
};

/// All pictures as the file holds them, dts to be counted by their place; they borrow the job. "internal"
/// when a frame is missing or shown twice.
Result<std::vector<CodedPicture>> coding_order(const MuxJob& job);

/// Writes a whole MP4 to `path` (which exists and is empty): moov first, no edit list, composition offsets
/// from zero (version 1 ctts), BT.709 limited tags, no other metadata than title and language.
Status write_mp4(const std::string& path, const MuxJob& job);

}  // namespace capsule::media

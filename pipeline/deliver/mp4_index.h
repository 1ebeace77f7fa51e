#pragma once
#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "base/geometry.h"
#include "deliver/boxes.h"

namespace capsule::deliver {

/// One coded picture or AAC frame as the file's tables place it; times in the track's time scale.
struct Sample {
  std::uint64_t offset = 0;
  std::uint32_t size = 0;
  std::int64_t dts = 0;
  std::int64_t pts = 0;
  std::int64_t duration = 0;
  bool sync = true;
};

struct Track {
  std::string handler;  ///< "vide", "soun", …
  std::string entry;    ///< The sample entry: "avc1", "mp4a", …
  std::uint32_t timescale = 0;
  std::string language;  ///< ISO 639-2.
  Size shown;            ///< Of tkhd, whole pixels.
  bool upright = true;   ///< tkhd's matrix is the identity.
  Size coded;            ///< Of the sample entry.
  std::vector<std::uint8_t> avcc;
  std::vector<std::uint8_t> colr;
  std::int64_t aspect_num = 1, aspect_den = 1;
  std::vector<Sample> samples;  ///< In coding order.
};

/// A finished MP4 seen from outside.
struct Mp4Index {
  std::uint64_t bytes = 0;
  std::vector<TopBox> top;
  bool edit_list = false;
  bool has_title = false;
  std::string title;
  /// The first thing in the file that is neither needed to play it nor its title: a box, a creation time, a
  /// name.
  std::string foreign;
  std::vector<Track> tracks;
};

/// The index of an open file; nullopt when its boxes or tables do not hold together.
std::optional<Mp4Index> read_index(int fd, std::uint64_t bytes);

}  // namespace capsule::deliver

#pragma once
#include <cstdint>
#include <optional>
#include <vector>

#include "base/stream.h"
#include "media/h264_sets.h"
#include "media/h264_slices.h"

namespace capsule::media {

/// Writes coded pictures that show an earlier picture again: P slices of nothing but skipped macroblocks,
/// whose inferred motion is zero and residual none (ITU-T H.264 7.3.4, 8.4.1.1), so the repeat is that
/// picture, sample for sample. They are reference pictures like any other P picture: without B pictures x264
/// counts by picture order count type 2, which forbids two unreferenced pictures in a row (8.2.1.3).
class Repeater {
 public:
  /// For streams with this header (avcC); nullopt where read_parameter_sets() gives none.
  static std::optional<Repeater> make(const StreamHeader& header);

  /// Appends `count` packets that show again, after all that is in `gop`, the picture that it shows last.
  /// `gop` is a GOP from its IDR on in coding order, pts 0, 1, 2… in some order. False, and nothing is
  /// appended, when its slices are not as x264 writes them: that last picture must be a reference, and
  /// counted by its place.
  [[nodiscard]] bool append(std::vector<Packet>& gop, std::int64_t count) const;

 private:
  /// A picture's own count, and how far back in it lies the one that it repeats.
  struct Place {
    std::uint32_t frame_num = 0, order = 0, back = 1;
  };

  explicit Repeater(const ParameterSets& sets);
  /// Of a picture of one slice.
  [[nodiscard]] std::optional<SlicePlace> read_slice(const Packet& packet) const;
  /// Of the GOP's first repeat.
  [[nodiscard]] std::optional<Place> place_after(const std::vector<Packet>& gop) const;
  [[nodiscard]] std::vector<std::uint8_t> access_unit(const Place& place) const;

  ParameterSets sets_;
  std::vector<std::uint8_t> skipped_;  ///< CABAC slice data of a picture of skipped macroblocks.
};

}  // namespace capsule::media

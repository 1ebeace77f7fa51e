#pragma once
#include <cstdint>
#include <vector>

#include "base/canvas.h"
#include "base/stream.h"

namespace capsule::media {

/// Holds what a decoder shows of joined strips against the pictures they were coded from.
class JoinWatch {
 public:
  /// `crf`: at which they were coded.
  JoinWatch(Size whole, int seam, double crf);

  /// In the order in which they are shown.
  void add(const Canvas& whole);

  /// Whether the joined GOP decodes, strictly, to pictures that lie no farther from these than coding
  /// explains: within 32 rows of the seam in the mean absolute difference of any 16 × 8 samples of luma; in
  /// all of the picture, since what is wrong in one block is passed on by intra prediction, in the mean of
  /// any 8 × 8 samples of any plane.
  [[nodiscard]] bool holds(const StreamHeader& header, const std::vector<Packet>& gop) const;

  /// What a watch takes for each picture.
  static std::size_t bytes(Size whole);

 private:
  Size size_;
  int first_, rows_;  ///< The rows that are watched sample by sample.
  double crf_;
  std::vector<std::uint8_t> samples_, means_;  ///< Of all pictures.
};

}  // namespace capsule::media

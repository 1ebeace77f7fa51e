#pragma once
#include <optional>

#include "base/geometry.h"
#include "base/result.h"
#include "media/av.h"
#include "media/filter.h"

// Internal to media/: HLG and PQ → BT.709 limited.
namespace capsule::media {

class ToneMapper {
 public:
  /// `hdr`: 4:2:0, 10 bit, tagged with its transfer, matrix and primaries. Gives yuv420p of the same size.
  Result<av::FramePtr> map(AVFrame& hdr);

 private:
  std::optional<Filter> filter_;
  Size size_;
  AVColorTransferCharacteristic transfer_ = AVCOL_TRC_UNSPECIFIED;
};

}  // namespace capsule::media

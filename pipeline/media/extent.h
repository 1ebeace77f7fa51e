#pragma once
#include <optional>
#include <string>
#include <vector>

#include "base/result.h"
#include "media/input.h"

// Internal to media/: how long a stream really is.
namespace capsule::media {

struct Extent {
  Time duration;  ///< From the first shown to the end of the last picture or sound.
  Time missing;   ///< Promised by the index, absent from the data.
  FrameRate rate;
  bool variable_rate = false;
  std::int64_t frames = 0;       ///< 0 = not counted.
  std::vector<Time> key_frames;  ///< From the first shown picture; see MediaInfo.
};

/// From the index where it agrees with the headers, else from all packets' times (reads the file).
Result<Extent> measure(Input& input, AVStream* stream);

}  // namespace capsule::media

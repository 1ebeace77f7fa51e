#pragma once
#include <cstdint>
#include <optional>
#include <stop_token>
#include <string>
#include <vector>

#include "base/result.h"
#include "base/time.h"

// Cuts inside a clip whose encoder did not answer them with key frames: phones, cameras and editors' exports
// that keep a fixed distance between them.
namespace capsule::media {

/// A picture that may follow a cut: no key frame, and yet much larger than those around it. From the file's
/// index alone.
struct Suspect {
  std::int64_t key = 0;    ///< Decoding begins at this key frame: its time stamp in the index, in its units.
  std::int64_t stamp = 0;  ///< Its own.
  std::int64_t after = 0;  ///< So many pictures after the key frame in coding order.
  std::int64_t bytes = 0;  ///< Its size: what the index says is what will be read.
  Time at;                 ///< From the first picture, to within the encoder's reordering.
  friend bool operator==(const Suspect&, const Suspect&) = default;
};

/// Looks at each suspect: decodes from its key frame on (pictures that nothing refers to only near it,
/// nothing deblocked) and compares what shows shortly before and after, reduced to 64×36. Gives for each, in
/// their order, the time of the first picture after the cut on the file's own clock, or nothing: a flash, a
/// pan, a fade, grain, damage and a file that is not what its index says are no cuts. Suspects of one key
/// frame, which must stand together, share one pass; a pass decodes at most some 310 pictures (see
/// suspects.h). Errors: those of opening; "cancelled".
Result<std::vector<std::optional<Time>>> find_cuts(const std::string& path,
                                                   const std::vector<Suspect>& suspects,
                                                   std::stop_token stop);

}  // namespace capsule::media

#pragma once
#include <cstddef>
#include <cstdint>
#include <functional>
#include <memory>
#include <vector>

#include "base/canvas.h"
#include "base/hash.h"
#include "base/result.h"
#include "base/stream.h"
#include "media/encoder.h"

namespace capsule::segment {

/// What became of one segment's pictures. Only the sink's own member is filled.
struct Output {
  std::vector<Packet> packets;  ///< Times count frames from the segment's begin.
  StreamHeader header;
  std::vector<Digest> hashes;  ///< One per frame, of the visible samples of all three planes.
};

/// Where the pictures of one segment go, in order.
class Sink {
 public:
  virtual ~Sink() = default;
  virtual Status push(const Picture& picture) = 0;
  virtual Result<Output> finish() = 0;
};

/// Makes the sink of a segment, by its number in the job; called by several workers at once.
using SinkFactory = std::function<Result<std::unique_ptr<Sink>>(std::size_t)>;

SinkFactory encoding(const media::VideoSettings& settings);
SinkFactory hashing();
/// Composition only, for benches.
SinkFactory discarding();

/// Hash of a picture's visible samples.
Digest hash_picture(const Canvas& canvas);

}  // namespace capsule::segment

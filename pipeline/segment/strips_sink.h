#pragma once
#include <functional>
#include <memory>
#include <optional>

#include "media/strip.h"
#include "segment/sink.h"

namespace capsule::segment {

/// The strip of a segment that the films of a batch share.
struct SharedStrip {
  Digest shown;  ///< Of its samples in all pictures.
  media::CodedStrip coded;
};

/// Where films find it.
struct StripShelf {
  std::function<std::optional<SharedStrip>()> find;
  std::function<void(const SharedStrip&)> keep;
};

/// A sink that codes a segment in two strips under `header`, the film's (avcC). The shared one is coded only
/// where the shelf has none; then all of the film's own wait in memory (waiting_bytes()). Its output has no
/// packets where the shelf's strip does not show what the film shows there, and where strips cannot be
/// joined.
Result<std::unique_ptr<Sink>> encoding_strips(const media::VideoSettings& settings,
                                              const StreamHeader& header, media::Split split,
                                              StripShelf shelf);

}  // namespace capsule::segment

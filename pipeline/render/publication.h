#pragma once
#include <cstdint>
#include <string>
#include <vector>

#include "base/result.h"
#include "deliver/publish.h"
#include "media/decode_check.h"
#include "media/encoder.h"
#include "render/prepare.h"
#include "segment/sink.h"

namespace capsule::render {

/// A rendered film on its way out; everything borrowed until publish() returns.
struct Publication {
  const Prepared* prepared = nullptr;
  std::string target;
  FrameRange stretch;
  const std::vector<FrameRange>* ranges = nullptr;        ///< Of the segments, in film order.
  const std::vector<segment::Output>* outputs = nullptr;  ///< One per range.
  const media::EncodedAudio* sound = nullptr;
  std::vector<std::uint8_t> poster;  ///< JPEG.
  std::vector<Error> warnings;
  media::DecodeMemory* measured = nullptr;  ///< Soundtracks whose loudness is known; may be empty.
};

/// Says what was promised, then muxes, verifies and publishes with all sidecars.
Result<deliver::Published> publish(const Publication& publication, text::FontLibrary& fonts);

}  // namespace capsule::render

#pragma once
#include "base/result.h"
#include "base/stream.h"
#include "media/encoder.h"

namespace capsule::media {

/// The sound that a player will hear: interleaved stereo at 48 kHz from the film's first sample. AAC
/// overshoots the peaks it was given, so a ceiling is checked here.
Result<AudioBlock> decode_aac(const EncodedAudio& encoded);

}  // namespace capsule::media

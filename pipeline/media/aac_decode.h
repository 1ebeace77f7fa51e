#pragma once
#include <functional>

#include "base/result.h"
#include "base/stream.h"
#include "media/decoded_sound.h"

namespace capsule::media {

/// The sound that a player will hear goes to `sound` in order: interleaved stereo at 48 kHz from the film's
/// first sample. AAC overshoots the peaks it was given, so a ceiling is checked here. What was decoded,
/// without its loudness; "internal" at the first fault.
Result<DecodedSound> decode_aac(const EncodedAudio& encoded,
                                const std::function<void(const AudioBlock&)>& sound);

}  // namespace capsule::media

#pragma once
#include <optional>
#include <stop_token>

#include "base/report.h"
#include "base/result.h"
#include "media/decoded_sound.h"
#include "timeline/timeline.h"

namespace capsule::render {

/// A film's sound, and what a player hears of it.
struct MadeSound {
  media::EncodedAudio audio;
  media::DecodedSound heard;
};

/// The film's finished sound, cut to the frames [stretch). Mixed under a ceiling that leaves room for what
/// AAC adds, and mixed again lower while the decoded peak is still over the promise. nullopt: the film is
/// silent.
Result<std::optional<MadeSound>> make_sound(const timeline::Timeline& timeline, FrameRange stretch,
                                            int bit_rate, Reporter& reporter, std::stop_token stop);

}  // namespace capsule::render

#pragma once
#include <functional>
#include <optional>
#include <stop_token>

#include "audio/duck.h"
#include "audio/soundtrack.h"

namespace capsule::audio {

/// Sound of file number `file` of the timeline from source time `in` at `speed`, exactly `frames` frames
/// long. source::sound behind mix(), tables in tests.
using SoundOf = std::function<Result<Tape>(int file, Time in, Time speed, std::int64_t frames)>;

/// mix() with the decoding handed in.
Result<std::optional<Tape>> mix_with(const timeline::Timeline& timeline, double true_peak_dbtp,
                                     const SoundOf& sound_of, Reporter& reporter,
                                     const std::stop_token& stop);

/// Where in the film a decoded sound goes, and how loud. Fades are raised cosines. `loop` > 0: behind that
/// many frames of the sound it begins again, with 4 ms of fading at the seam.
struct Placing {
  std::int64_t begin = 0, end = 0;  ///< Film frames.
  std::int64_t fade_in = 0, fade_out = 0;
  double gain_db = 0;
  std::int64_t loop = 0;
  std::int64_t loop_offset = 0;  ///< Frame of the sound at `begin`.
};

/// Adds a sound to the film's bus. Values that are no numbers count as silence, others are held within ±16.
void add(const SoundSpan& bus, const SoundView& sound, const Placing& placing, const DuckCurve& duck);

}  // namespace capsule::audio

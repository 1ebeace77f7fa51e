#pragma once
#include "base/tape.h"

namespace capsule::audio {

/// The highest absolute value, between samples too: 4× oversampled by the filter of libebur128 (49 taps,
/// Hann), so that both agree. Full scale 1.
double true_peak(const SoundView& sound);

/// Turns peaks down so that the true peak stays at or under `ceiling` (a factor of full scale): looks 5 ms
/// ahead, ramps linearly, lets go with a time constant of 100 ms. Samples keep their place. Parts that need
/// nothing stay bit for bit. True where something was turned down.
bool limit(const SoundSpan& sound, double ceiling);

/// Multiplies every sample.
void scale(const SoundSpan& sound, double factor);

}  // namespace capsule::audio

#pragma once
#include "sound.h"

namespace capsule::music {

/// "Calm": 27 bars of 4/4 at 90 beats a minute in Ajam on D, with a middle part in Nahawand on B.
/// intro 0-3 · A 4-11 · B 12-15 · cadence 16 (42.7 s, rings to 45 s) · A' 17-24 · ending 25-26 (69.3 s +
/// tail).
inline constexpr double kBeat = 60.0 / 90;
inline constexpr double kBar = 4 * kBeat;
inline constexpr int kBars = 27;

/// The piece before mastering, reverb included.
Stereo calm();

}  // namespace capsule::music

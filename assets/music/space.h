#pragma once
#include "sound.h"

namespace capsule::music {

/// A room: eight delay lines that feed each other through a Hadamard matrix, damped on the way.
/// Returns the reflections alone. `seconds` = time to -60 dB.
Stereo reverb(const Stereo& in, double seconds);

}  // namespace capsule::music

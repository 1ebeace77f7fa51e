#pragma once
#include "sound.h"

namespace capsule::music {

/// Integrated loudness in LUFS by ITU-R BS.1770-4 (both gates).
double loudness(const Stereo& sound);

/// Brings the piece to `lufs`, keeps samples under `ceiling` (linear) with a look-ahead gain, fades the last
/// tail to silence.
void master(Stereo& sound, double lufs, double ceiling);

}  // namespace capsule::music

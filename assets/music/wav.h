#pragma once
#include <string>

#include "sound.h"

namespace capsule::music {

/// Writes 24-bit PCM; the file appears under its name only when it is whole. False when it cannot be written.
bool write_wav(const Stereo& sound, const std::string& path);

}  // namespace capsule::music

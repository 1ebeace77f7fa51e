#pragma once
#include <cstdint>
#include <functional>
#include <span>
#include <stop_token>
#include <string>
#include <vector>

#include "base/result.h"
#include "base/time.h"

namespace capsule::media {

/// Sound of a file as interleaved stereo float at 48 kHz: `frames` samples from `from` (file's clock), the
/// decoder's priming left out, gaps, the time before the first and after the last sample silent. More
/// channels are mixed by ITU-R BS.775, mono goes to both sides, stereo stays as it is. Without an audio
/// track: silence.
Result<std::vector<float>> read_sound(const std::string& path, Time from, std::int64_t frames,
                                      std::stop_token stop);
/// The same into silence of the length wanted. `passed` is told how many frames are done; may be empty.
Status read_sound(const std::string& path, Time from, std::span<float> out, std::stop_token stop,
                  const std::function<void(std::int64_t)>& passed = {});

/// Stereo 48 kHz played `speed` times as fast at the same pitch; `frames` samples out.
Result<std::vector<float>> change_tempo(const std::vector<float>& interleaved, Time speed,
                                        std::int64_t frames);

}  // namespace capsule::media

#include "audio/soundtrack.h"

#include <utility>

#include "audio/mix.h"
#include "source/source.h"

namespace capsule::audio {

Result<std::optional<Tape>> mix(const timeline::Timeline& timeline, double true_peak_dbtp, Reporter& reporter,
                                const std::stop_token& stop) {
  const SoundOf sound_of = [&](int file, Time in, Time speed, std::int64_t frames) {
    return source::sound(timeline.files[static_cast<std::size_t>(file)], in, speed, frames, stop);
  };
  return mix_with(timeline, true_peak_dbtp, sound_of, reporter, stop);
}

}  // namespace capsule::audio

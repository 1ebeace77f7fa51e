#include <utility>

#include "media/sound_reader.h"
#include "source/source.h"

namespace capsule::source {

Result<AudioBlock> sound(const timeline::MediaFacts& file, Time in, Time speed, std::int64_t frames,
                         std::stop_token stop) {
  AudioBlock block;
  const Time from = file.start + in;
  if (speed == Time(1, 1)) {
    TRY_ASSIGN(block.samples, media::read_sound(file.path, from, frames, std::move(stop)));
    return block;
  }
  // The tempo filter looks ahead by its window of about 60 ms.
  constexpr std::int64_t kLookAhead = kSampleRate / 8;
  const std::int64_t needed = (Time(frames, 1) * speed).floor_units(1) + kLookAhead;
  TRY_ASSIGN(const std::vector<float> original, media::read_sound(file.path, from, needed, std::move(stop)));
  TRY_ASSIGN(block.samples, media::change_tempo(original, speed, frames));
  return block;
}

}  // namespace capsule::source

#include <utility>

#include "media/sound_reader.h"
#include "source/source.h"

namespace capsule::source {

Result<Tape> sound(const timeline::MediaFacts& file, Time in, Time speed, std::int64_t frames,
                   std::stop_token stop) {
  const Time from = file.start + in;
  if (speed == Time(1, 1)) {
    Tape tape = Tape::make(frames);
    TRY(media::read_sound(file.path, from, tape.samples(), std::move(stop),
                          [&](std::int64_t done) { tape.passed(done); }));
    tape.passed(frames);
    return tape;
  }
  // The tempo filter looks ahead by its window of about 60 ms.
  constexpr std::int64_t kLookAhead = kSampleRate / 8;
  const std::int64_t needed = (Time(frames, 1) * speed).floor_units(1) + kLookAhead;
  TRY_ASSIGN(const std::vector<float> original, media::read_sound(file.path, from, needed, std::move(stop)));
  AudioBlock block;
  TRY_ASSIGN(block.samples, media::change_tempo(original, speed, frames));
  return Tape::of(block);
}

}  // namespace capsule::source

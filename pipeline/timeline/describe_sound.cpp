#include "timeline/describe_sound.h"

#include "timeline/describe.h"

// As in describe.cpp, structured bindings name every field: one that is added stops the build here.
namespace capsule::timeline {
namespace {

void add(Hasher& to, Time t) {
  to.add(t.num()).add(t.den());
}

void add(Hasher& to, const std::vector<SoundClip>& clips, const Timeline& timeline) {
  to.add(static_cast<std::int64_t>(clips.size()));
  for (const SoundClip& clip : clips) {
    const auto& [file, film_begin, film_end, in, speed, gain_db, fade_in, fade_out, loop] = clip;
    describe(to, timeline.files.at(static_cast<std::size_t>(file)));
    for (const Time t : {film_begin, film_end, in, speed, fade_in, fade_out}) {
      add(to, t);
    }
    to.add(gain_db).add(std::int64_t{loop ? 1 : 0});
  }
}

}  // namespace

void describe_sound(Hasher& hasher, const Timeline& timeline) {
  const auto& [music, voice, clips, duck_db, loudness_lufs, true_peak_dbtp] = timeline.sound;
  hasher.add(timeline.frames.value).add(timeline.rate.num).add(timeline.rate.den);
  add(hasher, music, timeline);
  add(hasher, voice, timeline);
  add(hasher, clips, timeline);
  hasher.add(duck_db).add(loudness_lufs).add(true_peak_dbtp);
}

}  // namespace capsule::timeline

#include "audio/mix.h"

#include <algorithm>
#include <cmath>
#include <cstdint>
#include <numbers>

#include "audio/loudness.h"

namespace capsule::audio {
namespace {

constexpr std::int64_t kLongestFilm = std::int64_t{kSampleRate} * 60 * 31;
constexpr std::int64_t kSeam = kSampleRate / 250;

std::int64_t samples_at(Time t) {
  return t.round_units(kSampleRate);
}

// 0 at the first frame of a fade, rising to 1 at its end.
double fade(std::int64_t done, std::int64_t length) {
  if (done >= length) {
    return 1;
  }
  return 0.5 - 0.5 * std::cos(std::numbers::pi * static_cast<double>(done) / static_cast<double>(length));
}

double fades_at(const Placing& placing, std::int64_t frame) {
  return fade(frame - placing.begin, placing.fade_in) * fade(placing.end - 1 - frame, placing.fade_out);
}

// Both sides of a loop's seam; not at the sound's first begin nor at its last end.
double seam_at(const Placing& placing, std::int64_t position) {
  const std::int64_t in_loop = position % placing.loop;
  const double behind = position >= placing.loop ? fade(in_loop, kSeam) : 1;
  return behind * fade(placing.loop - 1 - in_loop, kSeam);
}

float sane(float x) {
  return std::isfinite(x) ? std::clamp(x, -16.0F, 16.0F) : 0.0F;
}

class Mixer {
 public:
  Mixer(const timeline::Timeline& timeline, const SoundOf& sound_of, std::stop_token stop)
      : timeline_(timeline),
        sound_of_(sound_of),
        stop_(std::move(stop)),
        bus_(Tape::make(samples_at(start_of(timeline.frames, timeline.rate)))) {}

  Status add_all(const std::vector<timeline::SoundClip>& clips, const DuckCurve& duck) {
    for (const timeline::SoundClip& clip : clips) {
      TRY(add_one(clip, duck));
    }
    return {};
  }

  [[nodiscard]] Tape& bus() { return bus_; }

 private:
  Status add_one(const timeline::SoundClip& clip, const DuckCurve& duck) {
    if (stop_.stop_requested()) {
      return fail(Code{"cancelled"});
    }
    Placing placing;
    placing.begin = std::max<std::int64_t>(0, samples_at(clip.film_begin));
    placing.end = std::min(samples_at(clip.film_end), bus_.frames());
    placing.fade_in = samples_at(clip.fade_in);
    placing.fade_out = samples_at(clip.fade_out);
    placing.gain_db = clip.gain_db;
    if (placing.end <= placing.begin) {
      return {};
    }
    const std::int64_t wanted = placing.end - placing.begin;
    const Time whole = timeline_.files.at(static_cast<std::size_t>(clip.file)).duration / clip.speed;
    const std::int64_t offset = samples_at(clip.in / clip.speed);
    const bool loops = clip.loop && whole > Time{} && samples_at(whole) < offset + wanted;
    if (loops) {
      placing.loop = std::max<std::int64_t>(1, samples_at(whole));
      placing.loop_offset = offset;
    }
    TRY_ASSIGN(const Tape sound,
               sound_of_(clip.file, loops ? Time{} : clip.in, clip.speed, loops ? placing.loop : wanted));
    add(bus_, sound, placing, duck);
    return {};
  }

  const timeline::Timeline& timeline_;
  const SoundOf& sound_of_;
  std::stop_token stop_;
  Tape bus_;
};

}  // namespace

void add(const SoundSpan& bus, const SoundView& sound, const Placing& placing, const DuckCurve& duck) {
  const double gain = from_db(placing.gain_db);
  const std::int64_t length = sound.frames();
  for (std::int64_t frame = std::max<std::int64_t>(0, placing.begin);
       frame < std::min(placing.end, bus.frames()); ++frame) {
    std::int64_t position = frame - placing.begin + placing.loop_offset;
    double here = gain * fades_at(placing, frame);
    if (placing.loop > 0) {
      here *= seam_at(placing, position);
      position %= placing.loop;
    }
    if (position >= length) {
      if (placing.loop == 0) {
        break;
      }
      continue;
    }
    const float factor = static_cast<float>(here) * duck.gain_at(frame);
    for (int channel = 0; channel < kChannels; ++channel) {
      bus.samples()[static_cast<std::size_t>(frame * kChannels + channel)] +=
          factor * sane(sound.samples()[static_cast<std::size_t>(position * kChannels + channel)]);
    }
    bus.passed(frame);
    sound.passed(position);
  }
}

Result<std::optional<Tape>> mix_with(const timeline::Timeline& timeline, double true_peak_dbtp,
                                     const SoundOf& sound_of, Reporter& reporter,
                                     const std::stop_token& stop) {
  const timeline::Sound& sound = timeline.sound;
  if (sound.music.empty() && sound.voice.empty() && sound.clips.empty()) {
    return std::optional<Tape>{};
  }
  if (samples_at(start_of(timeline.frames, timeline.rate)) > kLongestFilm) {
    return fail(Code{"film-too-long"}, {{"length", start_of(timeline.frames, timeline.rate).to_seconds()},
                                        {"limit", kLongestFilm / kSampleRate}});
  }
  Mixer mixer(timeline, sound_of, stop);
  // The voice goes first, so that the bus itself tells where music has to give way.
  TRY(mixer.add_all(sound.voice, {}));
  const DuckCurve duck = sound.voice.empty() ? DuckCurve{} : DuckCurve(mixer.bus(), sound.duck_db);
  TRY(mixer.add_all(sound.music, duck));
  TRY(mixer.add_all(sound.clips, {}));
  if (stop.stop_requested()) {
    return fail(Code{"cancelled"});
  }
  master(mixer.bus(), sound.loudness_lufs, true_peak_dbtp, reporter);
  return std::optional(std::move(mixer.bus()));
}

}  // namespace capsule::audio

#include "timeline/resolve/sound.h"

#include <algorithm>
#include <optional>
#include <string>

namespace capsule::timeline {
namespace {

Time click_guard() {
  return Time::millis(20);
}

// The file of a track in the film's language; a problem where it is missing or has no sound.
std::optional<int> track_file(Context& context, const preset::Track& track, const std::string& place) {
  const std::string* path = context.text(track.file, place);
  const std::optional<int> file = path == nullptr ? std::nullopt : context.file(*path, track.file.where);
  if (file && !context.facts(*file).has_audio) {
    context.problem(Code{"no-sound"}, {{"path", *path}}, track.file.where);
    return std::nullopt;
  }
  return file;
}

// Both fades within the clip; the one at the end gives way last.
void fit_fades(SoundClip& clip) {
  const Time length = clip.film_end - clip.film_begin;
  clip.fade_out = std::min(clip.fade_out, length);
  clip.fade_in = std::min(clip.fade_in, length - clip.fade_out);
}

void add_music(Context& context, Time film) {
  const preset::Track& track = *context.preset.audio.music;
  const std::optional<int> file = track_file(context, track, "audio.music");
  if (!file || track.at >= film) {
    return;
  }
  SoundClip clip;
  clip.file = *file;
  clip.film_begin = std::max(Time{}, track.at);
  clip.in = clip.film_begin - track.at;
  clip.film_end = film;
  const Time natural_end = track.at + context.facts(*file).duration;
  const bool ends_itself = !track.loop && natural_end < film;
  if (ends_itself) {
    clip.film_end = natural_end;
  }
  clip.gain_db = track.gain_db;
  clip.loop = track.loop;
  clip.fade_in = track.fade_in;
  clip.fade_out = track.fade_out;
  if (track.fade_out == Time{}) {
    clip.fade_out = ends_itself ? click_guard() : Time::millis(1500);
  }
  if (clip.film_end <= clip.film_begin) {
    return;
  }
  fit_fades(clip);
  context.timeline.sound.music.push_back(clip);
  context.timeline.sound.duck_db = track.duck_db;
}

void add_voice(Context& context, Time film) {
  const preset::Track& track = *context.preset.audio.voice;
  const std::optional<int> file = track_file(context, track, "audio.voice");
  if (!file) {
    return;
  }
  const MediaFacts& facts = context.facts(*file);
  const Time end = track.at + facts.duration;
  SoundClip clip;
  clip.file = *file;
  clip.film_begin = std::max(Time{}, track.at);
  clip.in = clip.film_begin - track.at;
  clip.film_end = std::min(end, film);
  clip.gain_db = track.gain_db;
  clip.fade_in = track.fade_in;
  clip.fade_out = track.fade_out;
  const bool cut = end > film + Time(1, 10);
  if (cut) {
    clip.fade_out = std::max(clip.fade_out, click_guard());
    context.warn(Code{"voice-cut"},
                 {{"path", facts.path}, {"end", end.to_seconds()}, {"film", film.to_seconds()}},
                 track.file.where);
  }
  if (clip.film_end <= clip.film_begin) {
    return;
  }
  fit_fades(clip);
  context.timeline.sound.voice.push_back(clip);
}

std::optional<double> clip_gain(const preset::Audio& audio, const ClipUse& use) {
  if (use.sound_db) {
    return use.sound_db;
  }
  const bool covered = audio.music.has_value() || audio.voice.has_value();
  return audio.clips_db || covered ? audio.clips_db : std::optional(0.0);
}

bool same_sound(const SoundClip& a, const SoundClip& b) {
  return a.file == b.file && a.film_begin == b.film_begin && a.in == b.in && a.speed == b.speed;
}

void add_clip(Context& context, const ClipUse& use, Time film) {
  const std::optional<double> gain = clip_gain(context.preset.audio, use);
  if (!gain) {
    return;
  }
  SoundClip clip;
  clip.file = use.file;
  clip.film_begin = start_of(use.range.begin, context.timeline.rate);
  clip.film_end = std::min(start_of(use.range.end, context.timeline.rate), film);
  clip.in = use.in;
  clip.speed = use.speed;
  clip.gain_db = *gain;
  const Time source_end = use.out > Time{} ? use.out : context.facts(use.file).duration;
  if (source_end > use.in) {
    clip.film_end = std::min(clip.film_end, clip.film_begin + (source_end - use.in) / use.speed);
  }
  if (clip.film_end <= clip.film_begin) {
    return;
  }
  clip.fade_in = click_guard();
  clip.fade_out = click_guard();
  fit_fades(clip);
  std::vector<SoundClip>& clips = context.timeline.sound.clips;
  if (std::ranges::none_of(clips, [&](const SoundClip& other) { return same_sound(clip, other); })) {
    clips.push_back(clip);
  }
}

}  // namespace

void resolve_sound(Context& context, const std::vector<ClipUse>& clips, Time film) {
  context.timeline.sound.loudness_lufs = context.profile.loudness_lufs;
  context.timeline.sound.true_peak_dbtp = context.profile.true_peak_dbtp;
  if (context.preset.audio.music) {
    add_music(context, film);
  }
  if (context.preset.audio.voice) {
    add_voice(context, film);
  }
  for (const ClipUse& use : clips) {
    add_clip(context, use, film);
  }
}

}  // namespace capsule::timeline

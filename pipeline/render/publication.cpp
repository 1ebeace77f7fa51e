#include "render/publication.h"

#include <algorithm>
#include <filesystem>
#include <memory>
#include <set>
#include <utility>

#include "audio/soundtrack.h"
#include "deliver/publish.h"
#include "language/catalogue.h"
#include "language/tag.h"
#include "media/versions.h"
#include "text/versions.h"

namespace capsule::render {
namespace {

media::MuxJob mux_job(const Publication& p) {
  const timeline::Timeline& timeline = p.prepared->timeline;
  media::MuxJob job;
  job.size = timeline.canvas;
  job.rate = timeline.rate;
  job.video_header = p.outputs->front().header;
  for (std::size_t i = 0; i < p.outputs->size(); ++i) {
    job.segments.push_back(&(*p.outputs)[i].packets);
    job.segment_begins.push_back((*p.ranges)[i].begin - p.stretch.begin);
  }
  job.audio = p.sound;
  job.title = timeline.title;
  job.language = timeline.language;
  return job;
}

deliver::Promise promise_of(const Publication& p) {
  const preset::Profile& profile = p.prepared->profile;
  const timeline::Timeline& timeline = p.prepared->timeline;
  deliver::Promise promise;
  promise.size = timeline.canvas;
  promise.rate = timeline.rate;
  promise.frames = p.stretch.size();
  promise.sound = p.sound != nullptr;
  promise.h264_profile = p.prepared->video.profile;
  promise.b_frames = p.prepared->video.b_frames;
  promise.max_gop = p.prepared->video.max_gop;
  promise.max_bytes = profile.max_bytes;
  promise.max_rate_kbps = profile.max_rate_kbps;
  promise.buffer_kbits = profile.buffer_kbits;
  promise.loudness_lufs = profile.loudness_lufs;
  promise.true_peak_dbtp = profile.true_peak_dbtp;
  promise.title = timeline.title;
  promise.language = timeline.language;
  // The loudness of a whole film says nothing of a stretch of it.
  const bool stretch = p.stretch != FrameRange{{0}, timeline.frames};
  // Sound that cannot be brought to the loudness was told as a warning: the film is good all the same.
  const bool missed = std::any_of(p.warnings.begin(), p.warnings.end(), [](const Error& warning) {
    return warning.code == Code{"sound-quiet"} || warning.code == Code{"loudness-missed"};
  });
  if (stretch || missed) {
    promise.loudness_tolerance = 100;
  }
  return promise;
}

/// Players put a caption where the film has it, for the sake of what it leaves free.
timeline::TimedLook place_of(const timeline::CueLook& look, Size canvas) {
  timeline::TimedLook out;
  out.valign = look.valign;
  out.box = look.box;
  if (look.anchor) {
    out.anchor = PointF{look.anchor->x / canvas.width, look.anchor->y / canvas.height};
  }
  if (look.box && look.align) {
    using timeline::CueSide;
    using timeline::HAlign;
    out.side = *look.align == HAlign::kLeft     ? CueSide::kLeft
               : *look.align == HAlign::kCenter ? CueSide::kCenter
                                                : CueSide::kRight;
  }
  return out;
}

/// The captions as they were shown, on the clock of the stretch.
std::vector<deliver::CueTrack> cue_tracks(const Publication& p) {
  const timeline::Captions& captions = p.prepared->timeline.captions;
  deliver::CueTrack first{language::primary_subtag(captions.language), {}};
  deliver::CueTrack second{language::primary_subtag(captions.second_language), {}};
  for (const timeline::Cue& cue : captions.cues) {
    const FrameRange shown{std::max(cue.range.begin, p.stretch.begin),
                           std::min(cue.range.end, p.stretch.end)};
    if (shown.empty()) {
      continue;
    }
    const auto at = [&](FrameIndex f) { return start_of({f - p.stretch.begin}, p.prepared->timeline.rate); };
    const timeline::TimedLook look = place_of(cue.look, p.prepared->timeline.canvas);
    first.cues.push_back({at(shown.begin), at(shown.end), cue.text, {}, {}, look});
    if (!cue.second.empty()) {
      second.cues.push_back({at(shown.begin), at(shown.end), cue.second, {}, {}, look});
    }
  }
  std::vector<deliver::CueTrack> tracks;
  for (deliver::CueTrack& track : std::vector{std::move(first), std::move(second)}) {
    if (!track.cues.empty()) {
      tracks.push_back(std::move(track));
    }
  }
  return tracks;
}

void collect_fonts(const std::vector<timeline::Layer>& layers, std::set<std::string>& names) {
  for (const timeline::Layer& layer : layers) {
    if (const auto* text = std::get_if<timeline::Text>(&layer.content)) {
      names.insert(text->style.fonts.begin(), text->style.fonts.end());
    } else if (const auto* stack = std::get_if<timeline::Stack>(&layer.content)) {
      collect_fonts(stack->children, names);
    }
  }
}

/// Captions have letters in another cut of their fonts.
bool has_cuts(const timeline::Captions& captions) {
  return std::any_of(captions.cues.begin(), captions.cues.end(), [](const timeline::Cue& cue) {
    return std::any_of(cue.emphasis.begin(), cue.emphasis.end(),
                       [](const timeline::Emphasis& part) { return part.bold || part.italic; });
  });
}

std::vector<std::string> fonts_of(const timeline::Timeline& film, text::FontLibrary& fonts) {
  const std::vector<std::string>& captions = film.captions.style.fonts;
  std::set<std::string> names(captions.begin(), captions.end());
  collect_fonts(film.overlays, names);
  for (const timeline::Scene& scene : film.scenes) {
    collect_fonts(scene.layers, names);
  }
  std::set<std::string> known;
  std::vector<std::string> out;
  const auto add = [&](const text::FacePtr& face) {
    if (known.insert(text::FontLibrary::file(face)).second) {
      out.push_back(text::FontLibrary::name(face) + " " + fonts.digest(face).hex());
    }
  };
  for (const std::string& name : names) {
    const auto face = fonts.find(name);
    if (!face) {
      continue;
    }
    add(*face);
    if (has_cuts(film.captions)) {
      const text::FontCuts cuts = fonts.cuts(*face);
      add(cuts.bold);
      add(cuts.slanted);
      add(cuts.bold_slanted);
    }
  }
  return out;
}

deliver::Manifest manifest_of(const Publication& p, text::FontLibrary& fonts) {
  const Prepared& prepared = *p.prepared;
  deliver::Manifest manifest;
  manifest.preset = std::filesystem::path(prepared.preset.file).filename().string();
  manifest.profile = prepared.profile.id;
  for (const timeline::MediaFacts& file : prepared.timeline.files) {
    manifest.inputs.push_back({std::filesystem::path(file.path).filename().string(), file.bytes});
  }
  manifest.fonts = fonts_of(prepared.timeline, fonts);
  manifest.versions = {{"media", media::library_versions()}, {"text", text::library_versions()}};
  for (const Error& warning : p.warnings) {
    manifest.warnings.push_back(language::message(warning, language::UiLanguage::kEnglish));
  }
  // Workers meet things in any order, and what is reused is told first.
  std::sort(manifest.warnings.begin(), manifest.warnings.end());
  return manifest;
}

}  // namespace

Result<deliver::Published> publish(const Publication& p, text::FontLibrary& fonts) {
  deliver::PublishJob job;
  job.target = p.target;
  job.film = mux_job(p);
  job.promise = promise_of(p);
  job.measure = [] {
    auto meter = std::make_shared<audio::LoudnessMeter>();
    return deliver::Meter{[meter](const AudioBlock& block) { meter->add(block); },
                          [meter] {
                            const audio::Loudness loudness = meter->measured();
                            return deliver::Loudness{loudness.integrated_lufs, loudness.true_peak_dbtp};
                          }};
  };
  job.poster = p.poster;
  job.cues = cue_tracks(p);
  job.manifest = manifest_of(p, fonts);
  job.measured = p.measured;
  return deliver::publish(job);
}

}  // namespace capsule::render

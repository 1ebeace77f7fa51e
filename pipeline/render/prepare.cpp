#include "render/prepare.h"

#include <algorithm>
#include <cmath>
#include <limits>
#include <optional>
#include <utility>

#include "language/tag.h"
#include "render/drawn.h"
#include "render/warning_log.h"
#include "segment/parting.h"
#include "segment/plan.h"
#include "timeline/resolve.h"

namespace capsule::render {
namespace {

constexpr int kDraftSide = 360;
constexpr double kDraftCrf = 28;

int even(double pixels) {
  return std::max(2, static_cast<int>(std::lround(pixels / 2)) * 2);
}

/// The same picture with a shorter side of at most `side` pixels.
preset::Profile scaled_to(int side, preset::Profile profile) {
  const double scale = static_cast<double>(side) / std::min(profile.size.width, profile.size.height);
  if (scale < 1) {
    profile.size = {even(profile.size.width * scale), even(profile.size.height * scale)};
    profile.safe = {profile.safe.x * scale, profile.safe.y * scale, profile.safe.width * scale,
                    profile.safe.height * scale};
  }
  return profile;
}

/// At 360 lines, encoded fast; no cap, since a draft is not sent.
preset::Profile draft_of(const preset::Profile& whole) {
  preset::Profile profile = scaled_to(kDraftSide, whole);
  profile.x264_preset = "ultrafast";
  profile.crf = kDraftCrf;
  profile.level.clear();
  profile.max_rate_kbps = profile.buffer_kbits = 0;
  profile.max_bytes = 0;
  return profile;
}

/// `side`: a shorter side that the profile's own size is reduced to.
Result<Prepared> prepare_at(const Request& request, std::optional<int> side, const Environment& environment) {
  Prepared prepared;
  prepared.request = request;
  const Lookout lookout(&prepared.seen);
  WarningLog log(*environment.reporter);
  const preset::LoadOptions options{request.set, environment.data_folders, request.varying};
  TRY_ASSIGN(prepared.preset, preset::load_preset(request.preset, options, log));
  std::string profile = request.profile;
  if (profile.empty()) {
    profile = prepared.preset.deliver.empty() ? "wa-chat" : prepared.preset.deliver.front();
  }
  TRY_ASSIGN(prepared.profile, preset::load_profile(profile, environment.data_folders));
  if (request.draft) {
    prepared.profile = draft_of(prepared.profile);
  }
  if (side) {
    prepared.profile = scaled_to(*side, std::move(prepared.profile));
  }
  TRY_ASSIGN(prepared.language,
             language::canonical_tag(request.language.empty() ? prepared.preset.language : request.language));
  const auto facts_of = [&](const std::string& path) -> Result<timeline::MediaFacts> {
    TRY_ASSIGN(timeline::MediaFacts facts, environment.facts->facts(path));
    if (const std::int64_t missing = environment.facts->missing_pictures(path); missing > 0) {
      const Error cut{Code{"pictures-damaged"}, {{"path", path}, {"count", missing}}, {}, {}, {}};
      if (!request.allow_damaged) {
        return fail(cut);
      }
      log.warn(cut);
    }
    facts.digest = drawn_digest(facts.bytes, environment.facts->drawn(path), environment);
    return facts;
  };
  TRY_ASSIGN(prepared.timeline,
             timeline::resolve(prepared.preset, prepared.profile, prepared.language, facts_of, log));
  compose::Services services;
  services.fonts = environment.fonts;
  services.reporter = &log;
  services.once = prepared.said;
  TRY(compose::review(prepared.timeline, services));
  prepared.video = video_settings(prepared.profile);
  prepared.warnings = log.take();
  return prepared;
}

}  // namespace

std::optional<std::string> changed_file(const timeline::Timeline& timeline) {
  SecondLook look;
  const auto changed = std::ranges::find_if_not(
      timeline.files, [&](const timeline::MediaFacts& file) { return look.same(file.seen); });
  return changed == timeline.files.end() ? std::nullopt : std::optional(changed->path);
}

std::uint64_t waiting_bytes(const Prepared& prepared) {
  if (prepared.request.varying.empty()) {
    return 0;
  }
  const timeline::Timeline& timeline = prepared.timeline;
  return segment::waiting_bytes(
      timeline, segment::ranges(timeline, prepared.video, {FrameIndex{0}, timeline.frames}), prepared.video);
}

media::VideoSettings video_settings(const preset::Profile& profile) {
  media::VideoSettings video;
  video.size = profile.size;
  video.rate = profile.rate;
  video.profile = profile.h264_profile;
  video.preset = profile.x264_preset;
  video.crf = profile.crf;
  video.b_frames = profile.b_frames;
  video.max_gop =
      static_cast<int>(std::max<std::int64_t>(1, nearest_frame(profile.max_gop, profile.rate).value));
  video.max_rate_kbps = profile.max_rate_kbps;
  video.buffer_kbits = profile.buffer_kbits;
  video.level = profile.level;
  return video;
}

Result<Prepared> prepare(const Request& request, const Environment& environment) {
  return prepare_at(request, {}, environment);
}

Result<Prepared> prepare_smaller(const Prepared& prepared, int side, const Environment& environment) {
  SilentReporter silent;
  Environment quiet = environment;
  quiet.reporter = &silent;
  TRY_ASSIGN(Prepared smaller, prepare_at(prepared.request, side, quiet));
  Sightings both = prepared.seen;
  both.add(smaller.seen);
  if (!both.reliable(std::numeric_limits<std::int64_t>::min())) {
    return fail(Code{"media-changed"}, {{"path", prepared.request.preset}});
  }
  // The same boundaries.
  for (timeline::MediaFacts& file : smaller.timeline.files) {
    const auto same = std::ranges::find(prepared.timeline.files, file.path, &timeline::MediaFacts::path);
    if (same != prepared.timeline.files.end()) {
      file.cuts = same->cuts;
    }
  }
  return smaller;
}

}  // namespace capsule::render

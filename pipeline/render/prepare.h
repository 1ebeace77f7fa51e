#pragma once
#include <map>
#include <memory>
#include <optional>
#include <set>
#include <string>
#include <vector>

#include "compose/compositor.h"
#include "media/encoder.h"
#include "preset/preset.h"
#include "preset/profile.h"
#include "render/environment.h"
#include "timeline/timeline.h"

namespace capsule::render {

/// What the user asked for: one preset, one profile, one language.
struct Request {
  std::string preset;    ///< Path.
  std::string profile;   ///< Empty: the preset's first.
  std::string language;  ///< Empty: the preset's main language.
  std::map<std::string, std::string> set;
  bool draft = false;               ///< 360 lines, fast encoding.
  bool allow_damaged = false;       ///< A clip that is cut short is a warning and not an error.
  std::set<std::string> varying{};  ///< Those variables in which the films of a batch may differ.
};

/// A capsule made ready to be drawn: read, checked, its files probed, every value absolute.
struct Prepared {
  Request request;
  preset::Preset preset;
  preset::Profile profile;
  std::string language;
  timeline::Timeline timeline;
  media::VideoSettings video;
  std::vector<Error> warnings;  ///< Met on the way; they were reported as well.
  Sightings
      seen;  ///< All that was looked at for it, but for installed fonts: FontLibrary::installed_digest().
  std::shared_ptr<compose::Once> said = std::make_shared<compose::Once>();  ///< Of its texts.
};

/// Reads a preset and everything that it names, and resolves it for one profile and one language. Warnings go
/// to the environment's reporter as well. Errors: all that a preset, its files and its texts can have wrong
/// (exit codes 2 and 3), and what stops the run.
Result<Prepared> prepare(const Request& request, const Environment& environment);
/// The same capsule with a shorter side of at most `side` pixels, for size caps: prepared anew from its
/// files, so that the errors are those of prepare(). Its warnings are not reported again.
Result<Prepared> prepare_smaller(const Prepared& prepared, int side, const Environment& environment);

/// The first of its media files that was touched since its facts were found out; nullopt: none. What was made
/// since then may be of other bytes, and is not to be kept.
std::optional<std::string> changed_file(const timeline::Timeline& timeline);

/// What a worker of such a film may hold beside what every worker holds; see plan_memory().
std::uint64_t waiting_bytes(const Prepared& prepared);

/// The encoder settings that a profile asks for.
media::VideoSettings video_settings(const preset::Profile& profile);

}  // namespace capsule::render

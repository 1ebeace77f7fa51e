#pragma once
#include <functional>
#include <string>
#include <vector>

#include "base/report.h"
#include "preset/preset.h"
#include "preset/profile.h"
#include "timeline/timeline.h"

namespace capsule::timeline {

/// Finds out about a file; render/ gives media::probe and a hash, tests give tables.
using FactsOf = std::function<Result<MediaFacts>(const std::string& path)>;

/// Preset × profile × language → Timeline. `language` is a BCP 47 tag; a text that lacks it is an error that
/// names the text's place. Errors are gathered: "timeline-invalid" with one cause per problem
/// ("effect-too-long", "trim-outside", "language-missing", "cue-overlap", kFilmTooLong…).
Result<Timeline> resolve(const preset::Preset& preset, const preset::Profile& profile,
                         const std::string& language, const FactsOf& facts_of, Reporter& reporter);

}  // namespace capsule::timeline

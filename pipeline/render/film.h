#pragma once
#include <optional>
#include <string>
#include <vector>

#include "base/hash.h"
#include "base/result.h"
#include "base/time.h"
#include "render/environment.h"
#include "render/prepare.h"

namespace capsule::render {

/// Where the pictures go: into a published film, or into per-frame hashes or nothing, for tests and benches.
enum class SinkKind { kEncode, kHash, kNull };

struct FilmOptions {
  SinkKind sink = SinkKind::kEncode;
  bool allow_damaged = false;       ///< Go on where a clip has damaged pictures; else kPicturesDamaged.
  std::optional<Time> from, until;  ///< Only this stretch of the film.
};

/// What a finished render tells.
struct Film {
  std::string path;  ///< Of the published file; empty for the other sinks.
  std::int64_t frames = 0, bytes = 0;
  std::int64_t segments = 0;
  double seconds = 0;
  double crf = 0;  ///< The one that was used; higher than the profile's when the size cap asked for it.
  double integrated_lufs = 0, true_peak_dbtp = 0;
  bool sound = false;
  std::vector<Digest> hashes;  ///< kHash: one per frame.
};

/// Draws, encodes, mixes, muxes, verifies and publishes one capsule under `output`. On any error the old file
/// of that name is untouched and nothing partial is left. kSizeCapMissed when the profile's cap cannot be
/// met.
Result<Film> render_film(const Prepared& prepared, const std::string& output, const FilmOptions& options,
                         const Environment& environment);

/// The final pictures at the given film times, clamped to the film, through the same compositor as
/// render_film.
Result<std::vector<Picture>> frames_at(const Prepared& prepared, const std::vector<Time>& at,
                                       const Environment& environment);

}  // namespace capsule::render

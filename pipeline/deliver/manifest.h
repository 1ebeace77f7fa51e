#pragma once
#include <string>
#include <utility>
#include <vector>

#include "base/hash.h"
#include "deliver/verify.h"

namespace capsule::deliver {

/// A file that went into a capsule.
struct ManifestInput {
  std::string path;
  Digest digest;
};

/// The archive record of one capsule. Nothing in it depends on when or where it was rendered, but for the
/// paths given.
struct Manifest {
  std::string preset, profile;
  std::vector<ManifestInput> inputs;
  std::vector<std::string> fonts;
  std::vector<std::pair<std::string, std::string>>
      versions;                       ///< Of capsule and its libraries: name, version.
  std::vector<std::string> warnings;  ///< Sentences, as they were shown.
};

/// One JSON object, indented, with a line end. `file` and `digest` are of the published MP4.
std::string write_manifest(const Manifest& manifest, const Promise& promise, const Verified& verified,
                           const std::string& file, const Digest& digest);

}  // namespace capsule::deliver

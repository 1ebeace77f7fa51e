#pragma once
#include <set>
#include <string>
#include <vector>

#include "base/sightings.h"
#include "cli/file_watch.h"
#include "render/prepare.h"

namespace capsule::cli {

/// The files that a film is made of, and those that it is published as: which saves are a reason to render
/// again.
class Sources {
 public:
  /// `folders`: where any save counts while it is not known what the preset needs, since it is wrong.
  explicit Sources(const std::vector<std::string>& folders);

  /// Watches these folders from the start.
  Status watch(FileWatch& files) const;
  /// A new round: nothing is known yet of what it needs.
  void begin();
  /// What was looked at, whatever came of it: also where a file was missed.
  Status add(const Sightings& seen, FileWatch& files);
  /// A capsule is made ready, and is published as `film` with its sidecars.
  Status add(const render::Prepared& prepared, const std::string& film, FileWatch& files);

  /// All capsules of the round are made ready.
  void complete() { complete_ = true; }

  /// Whether a save of that file concerns the film.
  [[nodiscard]] bool concerns(const std::string& path) const;

 private:
  std::set<std::string> folders_;
  std::set<std::string> files_;    ///< Looked at, or looked for.
  std::set<std::string> outputs_;  ///< Of all rounds.
  bool complete_ = false;
};

}  // namespace capsule::cli

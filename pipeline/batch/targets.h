#pragma once
#include <map>
#include <string>
#include <vector>

#include "base/result.h"
#include "render/prepare.h"

namespace capsule::batch {

/// A film that is asked for, and what is known of its name beforehand.
struct Target {
  render::Request request;
  std::string profile;   ///< Id; empty: the preset decides.
  std::string language;  ///< Canonical; empty: the preset decides.
};

/// Finds out which of the films that are asked for are the same, and which would overwrite one another.
/// Remembers the profiles that it has read.
class Targets {
 public:
  explicit Targets(std::vector<std::string> data_folders) : data_folders_(std::move(data_folders)) {}

  /// The films of one preset: each once, though it be asked for twice or by two names of one profile.
  /// "targets-clash" where different ones would be written under one name, and what load_profile and
  /// canonical_tag say.
  Result<std::vector<Target>> of(const std::vector<render::Request>& requests);

 private:
  struct Place {
    std::string id;
    std::string key;  ///< The same for names that mean the same profile.
  };

  Result<Place> place(const std::string& profile);

  std::vector<std::string> data_folders_;
  std::map<std::string, Place> known_;
};

/// "STEM.PROFILE.LANG.mp4"; of a draft, which must not stand in for the film, "STEM.PROFILE.LANG.draft.mp4".
std::string film_name(const std::string& stem, const std::string& profile, const std::string& language,
                      bool draft);

/// All that may be published with a film, the film first, as deliver::publish() names it.
std::vector<std::string> published_files(const render::Prepared& prepared, const std::string& film);

/// "output-is-input" where a file that the capsule is made of would be replaced by one that is made of it.
Status check_inputs(const render::Prepared& prepared, const std::string& film);

}  // namespace capsule::batch

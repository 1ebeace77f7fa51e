#pragma once
#include <map>
#include <string>
#include <vector>

#include "batch/batch.h"

namespace capsule::batch {

/// Films in the folder that a row left behind under a name which it no longer has → the row's id. Films of
/// other presets, profiles, languages and rows are none; of ids that begin alike ("A" and "A-1") the longest
/// is meant.
std::map<std::string, std::string> superseded(const std::string& folder,
                                              const std::vector<Outcome>& outcomes);

/// Films in the folder that bear the name of a capsule which failed now → its id.
std::map<std::string, std::string> outdated(const std::string& folder, const std::vector<Outcome>& outcomes);

}  // namespace capsule::batch

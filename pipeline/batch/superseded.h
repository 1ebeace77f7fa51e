#pragma once
#include <map>
#include <string>
#include <vector>

#include "batch/batch.h"

namespace capsule::batch {

/// Films in the folder that a row left behind under a name which it no longer has → the row's id. Films of
/// other presets, profiles, languages and rows are none, and neither are those of rows whose id has a dash.
std::map<std::string, std::string> superseded(const std::string& folder,
                                              const std::vector<Outcome>& outcomes);

}  // namespace capsule::batch

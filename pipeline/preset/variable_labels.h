#pragma once
#include <map>
#include <string>

#include "preset/preset.h"

namespace capsule::preset {

/// What a preset calls its variables before people, in any of its languages → the variable. A label that two
/// variables bear is none. Errors are variables_of()'s.
Result<std::map<std::string, std::string>> variable_labels(const std::string& path,
                                                           const LoadOptions& options);

}  // namespace capsule::preset

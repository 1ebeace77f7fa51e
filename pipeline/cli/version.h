#pragma once
#include <string>

namespace capsule::cli {

/// "capsule 0.1.0" and a line per library with the version that runs.
std::string version_text();

}  // namespace capsule::cli

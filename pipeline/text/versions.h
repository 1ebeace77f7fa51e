#pragma once
#include <string>

namespace capsule::text {

/// "HarfBuzz 6.0.0, FreeType 2.12.1, FriBidi …" of the libraries that run.
std::string library_versions();

}  // namespace capsule::text

#include "cli/version.h"

#include "media/versions.h"
#include "text/versions.h"

namespace capsule::cli {

std::string version_text() {
  return std::string("capsule " CAPSULE_VERSION "\n") + media::library_versions() + "\n" +
         text::library_versions();
}

}  // namespace capsule::cli

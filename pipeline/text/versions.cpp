#include "text/versions.h"

#include <fmt/format.h>
#include <fontconfig/fontconfig.h>
#include <fribidi.h>
#include <ft2build.h>
#include <hb.h>
#include FT_FREETYPE_H

namespace capsule::text {

std::string library_versions() {
  int major = 0;
  int minor = 0;
  int patch = 0;
  FT_Library library = nullptr;
  if (FT_Init_FreeType(&library) == 0) {
    FT_Library_Version(library, &major, &minor, &patch);
    FT_Done_FreeType(library);
  }
  const int fc = FcGetVersion();
  return fmt::format("HarfBuzz {}, FreeType {}.{}.{}, FriBidi {}, fontconfig {}.{}.{}", hb_version_string(),
                     major, minor, patch, FRIBIDI_VERSION, fc / 10000, fc / 100 % 100, fc % 100);
}

}  // namespace capsule::text

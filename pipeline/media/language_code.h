#pragma once
#include <string>
#include <string_view>

namespace capsule::media {

/// BCP 47 tag → the three-letter code (ISO 639-2/T) of an MP4's media header: "ar-MA" → "ara", "zgh" → "zgh".
/// "und" for what has none.
std::string iso_639_2(std::string_view bcp47);

}  // namespace capsule::media

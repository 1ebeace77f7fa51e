#pragma once
#include <stop_token>
#include <string>

#include "base/geometry.h"
#include "base/result.h"
#include "media/frame.h"

namespace capsule::media {

/// Decodes a picture file (JPEG, PNG, WebP, HEIC, AVIF, GIF and animated WebP by their first picture, BMP,
/// TIFF, SVG). `least` (pixels as shown; 0×0 = all there are) is what the caller needs of the whole picture:
/// a larger JPEG may be reduced while decoding, an SVG is drawn at exactly that size. The header is checked
/// against the limits first. Errors: "file-…", "picture-too-large", "media-damaged" (cut or broken; never
/// half a picture), "media-unreadable", "media-playlist", "media-kind-refused", "svg-…".
Result<Frame> read_still(const std::string& path, Size least, std::stop_token stop);

}  // namespace capsule::media

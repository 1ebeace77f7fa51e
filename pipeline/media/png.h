#pragma once
#include <cstdint>
#include <string>
#include <vector>

#include "base/canvas.h"
#include "base/result.h"

// Finished pictures as files that people open: previews, contact sheets, posters. No metadata, same bytes
// every time.
namespace capsule::media {

/// sRGB PNG. `level`: zlib's 0 (none, fastest) to 9; 1 is the preview's choice.
Result<std::vector<std::uint8_t>> encode_png(const Canvas& canvas, int level = 1);
/// sRGB PNG with straight alpha.
Result<std::vector<std::uint8_t>> encode_png(const Rgba& pixels, int level = 1);
/// Full-range BT.601 JPEG as every viewer expects. `quality`: 2 (best) to 31, the scale of libav's mjpeg
/// encoder.
Result<std::vector<std::uint8_t>> encode_jpeg(const Canvas& canvas, int quality = 3);

/// JPEG when the name ends in .jpg or .jpeg (any case), else PNG; whole or absent (AtomicFile).
/// output-failed. `level` is encode_png's.
Status write_still(const std::string& path, const Canvas& canvas, int level = 1);
Status write_still(const std::string& path, const Rgba& pixels);

}  // namespace capsule::media

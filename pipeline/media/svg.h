#pragma once
#include <stop_token>
#include <string>
#include <string_view>

#include "base/geometry.h"
#include "base/result.h"
#include "media/frame.h"

namespace capsule::media {

/// The size an SVG asks for, in pixels at 96 per inch: width and height, else its viewBox, else 512×512. Read
/// from the root element's attributes without any XML library.
Size svg_size(std::string_view text);

/// Draws an SVG at `size` in a child process with limits of its own (memory, processor time, no files to
/// write), so that a hostile file stops the child and not us: R'G'B'A, premultiplied. Errors:
/// "svg-unreadable", "svg-too-complex", "svg-helper-missing", "picture-too-large".
Result<Frame> draw_svg(const std::string& path, Size size, std::stop_token stop);

}  // namespace capsule::media

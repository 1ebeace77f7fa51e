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

/// Whether an SVG may draw letters, in the fonts that are installed. Rather yes than no: what may hide some
/// (entities, pictures inside, includes, other encodings than UTF-8, compression) counts as letters.
bool may_draw_letters(std::string_view svg);

/// The libraries that draw SVG, with their versions; fewer where one does not tell.
std::string svg_versions();

/// Draws an SVG at `size` in a child process with limits of its own (memory, processor time, no files to
/// write), so that a hostile file stops the child and not us: R'G'B'A, premultiplied. The person's language
/// has no part in it; fonts are those of fontconfig. Errors: "svg-unreadable", "svg-too-complex", "svg-late",
/// "svg-helper-missing", "picture-too-large".
Result<Frame> draw_svg(const std::string& path, Size size, std::stop_token stop);

}  // namespace capsule::media

#pragma once
#include "base/hash.h"
#include "render/environment.h"

namespace capsule::render {

/// What stands for a file's pictures: the digest of its bytes itself, or of an SVG the digest of them, of the
/// libraries that draw it and, where it may have letters, of the installed fonts.
Digest drawn_digest(const Digest& bytes, Drawn drawn, const Environment& environment);

}  // namespace capsule::render

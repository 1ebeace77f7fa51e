#include "render/drawn.h"

#include <optional>

#include "media/svg.h"

namespace capsule::render {
Digest drawn_digest(const Digest& bytes, Drawn drawn, const Environment& environment) {
  if (drawn == Drawn::kNot) {
    return bytes;
  }
  Hasher hasher;
  hasher.add("svg").add(bytes).add(media::svg_versions());
  if (drawn == Drawn::kWithFonts && environment.fonts != nullptr) {
    const std::optional<Digest> listed = environment.fonts->installed_digest(environment.settle_ns);
    hasher.add(listed ? *listed : environment.fonts->installed_content());
  }
  return hasher.digest();
}

}  // namespace capsule::render

#pragma once
#include <optional>
#include <string>

#include "timeline/resolve/context.h"
#include "timeline/resolve/geometry.h"

namespace capsule::timeline {

/// A media layer in a box of the given size. Checks the file, its trim and its speed; problems go to the
/// context.
std::optional<Media> resolve_media(Context& context, const preset::MediaLayer& media, const RectF& box,
                                   const std::string& name);

}  // namespace capsule::timeline

#pragma once
#include <cstdint>
#include <optional>
#include <vector>

#include "base/time.h"
#include "media/strip.h"
#include "timeline/timeline.h"

namespace capsule::segment {

/// How a range's pictures are divided so that the films of a batch share most of them: above or below all
/// layers that vary (Layer::varies), where these stand near one edge. nullopt where that cannot be or does
/// not pay: nothing varies here, or nearly all; nothing moves, so that the range is one key frame and
/// repeats; captions make room for what varies; the scene moves as a whole; the x264 preset shares its bits
/// out over whole pictures (no macroblock tree).
std::optional<media::Split> split_of(const timeline::Timeline& timeline, FrameRange range,
                                     const media::VideoSettings& settings);

/// What a worker holds at most while one strip of a segment waits for the other; 0 where nothing is divided.
std::uint64_t waiting_bytes(const timeline::Timeline& timeline, const std::vector<FrameRange>& ranges,
                            const media::VideoSettings& settings);

/// The film without what varies.
timeline::Timeline common_part(const timeline::Timeline& timeline);

}  // namespace capsule::segment

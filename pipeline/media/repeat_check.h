#pragma once
#include <cstdint>
#include <vector>

#include "base/stream.h"

namespace capsule::media {

/// Whether a decoder shows what hand-written repeats are to show: the whole GOP decodes strictly, and each of
/// its last `repeats` pictures is, sample for sample, the one before it. `header`: avcC.
bool shows_again(const StreamHeader& header, const std::vector<Packet>& gop, std::int64_t repeats);

}  // namespace capsule::media

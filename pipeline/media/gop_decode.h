#pragma once
#include <cstdint>
#include <functional>
#include <vector>

#include "base/stream.h"
#include "media/av.h"

namespace capsule::media {

/// Told of each picture in the order in which they are shown; false ends the work.
using ShownPicture = std::function<bool(const AVFrame&)>;

/// It reads no bits, so that it can neither fail nor hide a fault: nobody misses it who does not look.
enum class Deblocking { kDone, kLeftOut };

/// Decodes a closed GOP strictly; false at the first damage, where `shown` says so, and unless every packet
/// became a picture. `header`: avcC.
bool decode_gop(const StreamHeader& header, const std::vector<Packet>& gop, const ShownPicture& shown,
                Deblocking deblocking = Deblocking::kDone);

}  // namespace capsule::media

#pragma once
#include <cstdint>
#include <span>
#include <vector>

#include "base/hash.h"
#include "base/stream.h"
#include "media/decode_check.h"

namespace capsule::media {

/// How many pictures of a GOP are decoded to say what a decoder says of it: the key picture, and one that
/// needs it.
inline constexpr int kDecodedOfGop = 2;

/// All that decoding the first of a GOP's pictures (coding order) depends on; `extradata`: avcC.
Digest digest_of_head(std::span<const std::uint8_t> extradata, std::span<const Packet* const> pictures);

/// Decodes the first pictures of a GOP as decode_check() would those of the film that it stands in, and tells
/// `memory` when they are whole, so that the film need not wait for it. What is not is left to that check.
void check_head(const StreamHeader& header, const std::vector<Packet>& gop, DecodeMemory& memory);

}  // namespace capsule::media

#include "media/head_check.h"

#include <algorithm>

#include "media/av.h"
#include "media/gop_decode.h"

namespace capsule::media {

Digest digest_of_head(std::span<const std::uint8_t> extradata, std::span<const Packet* const> pictures) {
  Hasher hasher;
  hasher.add("decoded head 2").add(std::int64_t{avcodec_version()}).add_bytes(extradata);
  for (const Packet* picture : pictures) {
    hasher.add_bytes(picture->data).add(std::int64_t{picture->key ? 1 : 0});
  }
  return hasher.digest();
}

void check_head(const StreamHeader& header, const std::vector<Packet>& gop, DecodeMemory& memory) {
  const std::size_t count = std::min<std::size_t>(gop.size(), kDecodedOfGop);
  std::vector<const Packet*> pictures;
  for (std::size_t i = 0; i < count; ++i) {
    pictures.push_back(&gop[i]);
  }
  const Digest digest = digest_of_head(header.extradata, pictures);
  if (gop.empty() || memory.has_head(digest)) {
    return;
  }
  const std::vector<Packet> head(gop.begin(), gop.begin() + static_cast<std::ptrdiff_t>(count));
  if (decode_gop(
          header, head, [](const AVFrame&) { return true; }, Deblocking::kLeftOut)) {
    memory.keep_head(digest);
  }
}

}  // namespace capsule::media

#include "media/decoded_sound.h"

extern "C" {
#include <libavcodec/avcodec.h>
}

namespace capsule::media {

SoundHasher::SoundHasher(std::string_view codec, std::span<const std::uint8_t> extradata) {
  hasher_.add("decoded sound 2").add(std::int64_t{avcodec_version()}).add(codec).add_bytes(extradata);
}

Digest digest_of(const EncodedAudio& encoded) {
  SoundHasher hasher(avcodec_get_name(AV_CODEC_ID_AAC), encoded.header.extradata);
  for (const Packet& packet : encoded.packets) {
    hasher.add(packet.pts - encoded.packets.front().pts, packet.data);
  }
  return hasher.digest();
}

}  // namespace capsule::media

#pragma once
#include <cstdint>
#include <functional>
#include <optional>
#include <string>
#include <vector>

#include "base/geometry.h"
#include "base/hash.h"
#include "base/result.h"
#include "base/stream.h"
#include "base/time.h"
#include "media/decoded_sound.h"
#include "media/muxer.h"

namespace capsule::media {

/// One picture as a player gets it.
struct DecodedPicture {
  Time shown;     ///< When, on the file's clock.
  char type = 0;  ///< 'I', 'P', 'B'.
  bool key = false;
};

/// What a finished file turns out to be when all of it is decoded. Names are libav's.
struct DecodedFilm {
  int video_streams = 0, sound_streams = 0, other_streams = 0;
  std::string video_codec, profile, pixel_format;
  Size size;
  std::int64_t aspect_num = 1, aspect_den = 1;  ///< Of a pixel.
  bool interlaced = false;
  std::string primaries, transfer, matrix, range;
  std::vector<DecodedPicture> pictures;  ///< In the order shown.
  std::string sound_codec, sound_profile;
  int sample_rate = 0, channels = 0;
  Time sound_start;
  std::int64_t samples = 0;
  Digest sound_digest;                      ///< Of the sound's packets; with a memory only.
  std::optional<DecodedSound> known_sound;  ///< As the memory has it: it was not decoded again.
};

/// Remembers what was decoded without a fault, by its packets: soundtracks, since what was whole once is
/// whole under any pictures, and the first pictures of GOPs. Asked and told by several threads at once.
class DecodeMemory {
 public:
  virtual ~DecodeMemory() = default;
  virtual std::optional<DecodedSound> find(const Digest& sound) = 0;
  /// Told by whoever measures what decode_check() or decode_aac() gave.
  virtual void keep(const Digest& digest, const DecodedSound& sound) = 0;
  /// Whether the first pictures of such a GOP were decoded without a fault.
  virtual bool has_head(const Digest& gop) = 0;
  virtual void keep_head(const Digest& gop) = 0;
};

/// What need not be decoded to be known.
struct DecodeHelp {
  const MuxJob* made = nullptr;  ///< What the file was written from.
  DecodeMemory* memory = nullptr;
};

/// Decodes every picture and all sound of an MP4 as a player without edit lists would, strictly: the first
/// damage ends it ("decode-damaged": path, seconds, native). Deblocking is left out, as it can neither fail
/// nor hide a fault. Stereo 48 kHz sound goes to `sound` in order, a frame at a time; an error of `sound`
/// ends the work. Sound that the memory knows is not decoded, and `sound` is not called. Of a file that was
/// just made, every picture must be the encoder's, byte for byte and at its time, which finds more than
/// decoding can: a damaged picture often decodes. Only the first two of each GOP are decoded, so that what is
/// said of the pictures is what a decoder says; of GOPs that the memory knows, those of the first alone.
Result<DecodedFilm> decode_check(const std::string& path,
                                 const std::function<Status(const AudioBlock&)>& sound,
                                 const DecodeHelp& help = {});

}  // namespace capsule::media

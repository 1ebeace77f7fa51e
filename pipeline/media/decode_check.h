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

namespace capsule::media {

/// One picture as a player gets it.
struct DecodedPicture {
  Time shown;     ///< When, on the file's clock.
  char type = 0;  ///< 'I', 'P', 'B'.
  bool key = false;
};

/// A whole soundtrack that was decoded without a fault, and what was measured on it.
struct DecodedSound {
  std::string profile;
  int sample_rate = 0, channels = 0;
  std::int64_t samples = 0;
  double integrated_lufs = 0, true_peak_dbtp = 0;
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
  Digest sound;                             ///< Of the sound's packets; with a memory only.
  std::optional<DecodedSound> known_sound;  ///< As the memory has it: it was not decoded again.
};

/// Remembers GOPs and soundtracks that were decoded without a fault, by their bytes: what was whole once is
/// whole wherever it stands. Called from several threads.
class GopMemory {
 public:
  virtual ~GopMemory() = default;
  /// The pictures of a GOP, timed from its first packet; nullopt where it was never decoded.
  virtual std::optional<std::vector<DecodedPicture>> find(const Digest& gop) = 0;
  virtual void keep(const Digest& gop, const std::vector<DecodedPicture>& pictures) = 0;
  virtual std::optional<DecodedSound> find_sound(const Digest& sound) = 0;
  /// Told by whoever measures what decode_check() gave.
  virtual void keep_sound(const Digest& digest, const DecodedSound& sound) = 0;
};

/// Who decodes, and what need not be decoded again.
struct DecodeHelp {
  int workers = 1;  ///< Threads that share out the GOPs.
  GopMemory* memory = nullptr;
};

/// Decodes every picture and all sound of an MP4 as a player without edit lists would, strictly: the first
/// damage ends it ("decode-damaged": path, seconds, native). Deblocking is left out, as it can neither fail
/// nor hide a fault. Stereo 48 kHz sound goes to `sound` in order, a frame at a time, on the caller's thread;
/// an error of `sound` ends the work. GOPs must be closed; of those that the memory knows, the file's bytes
/// are read and hashed, and only the very first picture is decoded; of sound that it knows, nothing, and
/// `sound` is not called.
Result<DecodedFilm> decode_check(const std::string& path,
                                 const std::function<Status(const AudioBlock&)>& sound,
                                 const DecodeHelp& help = {});

}  // namespace capsule::media

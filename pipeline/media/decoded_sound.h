#pragma once
#include <cstdint>
#include <span>
#include <string>
#include <string_view>

#include "base/hash.h"
#include "media/encoder.h"

namespace capsule::media {

/// A whole soundtrack that was decoded without a fault, and what was measured on it.
struct DecodedSound {
  std::string profile;  ///< libav's name.
  int sample_rate = 0, channels = 0;
  std::int64_t samples = 0;
  double integrated_lufs = 0, true_peak_dbtp = 0;
};

/// Of all that decoding a soundtrack depends on: the decoder and its version, its configuration and the
/// packets in order.
class SoundHasher {
 public:
  /// `codec`: libav's name.
  SoundHasher(std::string_view codec, std::span<const std::uint8_t> extradata);

  /// `at`: in samples from the first packet's time.
  void add(std::int64_t at, std::span<const std::uint8_t> packet) { hasher_.add(at).add_bytes(packet); }

  [[nodiscard]] Digest digest() const { return hasher_.digest(); }

 private:
  Hasher hasher_;
};

/// The digest that a film's soundtrack has when it is read back from the file that was written of this.
Digest digest_of(const EncodedAudio& encoded);

}  // namespace capsule::media

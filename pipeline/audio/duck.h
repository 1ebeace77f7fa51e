#pragma once
#include <cstdint>
#include <vector>

#include "base/tape.h"

namespace capsule::audio {

/// How far the music goes down, from 0 (not at all) to 1 (whole depth), a point a millisecond.
class DuckCurve {
 public:
  /// Flat: no ducking.
  DuckCurve() = default;
  /// From the voice as it stands in the film (from frame 0). It counts as speaking where its level over 50 ms
  /// is above -40 dBFS; pauses under 0.4 s are bridged. The way down takes 120 ms and is over when the voice
  /// starts, the way up 500 ms from its end; both are linear in dB with rounded corners.
  DuckCurve(const SoundView& voice, double depth_db);

  /// The factor for the music at a frame of the film.
  [[nodiscard]] float gain_at(std::int64_t frame) const;

  [[nodiscard]] bool flat() const { return gains_.empty(); }

 private:
  std::vector<float> gains_;
};

}  // namespace capsule::audio

#pragma once
#include <memory>
#include <optional>
#include <stop_token>

#include "base/report.h"
#include "base/result.h"
#include "base/tape.h"
#include "timeline/timeline.h"

namespace capsule::audio {

struct Loudness {
  double integrated_lufs = 0;  ///< EBU R128 / ITU-R BS.1770-4; -inf for silence.
  double true_peak_dbtp = 0;
};

/// Integrated loudness and true peak (libebur128) of sound that comes block by block.
class LoudnessMeter {
 public:
  LoudnessMeter();
  ~LoudnessMeter();
  LoudnessMeter(LoudnessMeter&&) noexcept;
  LoudnessMeter& operator=(LoudnessMeter&&) noexcept;
  LoudnessMeter(const LoudnessMeter&) = delete;
  LoudnessMeter& operator=(const LoudnessMeter&) = delete;

  void add(const AudioBlock& block);
  /// Of all that was added.
  [[nodiscard]] Loudness measured() const;

 private:
  struct State;
  std::unique_ptr<State> state_;
};

/// The same of sound that is there as a whole.
Loudness measure(const SoundView& sound);

/// The film's sound: music, voice and clips mixed, music ducked under the voice, one gain to the loudness
/// wanted and a look-ahead limiter that holds the true peak under the ceiling. Exactly the film's length in
/// samples. nullopt when the timeline has no sound.
Result<std::optional<Tape>> mix(const timeline::Timeline& timeline, double true_peak_dbtp, Reporter& reporter,
                                const std::stop_token& stop);

}  // namespace capsule::audio

#include "render/sound.h"

#include <algorithm>
#include <utility>
#include <vector>

#include "audio/soundtrack.h"
#include "media/aac_decode.h"
#include "render/warning_log.h"

namespace capsule::render {
namespace {

constexpr int kAttempts = 4;
constexpr double kMargin = 0.1;  // dB below the ceiling aimed at, since meters differ in the second decimal

struct Samples {
  std::int64_t begin = 0, end = 0;
};

/// Those that sound while the frames of `stretch` are shown.
Samples of_stretch(const Tape& tape, FrameRange stretch, FrameRate rate) {
  const auto at = [&](FrameIndex frame) {
    return std::clamp<std::int64_t>(start_of(frame, rate).round_units(kSampleRate), 0, tape.frames());
  };
  return {at(stretch.begin), at(stretch.end)};
}

Result<media::EncodedAudio> encode(const Tape& tape, const Samples& part, int bit_rate) {
  const auto samples = tape.samples().subspan(static_cast<std::size_t>(part.begin * kChannels),
                                              static_cast<std::size_t>((part.end - part.begin) * kChannels));
  return media::encode_aac(samples, bit_rate, [&](std::int64_t done) { tape.passed(part.begin + done); });
}

void tell(HeldWarnings& held, Reporter& reporter) {
  std::ranges::for_each(held.take(), [&](const Error& w) { reporter.warn(w); });
}

}  // namespace

Result<std::optional<MadeSound>> make_sound(const timeline::Timeline& timeline, FrameRange stretch,
                                            int bit_rate, Reporter& reporter, std::stop_token stop) {
  const double promised = timeline.sound.true_peak_dbtp;
  double ceiling = promised - kMargin;
  MadeSound made;
  for (int attempt = 0; attempt < kAttempts; ++attempt) {
    // An attempt that is given up has nothing to say.
    HeldWarnings told(reporter);
    TRY_ASSIGN(const std::optional<Tape> mixed, audio::mix(timeline, ceiling, told, stop));
    if (!mixed) {
      tell(told, reporter);
      return std::optional<MadeSound>();
    }
    TRY_ASSIGN(made.audio, encode(*mixed, of_stretch(*mixed, stretch, timeline.rate), bit_rate));
    audio::LoudnessMeter meter;
    TRY_ASSIGN(made.heard, media::decode_aac(made.audio, [&](const AudioBlock& heard) { meter.add(heard); }));
    const audio::Loudness loudness = meter.measured();
    made.heard.integrated_lufs = loudness.integrated_lufs;
    made.heard.true_peak_dbtp = loudness.true_peak_dbtp;
    const double over = loudness.true_peak_dbtp - promised;
    if (!(over > 0) || attempt + 1 == kAttempts) {
      tell(told, reporter);
      break;
    }
    ceiling -= over + kMargin;
  }
  return made;
}

}  // namespace capsule::render

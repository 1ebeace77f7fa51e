#include "render/sound.h"

#include <algorithm>
#include <utility>

#include "audio/soundtrack.h"
#include "media/aac_decode.h"

namespace capsule::render {
namespace {

constexpr int kAttempts = 4;
constexpr double kMargin = 0.1;  // dB below the ceiling aimed at, since meters differ in the second decimal

/// The samples that sound while the frames of `stretch` are shown.
AudioBlock cut(AudioBlock block, FrameRange stretch, FrameRate rate) {
  const auto at = [&](FrameIndex frame) {
    const std::int64_t sample = start_of(frame, rate).round_units(kSampleRate);
    return std::clamp<std::int64_t>(sample, 0, block.frames()) * kChannels;
  };
  const std::int64_t begin = at(stretch.begin);
  const std::int64_t end = at(stretch.end);
  block.samples.erase(block.samples.begin() + end, block.samples.end());
  block.samples.erase(block.samples.begin(), block.samples.begin() + begin);
  return block;
}

}  // namespace

Result<std::optional<media::EncodedAudio>> make_sound(const timeline::Timeline& timeline, FrameRange stretch,
                                                      int bit_rate, Reporter& reporter,
                                                      std::stop_token stop) {
  const double promised = timeline.sound.true_peak_dbtp;
  double ceiling = promised - kMargin;
  std::optional<media::EncodedAudio> encoded;
  for (int attempt = 0; attempt < kAttempts; ++attempt) {
    TRY_ASSIGN(std::optional<AudioBlock> mixed, audio::mix(timeline, ceiling, reporter, stop));
    if (!mixed) {
      return std::optional<media::EncodedAudio>();
    }
    AudioBlock block = cut(std::move(*mixed), stretch, timeline.rate);
    TRY_ASSIGN(encoded, media::encode_aac(block.samples, bit_rate));
    block = {};  // Half an hour of it is 700 MB.
    audio::LoudnessMeter meter;
    TRY(media::decode_aac(*encoded, [&](const AudioBlock& heard) { meter.add(heard); }));
    const double over = meter.measured().true_peak_dbtp - promised;
    if (!(over > 0)) {
      break;
    }
    ceiling -= over + kMargin;
  }
  return encoded;
}

}  // namespace capsule::render

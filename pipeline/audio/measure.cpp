#include <ebur128.h>

#include <algorithm>
#include <cmath>
#include <limits>
#include <new>
#include <span>

#include "audio/loudness.h"
#include "audio/soundtrack.h"
#include "base/cptr.h"

namespace capsule::audio {
namespace {

void destroy(ebur128_state* state) {
  ebur128_destroy(&state);
}

using Meter = CPtr<ebur128_state, destroy>;

// The library refuses only what memory refuses: channels, rate and mode are constants.
Meter make_meter(int mode) {
  Meter meter(ebur128_init(kChannels, kSampleRate, mode));
  if (!meter) {
    throw std::bad_alloc();
  }
  return meter;
}

void feed(ebur128_state& meter, std::span<const float> samples) {
  if (ebur128_add_frames_float(&meter, samples.data(), samples.size() / kChannels) != EBUR128_SUCCESS) {
    throw std::bad_alloc();
  }
}

void feed_all(ebur128_state& meter, const SoundView& sound) {
  for (std::int64_t begin = 0; begin < sound.frames(); begin += kSampleRate) {
    const std::int64_t count = std::min<std::int64_t>(kSampleRate, sound.frames() - begin);
    feed(meter, sound.samples().subspan(static_cast<std::size_t>(begin * kChannels),
                                        static_cast<std::size_t>(count * kChannels)));
    sound.passed(begin + count);
  }
}

double integrated(ebur128_state& meter) {
  double lufs = 0;
  return ebur128_loudness_global(&meter, &lufs) == EBUR128_SUCCESS ? lufs
                                                                   : -std::numeric_limits<double>::infinity();
}

Loudness loudness_in(ebur128_state& meter) {
  double peak = 0;
  for (unsigned channel = 0; channel < kChannels; ++channel) {
    double one = 0;
    ebur128_true_peak(&meter, channel, &one);
    peak = std::max(peak, one);
  }
  return {integrated(meter), 20 * std::log10(peak)};
}

}  // namespace

double integrated_loudness(const SoundView& sound) {
  const Meter meter = make_meter(EBUR128_MODE_I);
  feed_all(*meter, sound);
  return integrated(*meter);
}

struct LoudnessMeter::State {
  Meter meter = make_meter(EBUR128_MODE_I | EBUR128_MODE_TRUE_PEAK);
};

LoudnessMeter::LoudnessMeter() : state_(std::make_unique<State>()) {}

LoudnessMeter::~LoudnessMeter() = default;
LoudnessMeter::LoudnessMeter(LoudnessMeter&&) noexcept = default;
LoudnessMeter& LoudnessMeter::operator=(LoudnessMeter&&) noexcept = default;

void LoudnessMeter::add(const AudioBlock& block) {
  feed(*state_->meter, block.samples);
}

Loudness LoudnessMeter::measured() const {
  return loudness_in(*state_->meter);
}

Loudness measure(const SoundView& sound) {
  const Meter meter = make_meter(EBUR128_MODE_I | EBUR128_MODE_TRUE_PEAK);
  feed_all(*meter, sound);
  return loudness_in(*meter);
}

}  // namespace capsule::audio

#include <ebur128.h>

#include <algorithm>
#include <cmath>
#include <limits>
#include <new>

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

void feed(ebur128_state& meter, const AudioBlock& block) {
  if (ebur128_add_frames_float(&meter, block.samples.data(), static_cast<std::size_t>(block.frames())) !=
      EBUR128_SUCCESS) {
    throw std::bad_alloc();
  }
}

double integrated(ebur128_state& meter) {
  double lufs = 0;
  return ebur128_loudness_global(&meter, &lufs) == EBUR128_SUCCESS ? lufs
                                                                   : -std::numeric_limits<double>::infinity();
}

}  // namespace

double integrated_loudness(const AudioBlock& block) {
  const Meter meter = make_meter(EBUR128_MODE_I);
  feed(*meter, block);
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
  feed(*state_->meter, block);
}

Loudness LoudnessMeter::measured() const {
  double peak = 0;
  for (unsigned channel = 0; channel < kChannels; ++channel) {
    double one = 0;
    ebur128_true_peak(state_->meter.get(), channel, &one);
    peak = std::max(peak, one);
  }
  return {integrated(*state_->meter), 20 * std::log10(peak)};
}

Loudness measure(const AudioBlock& block) {
  LoudnessMeter meter;
  meter.add(block);
  return meter.measured();
}

}  // namespace capsule::audio

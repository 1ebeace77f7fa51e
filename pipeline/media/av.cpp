#include "media/av.h"

#include <array>

extern "C" {
#include <libavutil/error.h>
#include <libavutil/mathematics.h>
}

#include "base/stream.h"
#include "media/library_log.h"

namespace capsule::media::av {

void quiet() {
  set_library_log(false);
}

std::string error_text(int error) {
  std::array<char, AV_ERROR_MAX_STRING_SIZE> buffer{};
  av_strerror(error, buffer.data(), buffer.size());
  return buffer.data();
}

std::vector<float> interleaved(const AVFrame& frame) {
  std::vector<float> samples(static_cast<std::size_t>(frame.nb_samples) * kChannels);
  for (int c = 0; c < kChannels; ++c) {
    const auto* plane = reinterpret_cast<const float*>(frame.extended_data[c]);
    for (int i = 0; i < frame.nb_samples; ++i) {
      samples[static_cast<std::size_t>(i) * kChannels + static_cast<std::size_t>(c)] = plane[i];
    }
  }
  return samples;
}

std::int64_t to_units(Time t, AVRational base) {
  const Time units = t * Time(base.den, base.num);
  return units.floor_units(1);
}

Time from_units(std::int64_t value, AVRational base) {
  return Time(value, 1) * Time(base.num, base.den);
}

}  // namespace capsule::media::av

#include "deliver/peaks.h"

#include <algorithm>

namespace capsule::deliver {

std::optional<Peak> first_peak(const std::vector<std::int64_t>& sizes, const RateLimit& limit) {
  if (limit.max_rate_kbps <= 0) {
    return std::nullopt;
  }
  const std::int64_t most = (std::int64_t{limit.max_rate_kbps} * kPeakWindow + limit.buffer_kbits) * 1000;
  const auto window = static_cast<std::size_t>(
      std::max<std::int64_t>(1, Time::seconds(kPeakWindow).floor_units(1) * limit.rate.num / limit.rate.den));
  std::int64_t bits = 0;
  for (std::size_t i = 0; i < sizes.size(); ++i) {
    bits += 8 * sizes[i];
    if (i >= window) {
      bits -= 8 * sizes[i - window];
    }
    if (bits > most) {
      return Peak{i < window ? 0 : i + 1 - window, i, bits, most};
    }
  }
  return std::nullopt;
}

}  // namespace capsule::deliver

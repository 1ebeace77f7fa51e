#pragma once
#include <cstddef>
#include <cstdint>
#include <optional>
#include <vector>

#include "base/time.h"

namespace capsule::deliver {

/// Peaks are averaged over each window of this many seconds of pictures. In one window may stand what
/// max_rate sends in that time plus one full buffer, which is what a decoder with a full buffer can take.
inline constexpr int kPeakWindow = 1;

struct RateLimit {
  FrameRate rate;
  int max_rate_kbps = 0, buffer_kbits = 0;  ///< 0 = unbounded.
};

struct Peak {
  std::size_t first = 0, last = 0;  ///< Pictures of the window, in coding order.
  std::int64_t bits = 0, limit = 0;
};

/// The first window that exceeds the limit, by the bytes of the pictures in coding order.
std::optional<Peak> first_peak(const std::vector<std::int64_t>& sizes, const RateLimit& limit);

}  // namespace capsule::deliver

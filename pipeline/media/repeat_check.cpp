#include "media/repeat_check.h"

#include <cstring>

#include "media/gop_decode.h"

namespace capsule::media {
namespace {

bool same_samples(const AVFrame& a, const AVFrame& b) {
  for (int plane = 0; plane < 3; ++plane) {
    const int shift = plane == 0 ? 0 : 1;
    const auto width = static_cast<std::size_t>((a.width + shift) >> shift);
    for (int y = 0; y < (a.height + shift) >> shift; ++y) {
      const std::uint8_t* left = a.data[plane] + static_cast<std::ptrdiff_t>(y) * a.linesize[plane];
      const std::uint8_t* right = b.data[plane] + static_cast<std::ptrdiff_t>(y) * b.linesize[plane];
      if (std::memcmp(left, right, width) != 0) {
        return false;
      }
    }
  }
  return true;
}

}  // namespace

bool shows_again(const StreamHeader& header, const std::vector<Packet>& gop, std::int64_t repeats) {
  const std::int64_t first = static_cast<std::int64_t>(gop.size()) - repeats;
  if (first < 1) {
    return false;
  }
  av::FramePtr before;
  std::int64_t count = 0;
  return decode_gop(header, gop, [&](const AVFrame& frame) {
    if (count++ >= first && !same_samples(*before, frame)) {
      return false;
    }
    before.reset(av_frame_clone(&frame));
    return before != nullptr;
  });
}

}  // namespace capsule::media

#include <fmt/format.h>

#include <algorithm>

#include "deliver/promises.h"

namespace capsule::deliver {
namespace {

constexpr int kSlice = 1;
constexpr int kIdr = 5;

/// Types of the units of one picture, 4 bytes of length before each; empty when the lengths do not fit.
std::vector<int> unit_types(const std::vector<std::uint8_t>& picture) {
  std::vector<int> types;
  ByteReader reader(picture);
  while (reader.left() > 0) {
    const std::uint32_t length = reader.u32();
    if (!reader.ok() || length == 0 || length > reader.left()) {
      return {};
    }
    types.push_back(reader.rest()[0] & 0x1F);
    reader.skip(length);
  }
  return types;
}

Status check_units(const Examined& file, int fd, const Track& video) {
  for (std::size_t i = 0; i < video.samples.size(); ++i) {
    const Sample& sample = video.samples[i];
    const auto picture = read_at(fd, sample.offset, sample.size);
    const std::vector<int> types = picture ? unit_types(*picture) : std::vector<int>();
    if (types.empty()) {
      return broken(file, Code{"verify-decode"}, fmt::format("{}", i));
    }
    const int wanted = sample.sync ? kIdr : kSlice;
    for (const int type : types) {
      if (type != kIdr && type != kSlice) {
        return broken(file, Code{"verify-foreign-data"}, fmt::format("NAL {}", type));
      }
      if (type != wanted) {
        return broken(file, Code{"verify-open-gop"}, fmt::format("{}", i), "IDR");
      }
    }
  }
  return {};
}

Status check_peaks(const Examined& file, const Track& video) {
  const Promise& promise = file.promise;
  if (promise.max_rate_kbps <= 0) {
    return {};
  }
  const std::int64_t limit =
      (std::int64_t{promise.max_rate_kbps} * kPeakWindow + promise.buffer_kbits) * 1000;
  const auto window = static_cast<std::size_t>(std::max<std::int64_t>(
      1, Time::seconds(kPeakWindow).floor_units(1) * promise.rate.num / promise.rate.den));
  std::int64_t bits = 0;
  for (std::size_t i = 0; i < video.samples.size(); ++i) {
    bits += std::int64_t{8} * video.samples[i].size;
    if (i >= window) {
      bits -= std::int64_t{8} * video.samples[i - window].size;
    }
    if (bits > limit) {
      return broken(file, Code{"verify-peak-rate"}, fmt::format("{}", bits / 1000),
                    fmt::format("{}", limit / 1000));
    }
  }
  return {};
}

}  // namespace

Status check_pictures(const Examined& file, int fd) {
  const Track& video = *track_of(file.index, "vide");
  TRY(check_units(file, fd, video));
  return check_peaks(file, video);
}

}  // namespace capsule::deliver

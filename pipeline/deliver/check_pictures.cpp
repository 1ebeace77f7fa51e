#include <fmt/format.h>

#include <algorithm>
#include <cstdint>
#include <span>
#include <vector>

#include "deliver/promises.h"
#include "media/h264_units.h"

namespace capsule::deliver {
namespace {

Status check_units(const Examined& file, int fd, const Track& video) {
  for (std::size_t i = 0; i < video.samples.size(); ++i) {
    const Sample& sample = video.samples[i];
    const auto picture = read_at(fd, sample.offset, sample.size);
    const auto units =
        picture ? media::prefixed_units(*picture) : std::vector<std::span<const std::uint8_t>>{};
    if (units.empty()) {
      return broken(file, Code{"verify-decode"}, fmt::format("{}", i));
    }
    const int wanted = sample.sync ? media::kIdrUnit : media::kSliceUnit;
    for (const std::span<const std::uint8_t> unit : units) {
      const int type = media::type_of_unit(unit);
      if (type != media::kIdrUnit && type != media::kSliceUnit) {
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
  std::vector<std::int64_t> sizes;
  for (const Sample& sample : video.samples) {
    sizes.push_back(sample.size);
  }
  const auto peak = first_peak(sizes, {promise.rate, promise.max_rate_kbps, promise.buffer_kbits});
  return peak ? broken(file, Code{"verify-peak-rate"}, fmt::format("{}", peak->bits / 1000),
                       fmt::format("{}", peak->limit / 1000))
              : Status{};
}

}  // namespace

Status check_pictures(const Examined& file, int fd) {
  const Track& video = *track_of(file.index, "vide");
  TRY(check_units(file, fd, video));
  return check_peaks(file, video);
}

}  // namespace capsule::deliver

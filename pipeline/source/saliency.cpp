#include "source/saliency.h"

#include <cstdint>
#include <opencv2/imgproc.hpp>

#include "source/threads.h"

namespace capsule::source {
namespace {

/// 256 in the middle, falling to a quarter of it in the corners.
std::int64_t centre_weight(int x, int y, int width, int height) {
  const std::int64_t dx = 2 * x + 1 - width;
  const std::int64_t dy = 2 * y + 1 - height;
  const std::int64_t far = dx * dx * 256 / (static_cast<std::int64_t>(width) * width) +
                           dy * dy * 256 / (static_cast<std::int64_t>(height) * height);
  return 256 - far * 3 / 8;
}

}  // namespace

PointF salient_point(const Canvas& small) {
  keep_to_one_thread();
  const ConstPlaneView p = small.y();
  const cv::Mat luma(p.height, p.width, CV_8UC1, const_cast<std::uint8_t*>(p.data),
                     static_cast<std::size_t>(p.stride));
  cv::Mat gx;
  cv::Mat gy;
  cv::Sobel(luma, gx, CV_16S, 1, 0);
  cv::Sobel(luma, gy, CV_16S, 0, 1);
  std::int64_t mass = 0;
  std::int64_t mx = 0;
  std::int64_t my = 0;
  for (int y = 0; y < p.height; ++y) {
    const auto* rx = gx.ptr<std::int16_t>(y);
    const auto* ry = gy.ptr<std::int16_t>(y);
    for (int x = 0; x < p.width; ++x) {
      const std::int64_t energy =
          static_cast<std::int64_t>(rx[x]) * rx[x] + static_cast<std::int64_t>(ry[x]) * ry[x];
      const std::int64_t weight = (energy >> 6U) * centre_weight(x, y, p.width, p.height);
      mass += weight;
      mx += weight * (2 * x + 1);
      my += weight * (2 * y + 1);
    }
  }
  if (mass <= 0) {
    return {0.5, 0.5};
  }
  const double twice = 2.0 * static_cast<double>(mass);
  return {static_cast<double>(mx) / (twice * p.width), static_cast<double>(my) / (twice * p.height)};
}

}  // namespace capsule::source

#include "source/blur.h"

#include <algorithm>
#include <cmath>
#include <opencv2/imgproc.hpp>

#include "source/threads.h"

namespace capsule::source {
namespace {

/// OpenCV takes no pointer to constant samples; these are only read.
cv::Mat view(const ConstPlaneView& p) {
  return {p.height, p.width, CV_8UC1, const_cast<std::uint8_t*>(p.data), static_cast<std::size_t>(p.stride)};
}

cv::Mat view(const PlaneView& p) {
  return {p.height, p.width, CV_8UC1, p.data, static_cast<std::size_t>(p.stride)};
}

void blur_into(const cv::Mat& in, const cv::Mat& out, double sigma) {
  keep_to_one_thread();
  const int factor = reduction_for(sigma);
  cv::Mat small;
  const cv::Size size(std::max(1, in.cols / factor), std::max(1, in.rows / factor));
  cv::resize(in, small, size, 0, 0, cv::INTER_AREA);
  cv::GaussianBlur(small, small, cv::Size(), sigma / factor, sigma / factor, cv::BORDER_REPLICATE);
  cv::Mat target = out;
  cv::resize(small, target, out.size(), 0, 0, cv::INTER_LINEAR);
}

void darken(const PlaneView& plane, int zero, double keep) {
  const int gain = static_cast<int>(std::lround(keep * 256));
  for (int y = 0; y < plane.height; ++y) {
    std::uint8_t* row = plane.row(y);
    for (int x = 0; x < plane.width; ++x) {
      row[x] = static_cast<std::uint8_t>(zero + (((row[x] - zero) * gain + 128) >> 8));
    }
  }
}

}  // namespace

int reduction_for(double sigma) {
  constexpr double kStillSmooth = 2;
  int factor = 1;
  while (factor < 16 && sigma / (factor * 2) >= kStillSmooth) {
    factor *= 2;
  }
  return factor;
}

Canvas blurred(const Canvas& in, double sigma) {
  Canvas out = Canvas::make(in.size());
  blur_into(view(in.y()), view(out.y()), sigma);
  blur_into(view(in.cb()), view(out.cb()), sigma / 2);
  blur_into(view(in.cr()), view(out.cr()), sigma / 2);
  return out;
}

Rgba blurred(const Rgba& in, double sigma) {
  Rgba out = Rgba::make(in.size());
  const Size s = in.size();
  const cv::Mat from(s.height, s.width, CV_8UC4, const_cast<std::uint8_t*>(in.row(0)));
  const cv::Mat to(s.height, s.width, CV_8UC4, out.row(0));
  blur_into(from, to, sigma);
  return out;
}

Canvas backdrop(const Canvas& in, Size size, double keep) {
  keep_to_one_thread();
  Canvas dark = in.clone();
  darken(dark.y(), 16, keep);
  darken(dark.cb(), 128, keep);
  darken(dark.cr(), 128, keep);
  Canvas out = Canvas::make(size);
  const auto grow = [](const PlaneView& from, const PlaneView& to) {
    cv::Mat target = view(to);
    cv::resize(view(from), target, target.size(), 0, 0, cv::INTER_LINEAR);
  };
  grow(dark.y(), out.y());
  grow(dark.cb(), out.cb());
  grow(dark.cr(), out.cr());
  return out;
}

}  // namespace capsule::source

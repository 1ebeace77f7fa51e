#include "media/join_watch.h"

#include <algorithm>
#include <array>
#include <cstdlib>
#include <span>

#include "media/gop_decode.h"

namespace capsule::media {
namespace {

constexpr int kWatched = 32;
constexpr int kBlockWidth = 16;
constexpr int kBlockHeight = 8;
constexpr int kMeanSide = 8;

using Planes = std::array<ConstPlaneView, 3>;

/// What coding by itself reaches, about twice over: x264's worst blocks differ by 5 to 6 at crf 21 on grainy
/// pictures and by 10 at 28, their means by half of that. Noise, foreign letters and what follows from them
/// lie far above.
double sample_limit(double crf) {
  return std::max(10.0, crf - 8);
}

double mean_limit(double crf) {
  return std::max(8.0, crf - 12);
}

/// Means of whole blocks, row after row.
void append_means(const ConstPlaneView& plane, std::vector<std::uint8_t>& means) {
  std::vector<std::uint16_t> columns(static_cast<std::size_t>(plane.width));
  for (int y = 0; y + kMeanSide <= plane.height; y += kMeanSide) {
    std::ranges::fill(columns, std::uint16_t{0});
    for (int r = 0; r < kMeanSide; ++r) {
      const std::uint8_t* row = plane.row(y + r);
      for (std::size_t x = 0; x < columns.size(); ++x) {
        columns[x] = static_cast<std::uint16_t>(columns[x] + row[x]);
      }
    }
    for (std::size_t x = 0; x + kMeanSide <= columns.size(); x += kMeanSide) {
      unsigned sum = 0;
      for (std::size_t c = x; c < x + kMeanSide; ++c) {
        sum += columns[c];
      }
      means.push_back(static_cast<std::uint8_t>(sum / (kMeanSide * kMeanSide)));
    }
  }
}

std::vector<std::uint8_t> means_of(const Planes& planes) {
  std::vector<std::uint8_t> means;
  for (const ConstPlaneView& plane : planes) {
    append_means(plane, means);
  }
  return means;
}

/// Whether no block of `rows` rows, of `shown` and of `drawn`, differs by more than `limit` in the mean.
bool near_enough(const ConstPlaneView& shown, const std::uint8_t* drawn, int rows, double limit) {
  const double most = limit * kBlockWidth * kBlockHeight;
  for (int y = 0; y + kBlockHeight <= rows; y += kBlockHeight) {
    for (int x = 0; x + kBlockWidth <= shown.width; x += kBlockWidth) {
      int sum = 0;
      for (int r = y; r < y + kBlockHeight; ++r) {
        const std::uint8_t* a = drawn + static_cast<std::ptrdiff_t>(r) * shown.width + x;
        const std::uint8_t* b = shown.row(r) + x;
        for (int c = 0; c < kBlockWidth; ++c) {
          sum += std::abs(a[c] - b[c]);
        }
      }
      if (sum > most) {
        return false;
      }
    }
  }
  return true;
}

Planes planes_of(const AVFrame& frame) {
  const int width = frame.width;
  const int height = frame.height;
  return {ConstPlaneView(frame.data[0], frame.linesize[0], width, height),
          ConstPlaneView(frame.data[1], frame.linesize[1], width / 2, height / 2),
          ConstPlaneView(frame.data[2], frame.linesize[2], width / 2, height / 2)};
}

std::size_t count_of_means(Size size) {
  const auto of = [](int width, int height) {
    return static_cast<std::size_t>(width / kMeanSide) * static_cast<std::size_t>(height / kMeanSide);
  };
  return of(size.width, size.height) + 2 * of(size.width / 2, size.height / 2);
}

}  // namespace

JoinWatch::JoinWatch(Size whole, int seam, double crf)
    : size_(whole),
      first_(std::max(0, seam - kWatched)),
      rows_(std::min(whole.height, seam + kWatched) - first_),
      crf_(crf) {}

std::size_t JoinWatch::bytes(Size whole) {
  return static_cast<std::size_t>(whole.width) * std::size_t{2 * kWatched} + count_of_means(whole);
}

void JoinWatch::add(const Canvas& whole) {
  for (int y = first_; y < first_ + rows_; ++y) {
    const std::uint8_t* row = whole.y().row(y);
    samples_.insert(samples_.end(), row, row + size_.width);
  }
  const auto means = means_of({whole.y(), whole.cb(), whole.cr()});
  means_.insert(means_.end(), means.begin(), means.end());
}

bool JoinWatch::holds(const StreamHeader& header, const std::vector<Packet>& gop) const {
  const std::size_t near = static_cast<std::size_t>(size_.width) * static_cast<std::size_t>(rows_);
  const std::size_t means = count_of_means(size_);
  if (samples_.size() != near * gop.size()) {
    return false;
  }
  std::size_t number = 0;
  return decode_gop(header, gop, [&](const AVFrame& frame) {
    if (Size{frame.width, frame.height} != size_) {
      return false;
    }
    const Planes shown = planes_of(frame);
    const ConstPlaneView at_seam(shown[0].row(first_), shown[0].stride, size_.width, rows_);
    const auto drawn = means_.begin() + static_cast<std::ptrdiff_t>(number * means);
    const auto close = [most = mean_limit(crf_)](std::uint8_t a, std::uint8_t b) {
      return std::abs(a - b) <= most;
    };
    const bool same = near_enough(at_seam, samples_.data() + number * near, rows_, sample_limit(crf_)) &&
                      std::ranges::equal(means_of(shown), std::span(drawn, means), close);
    ++number;
    return same;
  });
}

}  // namespace capsule::media

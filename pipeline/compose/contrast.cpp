#include "compose/contrast.h"

#include <algorithm>
#include <array>
#include <cmath>

#include "compose/stage.h"
#include "text/raster.h"

namespace capsule::compose {
namespace {

constexpr int kHalf = 128;
/// Coverage that is the ink's own colour, rounding apart.
constexpr int kWhole = 252;
constexpr int kLevels = 4096;

double linear(double s) {
  s = std::clamp(s, 0.0, 1.0);
  return s <= 0.04045 ? s / 12.92 : std::pow((s + 0.055) / 1.055, 2.4);
}

double luminance_at(const Canvas& picture, int x, int y) {
  const double luma = (picture.y().row(y)[x] - 16) / 219.0;
  const double blue = (picture.cb().row(y / 2)[x / 2] - 128) / 224.0;
  const double red = (picture.cr().row(y / 2)[x / 2] - 128) / 224.0;
  const double r = luma + 1.5748 * red;
  const double b = luma + 1.8556 * blue;
  const double g = (luma - 0.2126 * r - 0.0722 * b) / 0.7152;
  return 0.2126 * linear(r) + 0.7152 * linear(g) + 0.0722 * linear(b);
}

/// How many values fell where, for shares of them.
class Histogram {
 public:
  void add(double value, std::int64_t times = 1) {
    const long level = std::clamp(std::lround(value * (kLevels - 1)), 0L, kLevels - 1L);
    counts_[static_cast<std::size_t>(level)] += times;
    total_ += times;
  }

  [[nodiscard]] std::int64_t count(std::size_t level) const { return counts_[level]; }

  [[nodiscard]] bool empty() const { return total_ == 0; }

  /// The value that a share of all stay below.
  [[nodiscard]] double quantile(double share) const {
    const auto wanted = static_cast<std::int64_t>(share * static_cast<double>(total_));
    std::int64_t seen = 0;
    for (std::size_t i = 0; i < counts_.size(); ++i) {
      seen += counts_[i];
      if (seen > wanted) {
        return static_cast<double>(i) / (kLevels - 1);
      }
    }
    return 1;
  }

 private:
  std::array<std::int64_t, kLevels> counts_{};
  std::int64_t total_ = 0;
};

/// Which pixels of an area lie up to `reach` from letters, in rows.
class Surroundings {
 public:
  Surroundings(const Mask& letters, int reach) : letters_(letters), reach_(reach) {
    const Rect& b = letters.bounds();
    area_ = {b.x - reach, b.y - reach, b.width + 2 * reach, b.height + 2 * reach};
    near_.assign(static_cast<std::size_t>(area_.width) * static_cast<std::size_t>(area_.height), 0);
    for (int y = 0; y < b.height; ++y) {
      spread_row(y);
    }
  }

  [[nodiscard]] const Rect& area() const { return area_; }

  [[nodiscard]] bool around(int x, int y) const { return near_[index(x, y)] != 0 && coverage(x, y) == 0; }

  [[nodiscard]] int coverage(int x, int y) const {
    const Rect& b = letters_.bounds();
    const bool inside = x >= b.x && y >= b.y && x < b.right() && y < b.bottom();
    return inside ? letters_.row(y - b.y)[x - b.x] : 0;
  }

 private:
  [[nodiscard]] std::size_t index(int x, int y) const {
    return static_cast<std::size_t>(y - area_.y) * static_cast<std::size_t>(area_.width) +
           static_cast<std::size_t>(x - area_.x);
  }

  /// One row of letters widened sideways, into every row that it reaches.
  void spread_row(int y) {
    const Rect& b = letters_.bounds();
    std::vector<std::uint8_t> wide(static_cast<std::size_t>(area_.width), 0);
    int left = 0;
    for (int x = 0; x < b.width; ++x) {
      if (letters_.row(y)[x] >= kHalf) {
        left = std::max(left, x);
        std::fill(wide.begin() + left, wide.begin() + x + 2 * reach_ + 1, std::uint8_t{1});
        left = x + 2 * reach_ + 1;
      }
    }
    for (int row = y; row <= y + 2 * reach_ && left > 0; ++row) {
      std::uint8_t* to = near_.data() + static_cast<std::size_t>(row) * wide.size();
      std::transform(wide.begin(), wide.end(), to, to,
                     [](std::uint8_t a, std::uint8_t c) { return static_cast<std::uint8_t>(a | c); });
    }
  }

  const Mask& letters_;
  int reach_;
  Rect area_;
  std::vector<std::uint8_t> near_;
};

double ratio_of(double a, double b) {
  return (std::max(a, b) + 0.05) / (std::min(a, b) + 0.05);
}

/// A block's own contrast; nothing where it has no letters to see.
Result<std::optional<double>> contrast_of(const TextBlock& block, const Canvas& picture) {
  TRY_ASSIGN(const text::Masks masks, text::rasterise(block.paragraph, {}, block.origin));
  constexpr double kReach = 0.05;
  const int reach = std::max(2, static_cast<int>(std::lround(kReach * block.paragraph.size)));
  return contrast_around(picture, masks.fill, reach);
}

}  // namespace

std::optional<double> contrast_around(const Canvas& picture, const Mask& letters, int reach) {
  if (letters.empty() || reach < 1) {
    return std::nullopt;
  }
  const Surroundings near(letters, reach);
  const Rect seen = intersect(near.area(), {0, 0, picture.size().width, picture.size().height});
  Histogram ink;
  Histogram ground;
  for (int y = seen.y; y < seen.bottom(); ++y) {
    for (int x = seen.x; x < seen.right(); ++x) {
      if (near.coverage(x, y) >= kWhole) {
        ink.add(luminance_at(picture, x, y));
      } else if (near.around(x, y)) {
        ground.add(luminance_at(picture, x, y));
      }
    }
  }
  if (ink.empty() || ground.empty()) {
    return std::nullopt;
  }
  constexpr double kWorst = 0.05;
  const double own = ink.quantile(0.5);
  // The ground may be lighter and darker than the ink; the worst share of it is what comes nearest.
  Histogram ratios;
  constexpr double kMost = 21;
  for (std::size_t i = 0; i < kLevels; ++i) {
    ratios.add(ratio_of(own, static_cast<double>(i) / (kLevels - 1)) / kMost, ground.count(i));
  }
  return ratios.quantile(kWorst) * kMost;
}

Result<std::vector<CueContrast>> caption_contrast(const timeline::Timeline& timeline,
                                                  const Services& services, FrameIndex n,
                                                  const Canvas& picture) {
  Workshop shop(timeline, services, true);
  Stage stage(shop);
  std::vector<CueContrast> out;
  for (const std::size_t index : stage.cues_at(n)) {
    TRY_ASSIGN(const PlacedCue cue, stage.cue(index));
    std::optional<double> worst;
    for (const auto* block : {&cue.text, &cue.second}) {
      if (*block) {
        TRY_ASSIGN(const std::optional<double> ratio, contrast_of(**block, picture));
        worst = ratio && (!worst || *ratio < *worst) ? ratio : worst;
      }
    }
    if (worst) {
      out.push_back({index, *worst});
    }
  }
  return out;
}

}  // namespace capsule::compose

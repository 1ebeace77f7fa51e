#include "text/emoji_layer.h"

#include <algorithm>
#include <array>
#include <cmath>
#include <utility>

#include "text/edges.h"

namespace capsule::text {
namespace {

constexpr std::int32_t kOne = 1 << 14;

/// The samples that make one output sample: `first` and on, in 16384ths. What lies outside the source counts
/// as transparent.
struct Taps {
  int first = 0;
  std::vector<std::int32_t> weights;
};

/// Tent filters for outputs start.. of a source of `size` samples spread over [from, from + length).
std::vector<Taps> taps_of(int start, int count, int size, double from, double length) {
  const double scale = length / size;
  const double support = std::max(1.0, 1 / scale);
  std::vector<Taps> all(static_cast<std::size_t>(count));
  for (int i = 0; i < count; ++i) {
    const double center = (start + i + 0.5 - from) / scale - 0.5;
    Taps& taps = all[static_cast<std::size_t>(i)];
    const int low = static_cast<int>(std::ceil(center - support));
    const int high = static_cast<int>(std::floor(center + support));
    double sum = 0;
    for (int j = low; j <= high; ++j) {
      sum += std::max(0.0, 1 - std::fabs(j - center) / support);
    }
    taps.first = std::clamp(low, 0, size - 1);
    for (int j = taps.first; j <= std::min(high, size - 1) && sum > 0; ++j) {
      const double weight = std::max(0.0, 1 - std::fabs(j - center) / support) / sum;
      taps.weights.push_back(static_cast<std::int32_t>(std::floor(weight * kOne + 0.5)));
    }
  }
  return all;
}

struct Area {
  int x = 0, y = 0, width = 0, height = 0;
};

Area area_of(const RectF& box) {
  const int x = static_cast<int>(std::floor(box.x)) - 1;
  const int y = static_cast<int>(std::floor(box.y)) - 1;
  return {x, y, static_cast<int>(std::ceil(box.right())) + 1 - x,
          static_cast<int>(std::ceil(box.bottom())) + 1 - y};
}

using Pixel = std::array<std::int64_t, 4>;

/// One output sample, in 64ths, from a row of source pixels.
Pixel squeeze_pixels(const std::uint8_t* pixel, const Taps& taps) {
  Pixel sum{128, 128, 128, 128};
  for (const std::int64_t weight : taps.weights) {
    sum[0] += weight * pixel[0];
    sum[1] += weight * pixel[1];
    sum[2] += weight * pixel[2];
    sum[3] += weight * pixel[3];
    pixel += 4;
  }
  return {sum[0] >> 8, sum[1] >> 8, sum[2] >> 8, sum[3] >> 8};
}

/// Rows of the source squeezed to the output's width.
std::vector<Pixel> squeeze_rows(const Rgba& source, const std::vector<Taps>& columns) {
  std::vector<Pixel> out;
  out.reserve(columns.size() * static_cast<std::size_t>(source.size().height));
  for (int y = 0; y < source.size().height; ++y) {
    for (const Taps& taps : columns) {
      out.push_back(squeeze_pixels(source.row(y) + static_cast<std::ptrdiff_t>(taps.first) * 4, taps));
    }
  }
  return out;
}

/// One output sample of each channel from a column of squeezed rows, `stride` apart.
Pixel squeeze_column(const Pixel* from, std::size_t stride, const Taps& taps) {
  constexpr int kShift = 14 + 6;
  constexpr std::int64_t kHalf = std::int64_t{1} << (kShift - 1);
  Pixel sum{kHalf, kHalf, kHalf, kHalf};
  for (const std::int32_t weight : taps.weights) {
    std::transform(sum.begin(), sum.end(), from->begin(), sum.begin(),
                   [weight](std::int64_t before, std::int64_t value) { return before + weight * value; });
    from += stride;
  }
  return {sum[0] >> kShift, sum[1] >> kShift, sum[2] >> kShift, sum[3] >> kShift};
}

/// Premultiplied source-over. Colour may exceed alpha by a rounding step; it must not.
void paint_over(std::uint8_t* pixel, const Pixel& value) {
  const std::int64_t alpha = std::clamp<std::int64_t>(value[3], 0, 255);
  for (std::size_t c = 0; c < 4; ++c) {
    const std::int64_t over = std::clamp<std::int64_t>(value[c], 0, alpha);
    pixel[c] = static_cast<std::uint8_t>(over + (pixel[c] * (255 - alpha) + 127) / 255);
  }
}

void draw(Rgba& layer, const Rect& at, const PlacedPicture& placed) {
  const Area area = area_of(placed.box);
  const Rgba& source = *placed.picture;
  const auto columns = taps_of(area.x, area.width, source.size().width, placed.box.x, placed.box.width);
  const auto rows = taps_of(area.y, area.height, source.size().height, placed.box.y, placed.box.height);
  const std::vector<Pixel> squeezed = squeeze_rows(source, columns);
  for (int y = 0; y < area.height; ++y) {
    const Taps& taps = rows[static_cast<std::size_t>(y)];
    std::uint8_t* out = layer.row(area.y + y - at.y) + static_cast<std::ptrdiff_t>(area.x - at.x) * 4;
    const Pixel* from = squeezed.data() + static_cast<std::size_t>(taps.first) * columns.size();
    for (std::size_t x = 0; x < columns.size(); ++x, out += 4) {
      paint_over(out, squeeze_column(from + x, columns.size(), taps));
    }
  }
}

}  // namespace

Result<EmojiLayer> draw_pictures(const std::vector<PlacedPicture>& pictures) {
  EmojiLayer layer;
  if (pictures.empty()) {
    return layer;
  }
  Area all = area_of(pictures.front().box);
  for (const PlacedPicture& placed : pictures) {
    const Area area = area_of(placed.box);
    const int right = std::max(all.x + all.width, area.x + area.width);
    const int bottom = std::max(all.y + all.height, area.y + area.height);
    all.x = std::min(all.x, area.x);
    all.y = std::min(all.y, area.y);
    all.width = right - all.x;
    all.height = bottom - all.y;
  }
  layer.at = {all.x - 1, all.y - 1, all.width + 2, all.height + 2};
  TRY(check_area(layer.at));
  Rgba canvas = Rgba::make({layer.at.width, layer.at.height});
  for (const PlacedPicture& placed : pictures) {
    draw(canvas, layer.at, placed);
  }
  layer.picture = std::make_shared<const Rgba>(std::move(canvas));
  return layer;
}

}  // namespace capsule::text

#include "text/blur.h"

#include <algorithm>
#include <cmath>
#include <cstdint>
#include <vector>

#include "text/edges.h"

namespace capsule::text {
namespace {

constexpr int kPasses = 3;

/// (2 radius + 1) whole taps and one weaker tap at each end, in 65536ths.
struct Box {
  int radius = 0;
  std::uint32_t whole = 65536;
  std::uint32_t end = 0;
};

Box box_of(double sigma) {
  const double variance = sigma * sigma / kPasses;
  const int radius = static_cast<int>(std::floor((std::sqrt(12 * variance + 1) - 1) / 2));
  const double taps = 2 * radius + 1;
  const double next = (radius + 1.0) * (radius + 1.0);
  const double part = taps * (radius * (radius + 1.0) - 3 * variance) / (6 * (variance - next));
  const double sum = taps + 2 * part;
  return {radius, static_cast<std::uint32_t>(std::floor(65536 / sum)),
          static_cast<std::uint32_t>(std::floor(65536 * part / sum))};
}

/// Samples of 8.8 bits in rows without padding.
struct Plane {
  int width = 0, height = 0;
  std::vector<std::uint16_t> samples;

  [[nodiscard]] std::uint16_t* row(int y) { return samples.data() + static_cast<std::ptrdiff_t>(y) * width; }
};

std::uint16_t weigh(std::uint32_t inside, std::uint32_t ends, const Box& box) {
  const std::uint64_t sum =
      static_cast<std::uint64_t>(inside) * box.whole + static_cast<std::uint64_t>(ends) * box.end;
  return static_cast<std::uint16_t>((sum + 32768) >> 16U);
}

/// One box filter along a row that has radius + 1 zeros at each end.
void filter_row(const std::uint16_t* in, std::uint16_t* out, int width, const Box& box) {
  const int reach = box.radius + 1;
  const auto at = [&](int x) { return x >= 0 && x < width ? static_cast<std::uint32_t>(in[x]) : 0U; };
  std::uint32_t inside = 0;
  for (int x = 0; x < std::min(reach, width); ++x) {
    inside += in[x];
  }
  const int safe_end = width - reach;
  int x = 0;
  for (; x < std::min(reach, width); ++x) {
    out[x] = weigh(inside, at(x - reach) + at(x + reach), box);
    inside += at(x + reach) - at(x - box.radius);
  }
  for (; x < safe_end; ++x) {
    out[x] = weigh(inside, static_cast<std::uint32_t>(in[x - reach]) + in[x + reach], box);
    inside += static_cast<std::uint32_t>(in[x + reach]) - in[x - box.radius];
  }
  for (; x < width; ++x) {
    out[x] = weigh(inside, at(x - reach) + at(x + reach), box);
    inside += at(x + reach) - at(x - box.radius);
  }
}

/// One box filter down all columns at once.
void filter_columns(Plane& in, Plane& out, const Box& box) {
  const int reach = box.radius + 1;
  const auto width = static_cast<std::size_t>(in.width);
  const std::vector<std::uint16_t> zeros(width, 0);
  const auto row = [&](int y) -> const std::uint16_t* {
    return y >= 0 && y < in.height ? in.row(y) : zeros.data();
  };
  std::vector<std::uint32_t> inside(width, 0);
  for (int y = 0; y < std::min(reach, in.height); ++y) {
    const std::uint16_t* from = in.row(y);
    for (std::size_t x = 0; x < width; ++x) {
      inside[x] += from[x];
    }
  }
  for (int y = 0; y < in.height; ++y) {
    const std::uint16_t* above = row(y - reach);
    const std::uint16_t* below = row(y + reach);
    const std::uint16_t* leaving = row(y - box.radius);
    std::uint16_t* to = out.row(y);
    for (std::size_t x = 0; x < width; ++x) {
      to[x] = weigh(inside[x], static_cast<std::uint32_t>(above[x]) + below[x], box);
      inside[x] += static_cast<std::uint32_t>(below[x]) - leaving[x];
    }
  }
}

}  // namespace

Result<Mask> shifted(const Mask& mask, PointF by) {
  if (mask.empty()) {
    return Mask();
  }
  const Rect from = mask.bounds();
  const double whole_x = std::floor(by.x);
  const double whole_y = std::floor(by.y);
  const int part_x = static_cast<int>(std::lround((by.x - whole_x) * 256));
  const int part_y = static_cast<int>(std::lround((by.y - whole_y) * 256));
  const Rect to{from.x + static_cast<int>(whole_x), from.y + static_cast<int>(whole_y), from.width + 1,
                from.height + 1};
  TRY(check_area(to));
  Mask out = Mask::make(to);
  // Rows with an empty sample before and after, so that no pixel needs a question.
  const auto width = static_cast<std::size_t>(from.width);
  std::vector<int> above(width + 2, 0);
  std::vector<int> here(width + 2, 0);
  for (int y = 0; y < to.height; ++y) {
    std::swap(above, here);
    std::fill(here.begin(), here.end(), 0);
    if (y < from.height) {
      std::copy_n(mask.row(y), width, here.begin() + 1);
    }
    std::uint8_t* row = out.row(y);
    for (std::size_t x = 0; x <= width; ++x) {
      const int upper = above[x + 1] * (256 - part_x) + above[x] * part_x;
      const int lower = here[x + 1] * (256 - part_x) + here[x] * part_x;
      row[x] = static_cast<std::uint8_t>((lower * (256 - part_y) + upper * part_y + 32768) >> 16);
    }
  }
  return out;
}

Result<Mask> blurred(const Mask& mask, double sigma) {
  if (mask.empty() || !(sigma > 0.05)) {
    return mask.clone();
  }
  constexpr double kWidest = 200;
  const Box box = box_of(std::min(sigma, kWidest));
  const int margin = kPasses * (box.radius + 1) + 1;
  const Rect from = mask.bounds();
  const Rect to{from.x - margin, from.y - margin, from.width + 2 * margin, from.height + 2 * margin};
  TRY(check_area(to));
  Plane a{to.width, to.height, {}};
  a.samples.assign(static_cast<std::size_t>(to.width) * static_cast<std::size_t>(to.height), 0);
  Plane b = a;
  for (int y = 0; y < from.height; ++y) {
    std::uint16_t* row = a.row(y + margin);
    const std::uint8_t* source = mask.row(y);
    std::transform(source, source + from.width, row + margin,
                   [](std::uint8_t value) { return static_cast<std::uint16_t>(value << 8U); });
    filter_row(row, b.row(y + margin), to.width, box);
    filter_row(b.row(y + margin), row, to.width, box);
    filter_row(row, b.row(y + margin), to.width, box);
  }
  filter_columns(b, a, box);
  filter_columns(a, b, box);
  filter_columns(b, a, box);
  Mask out = Mask::make(to);
  for (int y = 0; y < to.height; ++y) {
    const std::uint16_t* row = a.row(y);
    std::transform(row, row + to.width, out.row(y), [](std::uint16_t value) {
      return static_cast<std::uint8_t>(std::min(255, (value + 128) >> 8));
    });
  }
  return out;
}

}  // namespace capsule::text

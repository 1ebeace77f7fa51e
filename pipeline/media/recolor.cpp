#include "media/recolor.h"

#include <algorithm>
#include <cmath>
#include <cstdint>
#include <vector>

#include "base/simd.h"

namespace capsule::media {
namespace {

// Samples enter the multiplication with seven more bits, factors have fourteen, and the upper half of the
// 32-bit product is kept: five bits of fraction, and sixteen samples a SIMD register.
constexpr int kSampleBits = 7;
constexpr int kFactorBits = 14;
constexpr int kFraction = kSampleBits + kFactorBits - 16;
constexpr int kHalf = 1 << (kFraction - 1);

struct Coefficients {
  std::int16_t y_gain, y_offset;  // Offset with the fraction, rounding included.
  std::int16_t y_cb, y_cr;
  std::int16_t cb_cb, cb_cr, cr_cb, cr_cr;
};

std::int16_t fixed(double value) {
  return static_cast<std::int16_t>(std::lround(value * (1 << kFactorBits)));
}

Coefficients coefficients(const ColorModel& from, const ColorModel& into) {
  const double kg = 1 - from.kr - from.kb;
  const double to_kg = 1 - into.kr - into.kb;
  // R, G, B of one unit of Cb and of Cr.
  const double b_cb = 2 * (1 - from.kb);
  const double g_cb = -2 * from.kb * (1 - from.kb) / kg;
  const double r_cr = 2 * (1 - from.kr);
  const double g_cr = -2 * from.kr * (1 - from.kr) / kg;
  const double luma_cb = to_kg * g_cb + into.kb * b_cb;
  const double luma_cr = into.kr * r_cr + to_kg * g_cr;
  const double cb_scale = 2 * (1 - into.kb);
  const double cr_scale = 2 * (1 - into.kr);
  const double luma_in = from.full ? 255 : 219;
  const double chroma_in = from.full ? 255 : 224;
  const double luma_out = into.full ? 255 : 219;
  const double chroma_out = into.full ? 255 : 224;
  const double black = (into.full ? 0 : 16) - (from.full ? 0 : 16 * luma_out / luma_in);
  Coefficients c{};
  c.y_gain = fixed(luma_out / luma_in);
  c.y_offset = static_cast<std::int16_t>(std::lround(black * (1 << kFraction)) + kHalf);
  c.y_cb = fixed(luma_out * luma_cb / chroma_in);
  c.y_cr = fixed(luma_out * luma_cr / chroma_in);
  c.cb_cb = fixed(chroma_out / chroma_in * (b_cb - luma_cb) / cb_scale);
  c.cb_cr = fixed(chroma_out / chroma_in * (0 - luma_cr) / cb_scale);
  c.cr_cb = fixed(chroma_out / chroma_in * (0 - luma_cb) / cr_scale);
  c.cr_cr = fixed(chroma_out / chroma_in * (r_cr - luma_cr) / cr_scale);
  return c;
}

inline std::int16_t product(std::int16_t sample, std::int16_t factor) {
  return static_cast<std::int16_t>((sample * factor) >> 16);
}

inline std::int16_t sample_of(std::uint8_t value, int zero) {
  return static_cast<std::int16_t>((value - zero) << kSampleBits);
}

inline std::uint8_t rounded(std::int16_t value) {
  return static_cast<std::uint8_t>(std::clamp(value >> kFraction, 0, 255));
}

/// What chroma adds to the luma samples above its own, half of one unit low on average as every product.
CAPSULE_ROW_KERNEL void luma_shift(const std::uint8_t* u, const std::uint8_t* v, int width,
                                   const Coefficients& c, std::int16_t* out) {
  const std::int16_t of_u = c.y_cb;
  const std::int16_t of_v = c.y_cr;
#pragma GCC ivdep
  for (int x = 0; x < width; ++x) {
    out[x] =
        static_cast<std::int16_t>(product(sample_of(u[x], 128), of_u) + product(sample_of(v[x], 128), of_v));
  }
}

/// Chroma is sited left: odd samples lie between two of it.
CAPSULE_ROW_KERNEL void spread(const std::int16_t* in, int width, std::int16_t* out) {
#pragma GCC ivdep
  for (int x = 0; x < width; ++x) {
    out[2 * x] = in[x];
    out[2 * x + 1] = static_cast<std::int16_t>((in[x] + in[x + 1]) >> 1);
  }
}

CAPSULE_ROW_KERNEL void luma_row(const std::uint8_t* in, std::uint8_t* out, int width, const Coefficients& c,
                                 const std::int16_t* shift) {
  const std::int16_t gain = c.y_gain;
  const std::int16_t offset = c.y_offset;
#pragma GCC ivdep
  for (int x = 0; x < width; ++x) {
    out[x] = rounded(static_cast<std::int16_t>(product(sample_of(in[x], 0), gain) + offset + shift[x]));
  }
}

CAPSULE_ROW_KERNEL void chroma_row(const std::uint8_t* u, const std::uint8_t* v, std::uint8_t* out, int width,
                                   std::int16_t of_u, std::int16_t of_v) {
  constexpr std::int16_t kZero = (128 << kFraction) + kHalf;
#pragma GCC ivdep
  for (int x = 0; x < width; ++x) {
    out[x] = rounded(static_cast<std::int16_t>(product(sample_of(u[x], 128), of_u) +
                                               product(sample_of(v[x], 128), of_v) + kZero));
  }
}

}  // namespace

void recolor(const ConstPlaneView& y, const ConstPlaneView& cb, const ConstPlaneView& cr,
             const ColorModel& from, const Planes& to, const ColorModel& into) {
  const Coefficients c = coefficients(from, into);
  const auto width = static_cast<std::size_t>(cb.width);
  std::vector<std::int16_t> coarse(width + 1, 0);
  std::vector<std::int16_t> shift(width * 2, 0);
  std::vector<std::uint8_t> old_cb(width);
  const bool same_matrix = c.y_cb == 0 && c.y_cr == 0;
  for (int row = 0; row < cb.height; ++row) {
    const std::uint8_t* v = cr.row(row);
    std::copy_n(cb.row(row), width, old_cb.data());
    if (!same_matrix) {
      luma_shift(old_cb.data(), v, cb.width, c, coarse.data());
      coarse[width] = coarse[width - 1];
      spread(coarse.data(), cb.width, shift.data());
    }
    for (int line = 2 * row; line < std::min(2 * row + 2, y.height); ++line) {
      luma_row(y.row(line), to.y.row(line), y.width, c, shift.data());
    }
    chroma_row(old_cb.data(), v, to.cb.row(row), cb.width, c.cb_cb, c.cb_cr);
    chroma_row(old_cb.data(), v, to.cr.row(row), cb.width, c.cr_cb, c.cr_cr);
  }
}

}  // namespace capsule::media

#include "media/recolor.h"

#include <algorithm>
#include <cmath>
#include <cstdint>
#include <vector>

namespace capsule::media {
namespace {

constexpr int kShift = 14;
constexpr int kHalf = 1 << (kShift - 1);

struct Coefficients {
  int y_gain, y_offset;  // Offset in the fixed scale, rounding included.
  int y_cb, y_cr;
  int cb_cb, cb_cr, cr_cb, cr_cr;
};

int fixed(double value) {
  return static_cast<int>(std::lround(value * (1 << kShift)));
}

Coefficients coefficients(const ColorModel& from) {
  const double kg = 1 - from.kr - from.kb;
  const double to_kg = 1 - kCanvasColor.kr - kCanvasColor.kb;
  // R, G, B of one unit of Cb and of Cr.
  const double b_cb = 2 * (1 - from.kb);
  const double g_cb = -2 * from.kb * (1 - from.kb) / kg;
  const double r_cr = 2 * (1 - from.kr);
  const double g_cr = -2 * from.kr * (1 - from.kr) / kg;
  const double luma_cb = to_kg * g_cb + kCanvasColor.kb * b_cb;
  const double luma_cr = kCanvasColor.kr * r_cr + to_kg * g_cr;
  const double cb_scale = 2 * (1 - kCanvasColor.kb);
  const double cr_scale = 2 * (1 - kCanvasColor.kr);
  const double luma_in = from.full ? 255 : 219;
  const double chroma_in = from.full ? 255 : 224;
  Coefficients c{};
  c.y_gain = fixed(219 / luma_in);
  c.y_offset = (16 << kShift) + kHalf - (from.full ? 0 : 16 * c.y_gain);
  c.y_cb = fixed(219 * luma_cb / chroma_in);
  c.y_cr = fixed(219 * luma_cr / chroma_in);
  c.cb_cb = fixed(224 / chroma_in * (b_cb - luma_cb) / cb_scale);
  c.cb_cr = fixed(224 / chroma_in * (0 - luma_cr) / cb_scale);
  c.cr_cb = fixed(224 / chroma_in * (0 - luma_cb) / cr_scale);
  c.cr_cr = fixed(224 / chroma_in * (r_cr - luma_cr) / cr_scale);
  return c;
}

std::uint8_t clamp(int value) {
  return static_cast<std::uint8_t>(std::clamp(value, 0, 255));
}

/// What chroma adds to each luma sample of two rows; chroma is sited left, so odd samples lie between two of
/// it.
void luma_shift(const ConstPlaneView& cb, const ConstPlaneView& cr, int row, const Coefficients& c,
                std::vector<int>& out) {
  const std::uint8_t* u = cb.row(row);
  const std::uint8_t* v = cr.row(row);
  const int n = cb.width;
  for (int x = 0; x < n; ++x) {
    out[2 * static_cast<std::size_t>(x)] = c.y_cb * (u[x] - 128) + c.y_cr * (v[x] - 128);
  }
  for (int x = 0; x < n; ++x) {
    const std::size_t at = 2 * static_cast<std::size_t>(x);
    const int next = x + 1 < n ? out[at + 2] : out[at];
    out[at + 1] = (out[at] + next) / 2;
  }
}

void luma_row(const std::uint8_t* in, std::uint8_t* out, int width, const Coefficients& c, const int* shift) {
  for (int x = 0; x < width; ++x) {
    out[x] = clamp((c.y_gain * in[x] + c.y_offset + shift[x]) >> kShift);
  }
}

}  // namespace

void recolor(const ConstPlaneView& y, const ConstPlaneView& cb, const ConstPlaneView& cr,
             const ColorModel& from, const Planes& to) {
  const Coefficients c = coefficients(from);
  std::vector<int> shift(static_cast<std::size_t>(cb.width) * 2 + 2, 0);
  const bool same_matrix = c.y_cb == 0 && c.y_cr == 0;
  for (int row = 0; row < cb.height; ++row) {
    if (!same_matrix) {
      luma_shift(cb, cr, row, c, shift);
    }
    for (int line = 2 * row; line < std::min(2 * row + 2, y.height); ++line) {
      luma_row(y.row(line), to.y.row(line), y.width, c, shift.data());
    }
    const std::uint8_t* u = cb.row(row);
    const std::uint8_t* v = cr.row(row);
    std::uint8_t* to_u = to.cb.row(row);
    std::uint8_t* to_v = to.cr.row(row);
    for (int x = 0; x < cb.width; ++x) {
      const int du = u[x] - 128;
      const int dv = v[x] - 128;
      to_u[x] = clamp(128 + ((c.cb_cb * du + c.cb_cr * dv + kHalf) >> kShift));
      to_v[x] = clamp(128 + ((c.cr_cb * du + c.cr_cr * dv + kHalf) >> kShift));
    }
  }
}

}  // namespace capsule::media

#include "compose/pixels/art.h"

#include <cmath>

#include "base/simd.h"
#include "compose/pixels/noise.h"

namespace capsule::compose {
namespace {

/// 255ths along a row.
struct Shares {
  const std::uint8_t* of;
  int count;
};

/// Inks of a row, one per pixel, as the row kernel reads them.
struct InkRow {
  explicit InkRow(int width) : y(width), cb(width), cr(width), a(width) {}

  void set(std::size_t x, const Ink& ink) {
    y[x] = static_cast<std::int16_t>(ink.y);
    cb[x] = static_cast<std::int16_t>(ink.cb);
    cr[x] = static_cast<std::int16_t>(ink.cr);
    a[x] = static_cast<std::int16_t>(ink.a);
  }

  void fill(const Ink& ink) {
    for (std::size_t x = 0; x < y.size(); ++x) {
      set(x, ink);
    }
  }

  /// Adds shares of the way from one ink to another, from column `at` on.
  void lean(std::size_t at, const Ink& from, const Ink& to, Shares shares) {
    const auto step = [](int way, int share) {
      const int part = way * share;
      return static_cast<std::int16_t>((part + (part >= 0 ? 127 : -127)) / 255);
    };
    for (int i = 0; i < shares.count; ++i, ++at) {
      const int share = shares.of[i];
      y[at] = static_cast<std::int16_t>(y[at] + step(to.y - from.y, share));
      cb[at] = static_cast<std::int16_t>(cb[at] + step(to.cb - from.cb, share));
      cr[at] = static_cast<std::int16_t>(cr[at] + step(to.cr - from.cr, share));
      a[at] = static_cast<std::int16_t>(a[at] + step(to.a - from.a, share));
    }
  }

  [[nodiscard]] Art::ConstRow view() const { return {y.data(), cb.data(), cr.data(), a.data()}; }

  std::vector<std::int16_t> y, cb, cr, a;
};

/// dst = src × mask / 255, over dst. 257 / 65536 stands for 1 / 255: exact at coverage 0 and 255.
CAPSULE_ROW_KERNEL
void over_channel(std::int16_t* __restrict dst, const std::int16_t* __restrict src,
                  const std::int16_t* __restrict alpha, const std::uint8_t* __restrict mask, int count) {
  for (int x = 0; x < count; ++x) {
    const int m = mask[x];
    const int a = (alpha[x] * m * 257 + 32768) >> 16;
    const int keep = 32768 - a - ((a * 257 + 32768) >> 16);
    const int s = (src[x] * m * 257 + 32768) >> 16;
    dst[x] = static_cast<std::int16_t>(s + ((dst[x] * keep + 16384) >> 15));
  }
}

void over_row(const Art::Row& dst, const Art::ConstRow& src, const std::uint8_t* mask, int count) {
  over_channel(dst.y, src.y, src.a, mask, count);
  over_channel(dst.cb, src.cb, src.a, mask, count);
  over_channel(dst.cr, src.cr, src.a, mask, count);
  over_channel(dst.a, src.a, src.a, mask, count);
}

Art::Row from(const Art::Row& row, int x) {
  return {row.y + x, row.cb + x, row.cr + x, row.a + x};
}

Art::ConstRow from(const Art::ConstRow& row, int x) {
  return {row.y + x, row.cb + x, row.cr + x, row.a + x};
}

Ink mix(const Ink& a, const Ink& b, double t) {
  const auto blend = [t](int from, int to) { return static_cast<int>(std::lround(from + (to - from) * t)); };
  return {blend(a.y, b.y), blend(a.cb, b.cb), blend(a.cr, b.cr), blend(a.a, b.a)};
}

/// Linear light is not used: the run of colours is even in what is encoded, where the eye is nearly even too.
Ink ink_at(const Fill& fill, double position) {
  const Ink a = ink_of(fill.from);
  return fill.to ? mix(a, ink_of(*fill.to), std::clamp(position, 0.0, 1.0)) : a;
}

bool is_horizontal(timeline::Side side) {
  return side == timeline::Side::kLeft || side == timeline::Side::kRight;
}

double position_of(const Fill& fill, int pixel) {
  using timeline::Side;
  const bool across = is_horizontal(fill.towards);
  const double start = across ? fill.extent.x : fill.extent.y;
  const double length = std::max(1.0, across ? fill.extent.width : fill.extent.height);
  const double t = (pixel + 0.5 - start) / length;
  return fill.towards == Side::kRight || fill.towards == Side::kBottom ? t : 1 - t;
}

/// R'G'B' premultiplied → ink, coefficients in 1/4096 of an ink step (BT.709 limited).
Ink ink_of(const std::uint8_t* p) {
  const int r = p[0];
  const int g = p[1];
  const int b = p[2];
  // 128 × 219/255 × (0.2126, 0.7152, 0.0722) and 128 × 224/255 × (…) for the differences.
  const int y = r * 95728 + g * 322034 + b * 32510 + p[3] * 32897;
  const int cb = b * 230276 - r * 52766 - g * 177510;
  const int cr = r * 230276 - g * 209161 - b * 21115;
  const auto step = [](int value) { return (value + 2048) >> 12; };
  return {std::min(step(y), kInkOne), step(cb), step(cr), p[3] * 128};
}

}  // namespace

Ink ink_of(Color color) {
  const YCbCr c = to_ycbcr(color);
  const auto part = [&](int value) {
    const int scaled = value * 128 * color.a;
    return (scaled >= 0 ? scaled + 127 : scaled - 127) / 255;
  };
  return {part(c.y), part(c.cb - 128), part(c.cr - 128), color.a * 128};
}

Rect around(const RectF& box) {
  const int x = static_cast<int>(std::floor(box.x));
  const int y = static_cast<int>(std::floor(box.y));
  return {x, y, static_cast<int>(std::ceil(box.right())) - x, static_cast<int>(std::ceil(box.bottom())) - y};
}

Art::Art(Rect bounds) : bounds_(bounds) {
  if (bounds_.empty()) {
    bounds_ = {};
    return;
  }
  const std::size_t count =
      static_cast<std::size_t>(bounds_.width) * static_cast<std::size_t>(bounds_.height);
  for (auto* plane : {&y_, &cb_, &cr_, &a_}) {
    plane->assign(count, 0);
  }
}

std::size_t Art::offset(int y) const {
  return static_cast<std::size_t>(y - bounds_.y) * static_cast<std::size_t>(bounds_.width);
}

Art::Row Art::row(int y) {
  const std::size_t at = offset(y);
  return {y_.data() + at, cb_.data() + at, cr_.data() + at, a_.data() + at};
}

Art::ConstRow Art::row(int y) const {
  const std::size_t at = offset(y);
  return {y_.data() + at, cb_.data() + at, cr_.data() + at, a_.data() + at};
}

void paint(Art& art, const Mask& mask, const Fill& fill) {
  const Rect area = intersect(art.bounds(), mask.bounds());
  if (area.empty()) {
    return;
  }
  InkRow inks(area.width);
  const bool across = fill.to && is_horizontal(fill.towards);
  const bool down = fill.to && !across;
  for (int x = 0; x < area.width; ++x) {
    inks.set(static_cast<std::size_t>(x), ink_at(fill, across ? position_of(fill, area.x + x) : 0));
  }
  for (int y = area.y; y < area.bottom(); ++y) {
    if (down) {
      inks.fill(ink_at(fill, position_of(fill, y)));
    }
    const std::uint8_t* coverage = mask.row(y - mask.bounds().y) + (area.x - mask.bounds().x);
    over_row(from(art.row(y), area.x - art.bounds().x), inks.view(), coverage, area.width);
  }
}

void paint(Art& art, const Mask& mask, Color color) {
  paint(art, mask, Fill{color, {}, {}, {}});
}

void paint(Art& art, const Mask& mask, Color color, std::span<const Patch> patches) {
  const Rect area = intersect(art.bounds(), mask.bounds());
  const Ink base = ink_of(color);
  InkRow inks(std::max(0, area.width));
  for (int y = area.y; y < area.bottom(); ++y) {
    inks.fill(base);
    for (const Patch& patch : patches) {
      const Rect own = intersect(area, patch.share->bounds());
      if (y >= own.y && y < own.bottom()) {
        const std::uint8_t* share =
            patch.share->row(y - patch.share->bounds().y) + (own.x - patch.share->bounds().x);
        inks.lean(static_cast<std::size_t>(own.x - area.x), base, ink_of(patch.color), {share, own.width});
      }
    }
    const std::uint8_t* coverage = mask.row(y - mask.bounds().y) + (area.x - mask.bounds().x);
    over_row(from(art.row(y), area.x - art.bounds().x), inks.view(), coverage, area.width);
  }
}

void paint(Art& art, const Rgba& picture, int x, int y) {
  const Rect area = intersect(art.bounds(), {x, y, picture.size().width, picture.size().height});
  InkRow inks(std::max(0, area.width));
  const std::vector<std::uint8_t> full(static_cast<std::size_t>(std::max(0, area.width)), 255);
  for (int line = area.y; line < area.bottom(); ++line) {
    const std::uint8_t* source = picture.row(line - y) + static_cast<std::ptrdiff_t>(area.x - x) * 4;
    for (int i = 0; i < area.width; ++i) {
      inks.set(static_cast<std::size_t>(i), ink_of(source + static_cast<std::ptrdiff_t>(i) * 4));
    }
    over_row(from(art.row(line), area.x - art.bounds().x), inks.view(), full.data(), area.width);
  }
}

void paint(Art& art, const Art& above) {
  const Rect area = intersect(art.bounds(), above.bounds());
  const std::vector<std::uint8_t> full(static_cast<std::size_t>(std::max(0, area.width)), 255);
  for (int y = area.y; y < area.bottom(); ++y) {
    over_row(from(art.row(y), area.x - art.bounds().x), from(above.row(y), area.x - above.bounds().x),
             full.data(), area.width);
  }
}

void tone(Art& art, Color color, double amount) {
  color.a = 255;
  const Ink ink = ink_of(color);
  const int mixed = static_cast<int>(std::lround(std::clamp(amount, 0.0, 1.0) * 256));
  const Rect area = art.bounds();
  const auto blend = [mixed](std::int16_t value, int target, int alpha) {
    const int goal = static_cast<int>(static_cast<std::int64_t>(target) * alpha / kInkOne);
    return static_cast<std::int16_t>((value * (256 - mixed) + goal * mixed + 128) >> 8);
  };
  for (int y = area.y; y < area.bottom(); ++y) {
    const Art::Row row = art.row(y);
    for (int x = 0; x < area.width; ++x) {
      row.y[x] = blend(row.y[x], ink.y, row.a[x]);
      row.cb[x] = blend(row.cb[x], ink.cb, row.a[x]);
      row.cr[x] = blend(row.cr[x], ink.cr, row.a[x]);
    }
  }
}

Mask coverage_of(const Rgba& picture, int x, int y) {
  Mask mask = Mask::make({x, y, picture.size().width, picture.size().height});
  for (int line = 0; line < picture.size().height; ++line) {
    const std::uint8_t* source = picture.row(line);
    std::uint8_t* out = mask.row(line);
    for (int i = 0; i < picture.size().width; ++i) {
      out[i] = source[static_cast<std::ptrdiff_t>(i) * 4 + 3];
    }
  }
  return mask;
}

void add_grain(Art& art) {
  const Rect area = art.bounds();
  for (int y = area.y; y < area.bottom(); ++y) {
    const Art::Row row = art.row(y);
    for (int x = 0; x < area.width; ++x) {
      const int step = static_cast<int>(noise_at(area.x + x, y) % 3U) - 1;
      row.y[x] = static_cast<std::int16_t>(std::clamp(row.y[x] + step * row.a[x] / 255, 0, kInkOne));
    }
  }
}

}  // namespace capsule::compose

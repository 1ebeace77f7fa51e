#include "compose/pixels/blend.h"

#include <array>
#include <cstring>

#include "base/simd.h"

namespace capsule::compose {
namespace {

using Byte = std::uint8_t;

// x / 255 rounded to nearest for 0 <= x <= 255 × 255 (and for the signed range of chroma) is (t + (t >> 8))
// >> 8 with t = x + 128; everything fits in 16 bits, which is what the vectoriser needs.

CAPSULE_ROW_KERNEL
void over_luma(Byte* __restrict d, const Byte* __restrict p, const Byte* __restrict a, int count) {
  for (int x = 0; x < count; ++x) {
    const auto t = static_cast<std::uint16_t>(d[x] * (255 - a[x]) + 128);
    const auto kept = static_cast<std::uint16_t>(static_cast<std::uint16_t>(t + (t >> 8)) >> 8);
    const auto sum = static_cast<std::uint16_t>(p[x] + kept);
    d[x] = static_cast<Byte>(sum > 255 ? 255 : sum);
  }
}

CAPSULE_ROW_KERNEL
void over_chroma(Byte* __restrict d, const Byte* __restrict p, const Byte* __restrict a, int count) {
  for (int x = 0; x < count; ++x) {
    const auto t = static_cast<std::int16_t>((d[x] - 128) * (255 - a[x]) + 128);
    const auto kept = static_cast<std::int16_t>(static_cast<std::int16_t>(t + (t >> 8)) >> 8);
    const auto sum = static_cast<std::int16_t>(p[x] + kept);
    d[x] = static_cast<Byte>(sum > 255 ? 255 : (sum < 0 ? 0 : sum));
  }
}

CAPSULE_ROW_KERNEL
void fade_luma(Byte* __restrict out, const Byte* __restrict in, int count, int opacity) {
  const auto share = static_cast<std::uint16_t>(opacity);
  for (int x = 0; x < count; ++x) {
    out[x] = static_cast<Byte>(static_cast<std::uint16_t>(in[x] * share + 128) >> 8);
  }
}

CAPSULE_ROW_KERNEL
void fade_chroma(Byte* __restrict out, const Byte* __restrict in, int count, int opacity) {
  const auto share = static_cast<std::int16_t>(opacity);
  for (int x = 0; x < count; ++x) {
    // -128 × 256 + 128 .. 127 × 256 + 128 fits in 16 bits.
    out[x] = static_cast<Byte>((static_cast<std::int16_t>((in[x] - 128) * share + 128) >> 8) + 128);
  }
}

CAPSULE_ROW_KERNEL
void mix_rows(Byte* __restrict out, const Byte* a, const Byte* b, int count, int share) {
  const auto other = static_cast<std::uint16_t>(share);
  const auto own = static_cast<std::uint16_t>(kOpaque - share);
  for (int x = 0; x < count; ++x) {
    out[x] = static_cast<Byte>(static_cast<std::uint16_t>(a[x] * own + b[x] * other + 128) >> 8);
  }
}

CAPSULE_ROW_KERNEL
void mix_onto(Byte* __restrict d, const Byte* __restrict s, int count, int share) {
  const auto other = static_cast<std::uint16_t>(share);
  const auto own = static_cast<std::uint16_t>(kOpaque - share);
  for (int x = 0; x < count; ++x) {
    d[x] = static_cast<Byte>(static_cast<std::uint16_t>(d[x] * own + s[x] * other + 128) >> 8);
  }
}

CAPSULE_ROW_KERNEL
void mix_value(Byte* __restrict d, int value, int count, int share) {
  const auto added = static_cast<std::uint16_t>(value * share + 128);
  const auto own = static_cast<std::uint16_t>(kOpaque - share);
  for (int x = 0; x < count; ++x) {
    d[x] = static_cast<Byte>(static_cast<std::uint16_t>(d[x] * own + added) >> 8);
  }
}

CAPSULE_ROW_KERNEL
void mix_shares(Byte* __restrict out, const Byte* a, const Byte* b, const std::uint16_t* __restrict shares,
                int count) {
  for (int x = 0; x < count; ++x) {
    const auto own = static_cast<std::uint16_t>(kOpaque - shares[x]);
    out[x] = static_cast<Byte>(static_cast<std::uint16_t>(a[x] * own + b[x] * shares[x] + 128) >> 8);
  }
}

using OverRow = void (*)(Byte*, const Byte*, const Byte*, int);
using FadeRow = void (*)(Byte*, const Byte*, int, int);

/// One plane of a sprite and how it meets the canvas.
struct Layer {
  ConstPlaneView color, coverage;
  Rect at;  ///< Where the sprite stands, in samples of this plane.
  OverRow over = nullptr;
  FadeRow fade = nullptr;
  int opacity = kOpaque;
};

constexpr int kChunk = 512;

void over_faded(Byte* d, const Byte* p, const Byte* a, int count, const Layer& layer) {
  std::array<Byte, kChunk> color{};
  std::array<Byte, kChunk> alpha{};
  for (int x = 0; x < count; x += kChunk) {
    const int part = std::min(kChunk, count - x);
    layer.fade(color.data(), p + x, part, layer.opacity);
    fade_luma(alpha.data(), a + x, part, layer.opacity);
    layer.over(d + x, color.data(), alpha.data(), part);
  }
}

/// `area`: the part to blend, inside the plane and the layer.
void over_plane(const PlaneView& plane, const Layer& layer, const Rect& area) {
  for (int y = area.y; y < area.bottom(); ++y) {
    Byte* row = plane.row(y) + area.x;
    const Byte* color = layer.color.row(y - layer.at.y) + (area.x - layer.at.x);
    const Byte* alpha = layer.coverage.row(y - layer.at.y) + (area.x - layer.at.x);
    if (layer.opacity == kOpaque) {
      layer.over(row, color, alpha, area.width);
    } else {
      over_faded(row, color, alpha, area.width, layer);
    }
  }
}

void mix_plane(const PlaneView& d, const ConstPlaneView& s, const Rect& at, const Rect& area, int opacity) {
  for (int y = area.y; y < area.bottom(); ++y) {
    Byte* row = d.row(y) + area.x;
    const Byte* source = s.row(y - at.y) + (area.x - at.x);
    if (opacity == kOpaque) {
      std::memcpy(row, source, static_cast<std::size_t>(area.width));
    } else {
      mix_onto(row, source, area.width, opacity);
    }
  }
}

void fill_plane(const PlaneView& d, int value, const Rect& area, int opacity) {
  for (int y = area.y; y < area.bottom(); ++y) {
    mix_value(d.row(y) + area.x, value, area.width, opacity);
  }
}

Rect whole(const Canvas& canvas) {
  return {0, 0, canvas.size().width, canvas.size().height};
}

Rect halved(const Rect& even) {
  return {even.x / 2, even.y / 2, even.width / 2, even.height / 2};
}

void mix_planes(const PlaneView& out, const ConstPlaneView& a, const ConstPlaneView& b, int share) {
  for (int y = 0; y < out.height; ++y) {
    mix_rows(out.row(y), a.row(y), b.row(y), out.width, share);
  }
}

}  // namespace

Rect chroma_of(const Rect& luma) {
  const auto up = [](int value) { return (value + 1) >> 1; };
  const int x = up(luma.x);
  const int y = up(luma.y);
  return {x, y, up(luma.right()) - x, up(luma.bottom()) - y};
}

void blend(Canvas& canvas, const Sprite& sprite, const Rect& clip, int opacity) {
  const Rect area = intersect(intersect(clip, sprite.bounds), whole(canvas));
  if (area.empty() || opacity <= 0) {
    return;
  }
  const ConstPlaneView chroma_coverage = sprite.ca.view();
  const Rect at = halved(sprite.bounds);
  const Rect chroma = chroma_of(area);
  over_plane(canvas.y(), {sprite.y.view(), sprite.a.view(), sprite.bounds, over_luma, fade_luma, opacity},
             area);
  over_plane(canvas.cb(), {sprite.cb.view(), chroma_coverage, at, over_chroma, fade_chroma, opacity}, chroma);
  over_plane(canvas.cr(), {sprite.cr.view(), chroma_coverage, at, over_chroma, fade_chroma, opacity}, chroma);
}

void blend(Canvas& canvas, const Canvas& picture, Rect at, const Rect& clip, int opacity) {
  at.width = picture.size().width;
  at.height = picture.size().height;
  const Rect area = intersect(intersect(clip, at), whole(canvas));
  if (area.empty() || opacity <= 0) {
    return;
  }
  mix_plane(canvas.y(), picture.y(), at, area, opacity);
  mix_plane(canvas.cb(), picture.cb(), halved(at), chroma_of(area), opacity);
  mix_plane(canvas.cr(), picture.cr(), halved(at), chroma_of(area), opacity);
}

void blend(Canvas& canvas, YCbCr color, const Rect& clip, int opacity) {
  const Rect area = intersect(clip, whole(canvas));
  if (area.empty() || opacity <= 0) {
    return;
  }
  fill_plane(canvas.y(), color.y, area, opacity);
  fill_plane(canvas.cb(), color.cb, chroma_of(area), opacity);
  fill_plane(canvas.cr(), color.cr, chroma_of(area), opacity);
}

void mix_into(Canvas& out, const Canvas& a, const Canvas& b, int share) {
  mix_planes(out.y(), a.y(), b.y(), share);
  mix_planes(out.cb(), a.cb(), b.cb(), share);
  mix_planes(out.cr(), a.cr(), b.cr(), share);
}

void mix_row(std::uint8_t* out, const std::uint8_t* a, const std::uint8_t* b, const std::uint16_t* shares,
             int count) {
  mix_shares(out, a, b, shares, count);
}

}  // namespace capsule::compose

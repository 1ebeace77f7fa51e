#pragma once
#include <cstdint>
#include <span>
#include <vector>

#include "base/canvas.h"
#include "base/color.h"
#include "base/geometry.h"
#include "timeline/timeline.h"

namespace capsule::compose {

/// One colour sample times its coverage: Y' 0..255, Cb and Cr around 0, all in 1/128 steps (255 = 32640).
/// The product is linear, so layers may be united at full resolution before the chroma is subsampled once.
struct Ink {
  int y = 0, cb = 0, cr = 0, a = 0;
};

inline constexpr int kInkOne = 255 * 128;

/// Colour with its alpha → ink; opaque colours are exactly to_ycbcr(color).
Ink ink_of(Color color);

/// Full-resolution 4:4:4 premultiplied picture of a layer while it is put together. Canvas pixels.
class Art {
 public:
  Art() = default;
  /// Transparent.
  explicit Art(Rect bounds);

  [[nodiscard]] Rect bounds() const { return bounds_; }

  [[nodiscard]] bool empty() const { return bounds_.empty(); }

  struct Row {
    std::int16_t* y;
    std::int16_t* cb;
    std::int16_t* cr;
    std::int16_t* a;
  };

  struct ConstRow {
    const std::int16_t* y;
    const std::int16_t* cb;
    const std::int16_t* cr;
    const std::int16_t* a;
  };

  /// Samples of canvas row y, which must lie in the bounds; index 0 is bounds().x.
  [[nodiscard]] Row row(int y);
  [[nodiscard]] ConstRow row(int y) const;

 private:
  [[nodiscard]] std::size_t offset(int y) const;
  Rect bounds_;
  std::vector<std::int16_t> y_, cb_, cr_, a_;
};

/// A colour, or a straight run of colours over `extent`, from `from` to `to` towards a side.
struct Fill {
  Color from;
  std::optional<Color> to;
  timeline::Side towards = timeline::Side::kBottom;
  RectF extent;
};

/// Paints over `art` where the mask covers it; parts outside the art's bounds are left out.
void paint(Art& art, const Mask& mask, const Fill& fill);
void paint(Art& art, const Mask& mask, Color color);

/// A part of a mask in a colour of its own.
struct Patch {
  const Mask* share = nullptr;  ///< 255ths of the coverage.
  Color color;
};

/// Paints one coverage in several colours: no pixel is painted twice, so parts that meet leave no seam, and
/// equal colours give what one colour gives.
void paint(Art& art, const Mask& mask, Color color, std::span<const Patch> patches);
/// Paints a premultiplied picture with its top-left corner at (x, y).
void paint(Art& art, const Rgba& picture, int x, int y);
/// Paints one art over another.
void paint(Art& art, const Art& above);
/// Mixes what is there with `color`: 0 = unchanged, 1 = the colour at the same coverage.
void tone(Art& art, Color color, double amount);
/// Coverage of a picture as a mask with its top-left corner at (x, y).
Mask coverage_of(const Rgba& picture, int x, int y);
/// Adds still noise of at most one step of luma, the same for the same pixel of the canvas.
void add_grain(Art& art);

/// The smallest whole rectangle around a box.
Rect around(const RectF& box);

}  // namespace capsule::compose

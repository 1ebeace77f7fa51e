#pragma once
#include <cstddef>
#include <cstdint>
#include <memory>

#include "base/color.h"
#include "base/geometry.h"

namespace capsule {

/// A plane of 8-bit samples that somebody else owns; stride in bytes.
struct PlaneView {
  std::uint8_t* data = nullptr;
  std::ptrdiff_t stride = 0;
  int width = 0;
  int height = 0;

  [[nodiscard]] std::uint8_t* row(int y) const { return data + y * stride; }
};

struct ConstPlaneView {
  const std::uint8_t* data = nullptr;
  std::ptrdiff_t stride = 0;
  int width = 0;
  int height = 0;
  ConstPlaneView() = default;

  ConstPlaneView(const std::uint8_t* d, std::ptrdiff_t s, int w, int h)
      : data(d), stride(s), width(w), height(h) {}

  // NOLINTNEXTLINE(google-explicit-constructor)
  ConstPlaneView(const PlaneView& p) : data(p.data), stride(p.stride), width(p.width), height(p.height) {}

  [[nodiscard]] const std::uint8_t* row(int y) const { return data + y * stride; }
};

/// Memory of a canvas that nobody holds yet.
struct FreeCanvasMemory {
  void operator()(std::uint8_t* memory) const;
};

using CanvasMemory = std::unique_ptr<std::uint8_t[], FreeCanvasMemory>;

/// A picture as it is encoded: planar Y'CbCr 4:2:0, 8 bit, BT.709 limited, chroma sited left.
/// Even width and height. Rows start on 64-byte boundaries unless the planes are lent by a decoder.
/// Moves; copies only through clone().
class Canvas {
 public:
  /// Uninitialised samples. Width and height must be even and positive.
  static Canvas make(Size size);
  /// How much memory make() takes, and such memory without a canvas over it.
  static std::size_t bytes(Size size);
  static CanvasMemory allocate(std::size_t bytes);
  /// Over memory of bytes(size), kept as long as the canvas lives.
  static Canvas over(Size size, std::shared_ptr<std::uint8_t> memory);
  /// Planes that live elsewhere and stay alive as long as `owner`: a decoded frame passed on without a copy.
  static Canvas lend(Size size, ConstPlaneView y, ConstPlaneView cb, ConstPlaneView cr,
                     std::shared_ptr<const void> owner);

  Canvas(Canvas&&) noexcept = default;
  Canvas& operator=(Canvas&&) noexcept = default;
  Canvas(const Canvas&) = delete;
  Canvas& operator=(const Canvas&) = delete;
  ~Canvas() = default;

  [[nodiscard]] Canvas clone() const;

  [[nodiscard]] Size size() const { return size_; }

  [[nodiscard]] ConstPlaneView y() const { return y_; }

  [[nodiscard]] ConstPlaneView cb() const { return cb_; }

  [[nodiscard]] ConstPlaneView cr() const { return cr_; }

  /// Writable planes; only for canvases from make() or clone().
  [[nodiscard]] PlaneView y() { return writable(y_); }

  [[nodiscard]] PlaneView cb() { return writable(cb_); }

  [[nodiscard]] PlaneView cr() { return writable(cr_); }

  void fill(YCbCr color);

 private:
  Canvas() = default;
  static PlaneView writable(const ConstPlaneView& p);
  Size size_;
  ConstPlaneView y_, cb_, cr_;
  std::shared_ptr<const void> owner_;
};

/// A finished picture, shared without copying: the same pointer twice means the same picture twice.
using Picture = std::shared_ptr<const Canvas>;

/// 8-bit R'G'B' with premultiplied alpha, 4 bytes a pixel (R, G, B, A), rows without padding: logos, SVG,
/// emoji.
class Rgba {
 public:
  /// Transparent.
  static Rgba make(Size size);
  Rgba(Rgba&&) noexcept = default;
  Rgba& operator=(Rgba&&) noexcept = default;
  Rgba(const Rgba&) = delete;
  Rgba& operator=(const Rgba&) = delete;
  ~Rgba() = default;
  [[nodiscard]] Rgba clone() const;

  [[nodiscard]] Size size() const { return size_; }

  [[nodiscard]] std::ptrdiff_t stride() const { return static_cast<std::ptrdiff_t>(size_.width) * 4; }

  [[nodiscard]] std::uint8_t* row(int y) { return data_.get() + y * stride(); }

  [[nodiscard]] const std::uint8_t* row(int y) const { return data_.get() + y * stride(); }

 private:
  Rgba() = default;
  Size size_;
  std::unique_ptr<std::uint8_t[]> data_;
};

/// 8-bit coverage (0 none, 255 full) of the pixels in `bounds`, rows without padding. An empty mask has empty
/// bounds.
class Mask {
 public:
  Mask() = default;
  /// Zero coverage.
  static Mask make(Rect bounds);
  Mask(Mask&&) noexcept = default;
  Mask& operator=(Mask&&) noexcept = default;
  Mask(const Mask&) = delete;
  Mask& operator=(const Mask&) = delete;
  ~Mask() = default;
  [[nodiscard]] Mask clone() const;

  [[nodiscard]] Rect bounds() const { return bounds_; }

  [[nodiscard]] bool empty() const { return bounds_.empty(); }

  /// Row by its place in the mask, 0..bounds().height-1.
  [[nodiscard]] std::uint8_t* row(int y) {
    return data_.get() + static_cast<std::ptrdiff_t>(y) * bounds_.width;
  }

  [[nodiscard]] const std::uint8_t* row(int y) const {
    return data_.get() + static_cast<std::ptrdiff_t>(y) * bounds_.width;
  }

 private:
  Rect bounds_;
  std::unique_ptr<std::uint8_t[]> data_;
};

}  // namespace capsule

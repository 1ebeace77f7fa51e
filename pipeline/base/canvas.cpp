#include "base/canvas.h"

#include <cstdlib>
#include <cstring>
#include <new>
#include <utility>

namespace capsule {
namespace {

constexpr std::size_t kAlignment = 64;

std::size_t aligned(int width) {
  return (static_cast<std::size_t>(width) + kAlignment - 1) / kAlignment * kAlignment;
}

void copy_plane(const ConstPlaneView& from, const PlaneView& to) {
  for (int y = 0; y < from.height; ++y) {
    std::memcpy(to.row(y), from.row(y), static_cast<std::size_t>(from.width));
  }
}

void fill_plane(const PlaneView& plane, std::uint8_t value) {
  for (int y = 0; y < plane.height; ++y) {
    std::memset(plane.row(y), value, static_cast<std::size_t>(plane.width));
  }
}

std::unique_ptr<std::uint8_t[]> zeroed(std::size_t bytes) {
  return std::make_unique<std::uint8_t[]>(bytes);
}

}  // namespace

void FreeCanvasMemory::operator()(std::uint8_t* memory) const {
  std::free(memory);
}

std::size_t Canvas::bytes(Size size) {
  const auto h = static_cast<std::size_t>(size.height);
  // 64 bytes of slack behind the last row: SIMD readers may run past a row's end.
  return aligned(size.width) * h + 2 * aligned(size.width / 2) * (h / 2) + kAlignment;
}

CanvasMemory Canvas::allocate(std::size_t bytes) {
  const std::size_t whole = (bytes + kAlignment - 1) / kAlignment * kAlignment;
  CanvasMemory memory(static_cast<std::uint8_t*>(std::aligned_alloc(kAlignment, whole)));
  if (memory == nullptr) {
    throw std::bad_alloc();
  }
  return memory;
}

Canvas Canvas::make(Size size) {
  return over(size, std::shared_ptr<std::uint8_t>(allocate(bytes(size)).release(), FreeCanvasMemory()));
}

Canvas Canvas::over(Size size, std::shared_ptr<std::uint8_t> owner) {
  std::uint8_t* const memory = owner.get();
  const std::size_t luma = aligned(size.width);
  const std::size_t chroma = aligned(size.width / 2);
  const auto h = static_cast<std::size_t>(size.height);
  Canvas c;
  c.size_ = size;
  c.owner_ = std::move(owner);
  const auto stride = static_cast<std::ptrdiff_t>(luma);
  const auto half = static_cast<std::ptrdiff_t>(chroma);
  c.y_ = {memory, stride, size.width, size.height};
  std::uint8_t* cb = memory + luma * h;
  c.cb_ = {cb, half, size.width / 2, size.height / 2};
  c.cr_ = {cb + chroma * (h / 2), half, size.width / 2, size.height / 2};
  return c;
}

Canvas Canvas::lend(Size size, ConstPlaneView y, ConstPlaneView cb, ConstPlaneView cr,
                    std::shared_ptr<const void> owner) {
  Canvas c;
  c.size_ = size;
  c.y_ = y;
  c.cb_ = cb;
  c.cr_ = cr;
  c.owner_ = std::move(owner);
  return c;
}

Canvas Canvas::clone() const {
  Canvas c = make(size_);
  copy_plane(y_, c.y());
  copy_plane(cb_, c.cb());
  copy_plane(cr_, c.cr());
  return c;
}

PlaneView Canvas::writable(const ConstPlaneView& p) {
  return {const_cast<std::uint8_t*>(p.data), p.stride, p.width, p.height};
}

void Canvas::fill(YCbCr color) {
  fill_plane(y(), color.y);
  fill_plane(cb(), color.cb);
  fill_plane(cr(), color.cr);
}

Rgba Rgba::make(Size size) {
  Rgba image;
  image.size_ = size;
  image.data_ = zeroed(static_cast<std::size_t>(size.width) * static_cast<std::size_t>(size.height) * 4);
  return image;
}

Rgba Rgba::clone() const {
  Rgba copy = make(size_);
  std::memcpy(copy.data_.get(), data_.get(),
              static_cast<std::size_t>(stride()) * static_cast<std::size_t>(size_.height));
  return copy;
}

Mask Mask::make(Rect bounds) {
  Mask mask;
  if (bounds.empty()) {
    return mask;
  }
  mask.bounds_ = bounds;
  mask.data_ = zeroed(static_cast<std::size_t>(bounds.width) * static_cast<std::size_t>(bounds.height));
  return mask;
}

Mask Mask::clone() const {
  Mask copy = make(bounds_);
  if (!empty()) {
    std::memcpy(copy.data_.get(), data_.get(),
                static_cast<std::size_t>(bounds_.width) * static_cast<std::size_t>(bounds_.height));
  }
  return copy;
}

}  // namespace capsule

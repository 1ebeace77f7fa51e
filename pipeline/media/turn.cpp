#include "media/turn.h"

#include <algorithm>
#include <cstdint>
#include <cstring>

namespace capsule::media {
namespace {

/// A cache line holds a tile's row on both sides, which makes transposing cheap.
constexpr int kTile = 16;

template <typename T>
struct Grid {
  T* data;
  std::ptrdiff_t stride;  // In samples.
  int width, height;
};

template <typename T>
void transpose_tile(const Grid<const T>& from, const Grid<T>& to, const Orientation& o, int tile_x,
                    int tile_y) {
  for (int y = tile_y; y < std::min(tile_y + kTile, to.height); ++y) {
    T* row = to.data + y * to.stride;
    const int source_x = o.flip_y ? to.height - 1 - y : y;
    for (int x = tile_x; x < std::min(tile_x + kTile, to.width); ++x) {
      const int source_y = o.flip_x ? to.width - 1 - x : x;
      row[x] = from.data[source_y * from.stride + source_x];
    }
  }
}

template <typename T>
void turn_grid(const Grid<const T>& from, const Grid<T>& to, const Orientation& o) {
  if (o.transpose) {
    for (int y = 0; y < to.height; y += kTile) {
      for (int x = 0; x < to.width; x += kTile) {
        transpose_tile(from, to, o, x, y);
      }
    }
    return;
  }
  for (int y = 0; y < to.height; ++y) {
    const T* in = from.data + (o.flip_y ? to.height - 1 - y : y) * from.stride;
    T* out = to.data + y * to.stride;
    if (o.flip_x) {
      std::reverse_copy(in, in + to.width, out);
    } else {
      std::copy(in, in + to.width, out);
    }
  }
}

Size turned(Size size, const Orientation& o) {
  return o.transpose ? Size{size.height, size.width} : size;
}

}  // namespace

void turn(const ConstPlaneView& from, const PlaneView& to, const Orientation& o) {
  turn_grid<std::uint8_t>({from.data, from.stride, from.width, from.height},
                          {to.data, to.stride, to.width, to.height}, o);
}

Canvas turn(const Canvas& from, const Orientation& o) {
  Canvas out = Canvas::make(turned(from.size(), o));
  turn(from.y(), out.y(), o);
  turn(from.cb(), out.cb(), o);
  turn(from.cr(), out.cr(), o);
  return out;
}

Rgba turn(const Rgba& from, const Orientation& o) {
  Rgba out = Rgba::make(turned(from.size(), o));
  const auto* in = reinterpret_cast<const std::uint32_t*>(from.row(0));
  auto* to = reinterpret_cast<std::uint32_t*>(out.row(0));
  turn_grid<std::uint32_t>({in, from.size().width, from.size().width, from.size().height},
                           {to, out.size().width, out.size().width, out.size().height}, o);
  return out;
}

}  // namespace capsule::media

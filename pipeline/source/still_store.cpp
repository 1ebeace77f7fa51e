#include "source/still_store.h"

#include <algorithm>
#include <memory>
#include <utility>
#include <variant>

#include "base/bytes.h"

namespace capsule::source {
namespace {

enum class Form : std::uint32_t { kPlanes, kRgba };

/// Sides beyond which no picture of ours goes; larger ones are damage.
constexpr std::uint32_t kMaxSide = 1U << 15;

std::span<const std::uint8_t> row_of(const std::uint8_t* row, std::ptrdiff_t bytes) {
  return {row, static_cast<std::size_t>(bytes)};
}

void write_plane(ByteWriter& out, ConstPlaneView plane) {
  for (int y = 0; y < plane.height; ++y) {
    out.raw(row_of(plane.row(y), plane.width));
  }
}

void read_row(ByteReader& in, std::uint8_t* row, std::ptrdiff_t bytes) {
  std::ranges::copy(in.raw(static_cast<std::uint64_t>(bytes)), row);
}

void read_plane(ByteReader& in, PlaneView plane) {
  for (int y = 0; y < plane.height; ++y) {
    read_row(in, plane.row(y), plane.width);
  }
}

Bytes write_pixels(const Pixels& pixels) {
  ByteWriter out;
  if (const auto* picture = std::get_if<Picture>(&pixels)) {
    const Canvas& canvas = **picture;
    out.u32(static_cast<std::uint32_t>(Form::kPlanes));
    out.u32(static_cast<std::uint32_t>(canvas.size().width))
        .u32(static_cast<std::uint32_t>(canvas.size().height));
    for (const ConstPlaneView plane : {canvas.y(), canvas.cb(), canvas.cr()}) {
      write_plane(out, plane);
    }
    return out.take();
  }
  const Rgba& rgba = *std::get<std::shared_ptr<const Rgba>>(pixels);
  out.u32(static_cast<std::uint32_t>(Form::kRgba));
  out.u32(static_cast<std::uint32_t>(rgba.size().width)).u32(static_cast<std::uint32_t>(rgba.size().height));
  for (int y = 0; y < rgba.size().height; ++y) {
    out.raw(row_of(rgba.row(y), rgba.stride()));
  }
  return out.take();
}

std::optional<Pixels> read_pixels(const Bytes& bytes) {
  ByteReader in(bytes);
  const auto form = static_cast<Form>(in.u32());
  const std::uint32_t width = in.u32();
  const std::uint32_t height = in.u32();
  if (width == 0 || height == 0 || width > kMaxSide || height > kMaxSide) {
    return std::nullopt;
  }
  const Size size{static_cast<int>(width), static_cast<int>(height)};
  const std::uint64_t samples = std::uint64_t{width} * height;
  if (form == Form::kPlanes && width % 2 == 0 && height % 2 == 0 && in.left() == samples * 3 / 2) {
    Canvas canvas = Canvas::make(size);
    for (const PlaneView plane : {canvas.y(), canvas.cb(), canvas.cr()}) {
      read_plane(in, plane);
    }
    return std::make_shared<const Canvas>(std::move(canvas));
  }
  if (form == Form::kRgba && in.left() == samples * 4) {
    Rgba rgba = Rgba::make(size);
    for (int y = 0; y < size.height; ++y) {
      read_row(in, rgba.row(y), rgba.stride());
    }
    return std::make_shared<const Rgba>(std::move(rgba));
  }
  return std::nullopt;
}

}  // namespace

std::optional<Pixels> load_still(store::Store& store, const Digest& key) {
  const auto bytes = store.load(key, store::Kind::kStill);
  return bytes ? read_pixels(*bytes) : std::nullopt;
}

void save_still(store::Store& store, const Digest& key, const Pixels& pixels) {
  store.save(key, store::Kind::kStill, write_pixels(pixels));
}

}  // namespace capsule::source

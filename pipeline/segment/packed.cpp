#include "segment/packed.h"

#include <utility>

namespace capsule::segment {
namespace {

constexpr std::uint32_t kFormat = 1;

Bytes copy(std::span<const std::uint8_t> bytes) {
  return {bytes.begin(), bytes.end()};
}

}  // namespace

Bytes pack(const StreamHeader& header, const std::vector<Packet>& packets) {
  ByteWriter out;
  out.u32(kFormat).blob(header.extradata).u64(packets.size());
  for (const Packet& packet : packets) {
    out.i64(packet.pts).i64(packet.dts).i64(packet.duration).u32(packet.key ? 1 : 0).blob(packet.data);
  }
  return out.take();
}

std::optional<Unpacked> unpack(std::span<const std::uint8_t> bytes) {
  ByteReader in(bytes);
  if (in.u32() != kFormat) {
    return std::nullopt;
  }
  Unpacked out;
  out.header.extradata = copy(in.blob());
  for (std::uint64_t left = in.u64(); left > 0 && in.ok(); --left) {
    Packet packet;
    packet.pts = in.i64();
    packet.dts = in.i64();
    packet.duration = in.i64();
    packet.key = in.u32() != 0;
    packet.data = copy(in.blob());
    out.packets.push_back(std::move(packet));
  }
  return in.done() ? std::optional(std::move(out)) : std::nullopt;
}

}  // namespace capsule::segment

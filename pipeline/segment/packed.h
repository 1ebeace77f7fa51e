#pragma once
#include <optional>
#include <span>

#include "base/bytes.h"
#include "base/stream.h"

// Encoded streams as bytes that are the same on every machine, for the store.
namespace capsule::segment {

Bytes pack(const StreamHeader& header, const std::vector<Packet>& packets);

struct Unpacked {
  StreamHeader header;
  std::vector<Packet> packets;
};

/// What pack() packed, byte for byte; nullopt for anything else.
std::optional<Unpacked> unpack(std::span<const std::uint8_t> bytes);

}  // namespace capsule::segment

#pragma once
#include <cstdint>

namespace capsule::compose {

/// Even noise of 32 bits that depends only on the place (a mixing step of murmur3 on the coordinates).
inline std::uint32_t noise_at(int x, int y) {
  std::uint32_t h = static_cast<std::uint32_t>(x) * 0x9E3779B1U ^ static_cast<std::uint32_t>(y) * 0x85EBCA77U;
  h ^= h >> 16;
  h *= 0x85EBCA6BU;
  h ^= h >> 13;
  h *= 0xC2B2AE35U;
  h ^= h >> 16;
  return h;
}

}  // namespace capsule::compose

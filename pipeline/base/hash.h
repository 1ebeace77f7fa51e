#pragma once
#include <array>
#include <cstdint>
#include <memory>
#include <span>
#include <string>
#include <string_view>

#include "base/result.h"

namespace capsule {

/// 128-bit content hash (XXH3), big-endian bytes.
struct Digest {
  std::array<std::uint8_t, 16> bytes{};
  [[nodiscard]] std::string hex() const;
  friend auto operator<=>(const Digest&, const Digest&) = default;
};

/// Typed, length-delimited appends, so that ("ab","c") and ("a","bc") differ.
class Hasher {
 public:
  Hasher();
  ~Hasher();
  Hasher(Hasher&&) noexcept;
  Hasher& operator=(Hasher&&) noexcept;
  Hasher(const Hasher&) = delete;
  Hasher& operator=(const Hasher&) = delete;

  Hasher& add(std::string_view text);
  Hasher& add(std::int64_t value);
  Hasher& add(double value);
  Hasher& add(const Digest& digest);
  Hasher& add_bytes(std::span<const std::uint8_t> bytes);
  [[nodiscard]] Digest digest() const;

 private:
  struct State;
  std::unique_ptr<State> state_;
};

/// Hash of a regular file's bytes.
Result<Digest> hash_file(const std::string& path);

}  // namespace capsule

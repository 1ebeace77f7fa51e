#pragma once
#include <cstdint>
#include <cstring>
#include <span>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace capsule {

using Bytes = std::vector<std::uint8_t>;

/// Values → bytes that are the same on every machine: little-endian, lengths before what varies.
class ByteWriter {
 public:
  ByteWriter& u32(std::uint32_t value) { return put(value, 4); }

  ByteWriter& u64(std::uint64_t value) { return put(value, 8); }

  ByteWriter& i64(std::int64_t value) { return put(static_cast<std::uint64_t>(value), 8); }

  ByteWriter& raw(std::span<const std::uint8_t> bytes) {
    bytes_.insert(bytes_.end(), bytes.begin(), bytes.end());
    return *this;
  }

  ByteWriter& blob(std::span<const std::uint8_t> bytes) { return u64(bytes.size()).raw(bytes); }

  ByteWriter& text(std::string_view text) {
    return blob(std::span(reinterpret_cast<const std::uint8_t*>(text.data()), text.size()));
  }

  [[nodiscard]] Bytes take() { return std::exchange(bytes_, {}); }

 private:
  ByteWriter& put(std::uint64_t value, int count) {
    for (int i = 0; i < count; ++i) {
      bytes_.push_back(static_cast<std::uint8_t>(value >> (8 * i)));
    }
    return *this;
  }

  Bytes bytes_;
};

/// Reads what ByteWriter wrote. Bytes that run out give zeros and empty texts from there on, and ok() is
/// false. Never allocates more than it was given.
class ByteReader {
 public:
  explicit ByteReader(std::span<const std::uint8_t> bytes) : left_(bytes) {}

  [[nodiscard]] std::uint32_t u32() { return static_cast<std::uint32_t>(get(4)); }

  [[nodiscard]] std::uint64_t u64() { return get(8); }

  [[nodiscard]] std::int64_t i64() { return static_cast<std::int64_t>(get(8)); }

  [[nodiscard]] std::span<const std::uint8_t> raw(std::uint64_t size) {
    if (size > left_.size()) {
      ok_ = false;
      left_ = {};
      return {};
    }
    const auto taken = left_.first(static_cast<std::size_t>(size));
    left_ = left_.subspan(taken.size());
    return taken;
  }

  [[nodiscard]] std::span<const std::uint8_t> blob() { return raw(u64()); }

  [[nodiscard]] std::string text() {
    const auto bytes = blob();
    return {reinterpret_cast<const char*>(bytes.data()), bytes.size()};
  }

  [[nodiscard]] bool ok() const { return ok_; }

  /// All was read, and all was there.
  [[nodiscard]] bool done() const { return ok_ && left_.empty(); }

  [[nodiscard]] std::size_t left() const { return left_.size(); }

 private:
  std::uint64_t get(int count) {
    std::uint64_t value = 0;
    const auto bytes = raw(static_cast<std::uint64_t>(count));
    for (std::size_t i = 0; i < bytes.size(); ++i) {
      value |= std::uint64_t{bytes[i]} << (8 * i);
    }
    return value;
  }

  std::span<const std::uint8_t> left_;
  bool ok_ = true;
};

}  // namespace capsule

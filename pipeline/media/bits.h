#pragma once
#include <cstdint>
#include <span>
#include <vector>

// Bit strings of H.264 syntax (ITU-T H.264 clauses 7.2 and 9.1).
namespace capsule::media {

/// Keeps what looks like a start code out of a unit's payload (7.4.1).
inline constexpr std::uint8_t kPrevention = 3;

/// Reads the payload of a unit, from its second byte on, past the emulation prevention bytes in it. What lies
/// beyond the end reads as 0 and makes ok() false.
class BitReader {
 public:
  explicit BitReader(std::span<const std::uint8_t> unit);

  /// `count` 0..32.
  std::uint32_t bits(int count);

  bool flag() { return bits(1) != 0; }

  /// ue(v) and se(v).
  std::uint32_t ue();
  std::int32_t se();

  [[nodiscard]] bool ok() const { return ok_; }

  /// How many bits were read.
  [[nodiscard]] std::size_t position() const { return at_; }

  /// All of it, without the emulation prevention bytes.
  [[nodiscard]] const std::vector<std::uint8_t>& payload() const { return bytes_; }

 private:
  std::vector<std::uint8_t> bytes_;
  std::size_t at_ = 0;  ///< In bits.
  bool ok_ = true;
};

class BitWriter {
 public:
  /// The lowest `count` bits of `value`, 0..32.
  BitWriter& bits(std::uint32_t value, int count);

  BitWriter& flag(bool value) { return bits(value ? 1 : 0, 1); }

  BitWriter& ue(std::uint32_t value);
  BitWriter& se(std::int32_t value);
  /// Up to the next whole byte.
  BitWriter& fill(bool value);
  /// Whole bytes. They begin a byte of their own: what the one before has left is filled up with 0.
  BitWriter& append(const std::vector<std::uint8_t>& bytes);

  /// What was written, the last byte filled up with 0.
  [[nodiscard]] const std::vector<std::uint8_t>& bytes() const { return bytes_; }

 private:
  std::vector<std::uint8_t> bytes_;
  int used_ = 8;  ///< Bits of the last byte.
};

}  // namespace capsule::media

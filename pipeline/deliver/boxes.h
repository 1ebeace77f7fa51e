#pragma once
#include <array>
#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "base/result.h"

// The boxes of an MP4 (ISO 14496-12), read by ourselves so that libav does not judge its own work. Safe on
// any bytes: sizes are checked against their parent, depth and number are bounded, nothing is allocated by
// claim.
namespace capsule::deliver {

/// Big-endian reader over bytes that it borrows. Past the end it gives zeros and remembers: ask ok() at the
/// end.
class ByteReader {
 public:
  explicit ByteReader(std::span<const std::uint8_t> bytes) : bytes_(bytes) {}

  /// `count` 1..8 bytes.
  std::uint64_t take(int count);

  std::uint8_t u8() { return static_cast<std::uint8_t>(take(1)); }

  std::uint16_t u16() { return static_cast<std::uint16_t>(take(2)); }

  std::uint32_t u32() { return static_cast<std::uint32_t>(take(4)); }

  std::uint64_t u64() { return take(8); }

  void skip(std::size_t count);

  [[nodiscard]] std::size_t left() const { return bytes_.size() - at_; }

  [[nodiscard]] std::span<const std::uint8_t> rest() const { return bytes_.subspan(at_); }

  [[nodiscard]] bool ok() const { return ok_; }

 private:
  std::span<const std::uint8_t> bytes_;
  std::size_t at_ = 0;
  bool ok_ = true;
};

/// A box of the tree; `payload` is what follows its header, without the fields before the children where it
/// has some.
struct Box {
  std::string type;  ///< Four bytes.
  std::span<const std::uint8_t> payload;
  std::vector<Box> children;

  /// The first child of this type, or nullptr.
  [[nodiscard]] const Box* child(std::string_view name) const;
  /// child() along a path such as "mdia/minf/stbl".
  [[nodiscard]] const Box* find(std::string_view path) const;
};

/// The whole tree below `bytes` (the payload of a moov). nullopt when a size does not fit its parent or there
/// are too many boxes or levels.
std::optional<std::vector<Box>> parse_boxes(std::span<const std::uint8_t> bytes);

/// A box at the top of a file: where its header and its payload begin, and where it ends.
struct TopBox {
  std::string type;
  std::uint64_t begin = 0, payload = 0, end = 0;
};

/// The boxes at the top of an open file of `size` bytes; nullopt when they do not fill the file exactly.
std::optional<std::vector<TopBox>> top_boxes(int fd, std::uint64_t size);
/// `count` bytes at `offset`, or nullopt.
std::optional<std::vector<std::uint8_t>> read_at(int fd, std::uint64_t offset, std::size_t count);

/// A box's four bytes for messages: "©nam", others than printable ones as "?".
std::string printable(std::string_view type);

}  // namespace capsule::deliver

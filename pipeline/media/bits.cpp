#include "media/bits.h"

namespace capsule::media {

BitReader::BitReader(std::span<const std::uint8_t> unit) {
  int zeros = 0;
  for (const std::uint8_t byte : unit.subspan(unit.empty() ? 0 : 1)) {
    if (zeros >= 2 && byte == kPrevention) {
      zeros = 0;
      continue;
    }
    zeros = byte == 0 ? zeros + 1 : 0;
    bytes_.push_back(byte);
  }
}

std::uint32_t BitReader::bits(int count) {
  std::uint32_t value = 0;
  for (int i = 0; i < count; ++i, ++at_) {
    ok_ = ok_ && at_ / 8 < bytes_.size();
    const bool one = ok_ && (bytes_[at_ / 8] >> (7 - at_ % 8) & 1) != 0;
    value = value << 1U | (one ? 1U : 0U);
  }
  return value;
}

std::uint32_t BitReader::ue() {
  int zeros = 0;
  while (ok_ && !flag()) {
    ++zeros;
  }
  if (zeros > 31) {
    ok_ = false;
    return 0;
  }
  return (1U << static_cast<unsigned>(zeros)) - 1 + bits(zeros);
}

std::int32_t BitReader::se() {
  const std::uint32_t code = ue();
  const auto half = static_cast<std::int32_t>(code / 2);
  return code % 2 == 1 ? half + 1 : -half;
}

BitWriter& BitWriter::bits(std::uint32_t value, int count) {
  for (int i = count - 1; i >= 0; --i) {
    if (used_ == 8) {
      bytes_.push_back(0);
      used_ = 0;
    }
    const std::uint32_t bit = value >> static_cast<unsigned>(i) & 1U;
    bytes_.back() = static_cast<std::uint8_t>(bytes_.back() | bit << static_cast<unsigned>(7 - used_));
    ++used_;
  }
  return *this;
}

BitWriter& BitWriter::ue(std::uint32_t value) {
  int length = 1;
  while (length < 32 && (value + 1) >> static_cast<unsigned>(length) != 0) {
    ++length;
  }
  return bits(0, length - 1).bits(value + 1, length);
}

BitWriter& BitWriter::se(std::int32_t value) {
  return ue(value > 0 ? static_cast<std::uint32_t>(value) * 2 - 1 : static_cast<std::uint32_t>(-value) * 2);
}

BitWriter& BitWriter::fill(bool value) {
  while (used_ != 8) {
    flag(value);
  }
  return *this;
}

BitWriter& BitWriter::append(const std::vector<std::uint8_t>& bytes) {
  bytes_.insert(bytes_.end(), bytes.begin(), bytes.end());
  used_ = 8;
  return *this;
}

}  // namespace capsule::media

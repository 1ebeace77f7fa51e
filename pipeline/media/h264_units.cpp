#include "media/h264_units.h"

#include <algorithm>
#include <cstddef>

namespace capsule::media {
namespace {

using Unit = std::span<const std::uint8_t>;

constexpr std::uint8_t kUserDataUnregistered = 5;
constexpr std::size_t kUuidBytes = 16;
constexpr std::size_t kLengthBytes = 4;
/// More than the longest head of a slice.
constexpr std::size_t kHeadBytes = 32;

bool is_encoder_note(Unit unit) {
  return unit.size() > 2 && type_of_unit(unit) == kSeiUnit && unit[1] == kUserDataUnregistered;
}

/// Offset of the next 00 00 01, or size.
std::size_t find_start(Unit s, std::size_t from) {
  static constexpr std::uint8_t kCode[] = {0, 0, 1};
  const auto at =
      std::search(s.begin() + static_cast<std::ptrdiff_t>(from), s.end(), std::begin(kCode), std::end(kCode));
  return static_cast<std::size_t>(at - s.begin());
}

void append_big_endian(std::vector<std::uint8_t>& out, std::size_t value, std::size_t bytes) {
  for (std::size_t left = bytes; left > 0; --left) {
    out.push_back(static_cast<std::uint8_t>(value >> (left - 1) * 8));
  }
}

}  // namespace

std::vector<Unit> annexb_units(Unit stream) {
  std::vector<Unit> units;
  std::size_t start = find_start(stream, 0);
  while (start < stream.size()) {
    const std::size_t begin = start + 3;
    const std::size_t next = find_start(stream, begin);
    std::size_t end = next;
    while (end > begin && stream[end - 1] == 0) {
      --end;
    }
    if (end > begin) {
      units.push_back(stream.subspan(begin, end - begin));
    }
    start = next;
  }
  return units;
}

std::vector<Unit> prefixed_units(Unit access_unit) {
  std::vector<Unit> units;
  while (!access_unit.empty()) {
    std::size_t length = 0;
    for (const std::uint8_t byte : access_unit.first(std::min(kLengthBytes, access_unit.size()))) {
      length = length << 8U | byte;
    }
    if (length == 0 || access_unit.size() < kLengthBytes || length > access_unit.size() - kLengthBytes) {
      return {};
    }
    units.push_back(access_unit.subspan(kLengthBytes, length));
    access_unit = access_unit.subspan(kLengthBytes + length);
  }
  return units;
}

void append_prefixed(std::vector<std::uint8_t>& access_unit, Unit unit) {
  append_big_endian(access_unit, unit.size(), kLengthBytes);
  access_unit.insert(access_unit.end(), unit.begin(), unit.end());
}

std::vector<std::uint8_t> make_unit(std::uint8_t head, const std::vector<std::uint8_t>& payload) {
  std::vector<std::uint8_t> unit{head};
  int zeros = 0;
  for (const std::uint8_t byte : payload) {
    if (zeros >= 2 && byte <= kPrevention) {
      unit.push_back(kPrevention);
      zeros = 0;
    }
    zeros = byte == 0 ? zeros + 1 : 0;
    unit.push_back(byte);
  }
  return unit;
}

Unit head_of_slice(Unit unit) {
  return unit.first(std::min(unit.size(), kHeadBytes));
}

BitReader slice_reader(Unit unit) {
  return BitReader(head_of_slice(unit));
}

SliceHead read_slice_head(BitReader& in) {
  SliceHead head;
  head.first_macroblock = in.ue();
  head.type = in.ue();
  head.parameter_set = in.ue();
  return head;
}

std::vector<std::uint8_t> to_length_prefixed(Unit access_unit) {
  std::vector<std::uint8_t> out;
  out.reserve(access_unit.size() + 16);
  for (const Unit unit : annexb_units(access_unit)) {
    if (!is_encoder_note(unit)) {
      append_prefixed(out, unit);
    }
  }
  return out;
}

std::vector<std::uint8_t> encoder_note(Unit access_unit) {
  for (const Unit unit : annexb_units(access_unit)) {
    if (!is_encoder_note(unit)) {
      continue;
    }
    std::size_t text = 2;
    while (text < unit.size() && unit[text] == 0xFF) {
      ++text;
    }
    text = std::min(unit.size(), text + 1 + kUuidBytes);
    return {unit.begin() + static_cast<std::ptrdiff_t>(text), unit.end()};
  }
  return {};
}

Result<std::vector<std::uint8_t>> to_avcc(Unit parameter_sets) {
  Unit sps;
  Unit pps;
  int count = 0;
  for (const Unit unit : annexb_units(parameter_sets)) {
    const int type = type_of_unit(unit);
    if (type == kSpsUnit || type == kPpsUnit) {
      (type == kSpsUnit ? sps : pps) = unit;
      ++count;
    }
  }
  if (count != 2 || sps.size() < 4 || pps.empty()) {
    return fail(Code{"internal"}, {}, {}, "x264 gave no single pair of parameter sets");
  }
  std::vector<std::uint8_t> out = {1, sps[1], sps[2], sps[3], 0xFF, 0xE1};
  append_big_endian(out, sps.size(), 2);
  out.insert(out.end(), sps.begin(), sps.end());
  out.push_back(1);
  append_big_endian(out, pps.size(), 2);
  out.insert(out.end(), pps.begin(), pps.end());
  constexpr std::uint8_t kHighProfile = 100;
  if (sps[1] >= kHighProfile) {
    // chroma_format 4:2:0, bit depths 8, no SPS extensions
    out.insert(out.end(), {0xFD, 0xF8, 0xF8, 0});
  }
  return out;
}

}  // namespace capsule::media

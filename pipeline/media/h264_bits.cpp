#include "media/h264_bits.h"

#include <algorithm>
#include <cstddef>

namespace capsule::media {
namespace {

using Unit = std::span<const std::uint8_t>;

constexpr int kSei = 6;
constexpr int kSps = 7;
constexpr int kPps = 8;
constexpr std::uint8_t kUserDataUnregistered = 5;
constexpr std::size_t kUuidBytes = 16;

int type_of(Unit unit) {
  return unit[0] & 0x1F;
}

bool is_encoder_note(Unit unit) {
  return unit.size() > 2 && type_of(unit) == kSei && unit[1] == kUserDataUnregistered;
}

/// Offset of the next 00 00 01, or size.
std::size_t find_start(Unit s, std::size_t from) {
  static constexpr std::uint8_t kCode[] = {0, 0, 1};
  const auto at =
      std::search(s.begin() + static_cast<std::ptrdiff_t>(from), s.end(), std::begin(kCode), std::end(kCode));
  return static_cast<std::size_t>(at - s.begin());
}

void append_big_endian(std::vector<std::uint8_t>& out, std::size_t value, int bytes) {
  for (int shift = (bytes - 1) * 8; shift >= 0; shift -= 8) {
    out.push_back(static_cast<std::uint8_t>(value >> shift));
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

std::vector<std::uint8_t> to_length_prefixed(Unit access_unit) {
  std::vector<std::uint8_t> out;
  out.reserve(access_unit.size() + 16);
  for (const Unit unit : annexb_units(access_unit)) {
    if (!is_encoder_note(unit)) {
      append_big_endian(out, unit.size(), 4);
      out.insert(out.end(), unit.begin(), unit.end());
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
    if (type_of(unit) == kSps || type_of(unit) == kPps) {
      (type_of(unit) == kSps ? sps : pps) = unit;
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

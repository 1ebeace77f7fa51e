#pragma once
#include <cstdint>
#include <span>
#include <vector>

#include "base/result.h"
#include "media/bits.h"

// The units that an H.264 stream consists of (ITU-T H.264 clause 7.3.1), and how streams and files hold them.
namespace capsule::media {

/// nal_unit_type (table 7-1) of what x264 writes.
inline constexpr int kSliceUnit = 1;
inline constexpr int kIdrUnit = 5;
inline constexpr int kSeiUnit = 6;
inline constexpr int kSpsUnit = 7;
inline constexpr int kPpsUnit = 8;

/// nal_unit_type of a unit that is not empty.
inline int type_of_unit(std::span<const std::uint8_t> unit) {
  return unit.front() & 0x1F;
}

/// The units of an Annex B stream (ITU-T H.264 annex B), without start codes and trailing zeros; they borrow
/// `stream`.
std::vector<std::span<const std::uint8_t>> annexb_units(std::span<const std::uint8_t> stream);

/// The units of an access unit as MP4 stores it (ISO 14496-15), 4 bytes of length before each; they borrow
/// `access_unit` and none is empty. No units when the lengths do not fit.
std::vector<std::span<const std::uint8_t>> prefixed_units(std::span<const std::uint8_t> access_unit);

/// Adds `unit` to an access unit as MP4 stores it.
void append_prefixed(std::vector<std::uint8_t>& access_unit, std::span<const std::uint8_t> unit);

/// A unit whose first byte is `head`, with emulation prevention bytes (7.4.1) in its `payload`.
std::vector<std::uint8_t> make_unit(std::uint8_t head, const std::vector<std::uint8_t>& payload);

/// What the header of every slice begins with (7.3.3).
struct SliceHead {
  std::uint32_t first_macroblock = 0, type = 0, parameter_set = 0;
};

/// As much of a slice as holds what its header begins with.
std::span<const std::uint8_t> head_of_slice(std::span<const std::uint8_t> unit);
/// Stands at its begin.
BitReader slice_reader(std::span<const std::uint8_t> unit);

/// `in` stands at the begin of a slice, and behind this afterwards; its ok() tells whether all was there.
SliceHead read_slice_head(BitReader& in);

/// Annex B access unit → 4-byte length-prefixed units, without the SEI message "user data unregistered" in
/// which x264 writes its name and options.
std::vector<std::uint8_t> to_length_prefixed(std::span<const std::uint8_t> access_unit);

/// The text of that SEI message; empty when there is none.
std::vector<std::uint8_t> encoder_note(std::span<const std::uint8_t> access_unit);

/// Annex B parameter sets → AVCDecoderConfigurationRecord (avcC, ISO 14496-15 5.3.3), 4-byte lengths, 4:2:0 8
/// bit. "internal" unless there is exactly one SPS and one PPS.
Result<std::vector<std::uint8_t>> to_avcc(std::span<const std::uint8_t> parameter_sets);

}  // namespace capsule::media

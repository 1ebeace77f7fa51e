#pragma once
#include <cstdint>
#include <span>
#include <vector>

#include "base/result.h"

namespace capsule::media {

/// The units of an Annex B stream (ITU-T H.264 annex B), without start codes and trailing zeros; they borrow
/// `stream`.
std::vector<std::span<const std::uint8_t>> annexb_units(std::span<const std::uint8_t> stream);

/// Annex B access unit → 4-byte length-prefixed units as MP4 stores them (ISO 14496-15), without the SEI
/// message "user data unregistered" in which x264 writes its name and options.
std::vector<std::uint8_t> to_length_prefixed(std::span<const std::uint8_t> access_unit);

/// The text of that SEI message; empty when there is none.
std::vector<std::uint8_t> encoder_note(std::span<const std::uint8_t> access_unit);

/// Annex B parameter sets → AVCDecoderConfigurationRecord (avcC, ISO 14496-15 5.3.3), 4-byte lengths, 4:2:0 8
/// bit. "internal" unless there is exactly one SPS and one PPS.
Result<std::vector<std::uint8_t>> to_avcc(std::span<const std::uint8_t> parameter_sets);

}  // namespace capsule::media

#pragma once
#include <cstdint>
#include <optional>
#include <span>
#include <vector>

#include "media/h264_sets.h"

namespace capsule::media {

/// slice_type modulo 5 (ITU-T H.264 table 7-6).
inline constexpr std::uint32_t kPSlice = 0;
inline constexpr std::uint32_t kBSlice = 1;
inline constexpr std::uint32_t kISlice = 2;

/// What all slices of a picture have in common (7.4.1.2.4), and where this one begins.
struct SlicePlace {
  std::uint32_t first_macroblock = 0;
  std::uint32_t type = kISlice;
  std::uint32_t frame_num = 0, order = 0;
  bool reference = false, idr = false;
};

/// nullopt for units that are no slices of these sets.
std::optional<SlicePlace> read_slice_place(std::span<const std::uint8_t> unit, const ParameterSets& sets);

/// The slice as it stands when its first macroblock is number `first` of a picture as wide: its header says
/// so, its data are the same (CABAC data are independent of where a slice lies, 9.3.1). nullopt for a slice
/// that is not as x264 writes them, and for CAVLC.
std::optional<std::vector<std::uint8_t>> moved_slice(std::span<const std::uint8_t> unit,
                                                     const ParameterSets& sets, std::uint32_t first);

}  // namespace capsule::media

#pragma once
#include <cstdint>
#include <optional>

#include "base/stream.h"

namespace capsule::media {

/// What slices need of the parameter sets (ITU-T H.264 7.3.2.1, 7.3.2.2).
struct ParameterSets {
  std::uint32_t pps_id = 0;
  int frame_num_bits = 4, order_bits = 0;     ///< order_bits 0: picture order count type 2.
  std::uint32_t across = 0, macroblocks = 0;  ///< Of a row, of a picture.
  std::uint32_t references = 1;
  std::uint32_t active[2] = {1, 1};  ///< Pictures in the lists 0 and 1, where a slice says no other.
  /// Pictures may say by themselves that they are fields, though they are coded as frames (E.2.1,
  /// pic_struct_present_flag); true as well where the sets do not end as x264's do.
  bool may_tell_fields = false;
  bool cabac = false, weighted = false, weighted_b = false, deblocking_control = false;
  std::int32_t init_qp = 26;
};

/// Of avcC. nullopt when the sets ask for more than x264 ever did: fields, slice groups, redundant pictures,
/// separate scaling matrices.
std::optional<ParameterSets> read_parameter_sets(const StreamHeader& header);

}  // namespace capsule::media

#include "media/h264_sets.h"

#include <span>

#include "media/bits.h"

namespace capsule::media {
namespace {

using Unit = std::span<const std::uint8_t>;

constexpr std::uint32_t kFirstHighProfile = 100;

/// A unit with two bytes of length before it (avcC), at `at`; moves `at` behind it. Empty where there is
/// none.
Unit parameter_set(Unit avcc, std::size_t& at) {
  if (at + 2 > avcc.size()) {
    return {};
  }
  const std::size_t length = static_cast<std::size_t>(avcc[at]) << 8U | avcc[at + 1];
  if (length == 0 || length > avcc.size() - at - 2) {
    return {};
  }
  at += 2 + length;
  return avcc.subspan(at - length, length);
}

/// What follows frame_mbs_only_flag, up to pic_struct_present_flag (7.3.2.1.1, E.1.1). What a hypothetical
/// decoder needs is not read.
bool may_tell_fields(BitReader& in) {
  constexpr std::uint32_t kExtendedAspect = 255;
  in.flag();
  const int cropped = in.flag() ? 4 : 0;
  for (int i = 0; i < cropped; ++i) {
    in.ue();
  }
  if (!in.flag()) {
    return !in.ok();
  }
  if (in.flag() && in.bits(8) == kExtendedAspect) {
    in.bits(32);
  }
  if (in.flag()) {
    in.flag();
  }
  if (in.flag()) {
    in.bits(4);
    in.bits(in.flag() ? 24 : 0);
  }
  if (in.flag()) {
    in.ue();
    in.ue();
  }
  if (in.flag()) {
    in.bits(32);
    in.bits(32);
    in.flag();
  }
  const bool nal_decoder = in.flag();
  const bool vcl_decoder = in.flag();
  return nal_decoder || vcl_decoder || in.flag() || !in.ok();
}

bool read_sps(Unit unit, ParameterSets& sets) {
  BitReader in(unit);
  const std::uint32_t profile = in.bits(8);
  in.bits(16);
  in.ue();
  if (profile >= kFirstHighProfile) {
    const bool plain = in.ue() == 1 && in.ue() == 0 && in.ue() == 0;
    const bool lossless = in.flag();
    const bool matrix = in.flag();
    if (!plain || lossless || matrix) {
      return false;
    }
  }
  sets.frame_num_bits = static_cast<int>(in.ue()) + 4;
  const std::uint32_t order_type = in.ue();
  sets.order_bits = order_type == 0 ? static_cast<int>(in.ue()) + 4 : 0;
  sets.references = in.ue();
  in.flag();
  sets.across = in.ue() + 1;
  const std::uint32_t down = in.ue() + 1;
  const bool frames_only = in.flag();
  constexpr std::uint32_t kMostAcross = 1024;
  sets.macroblocks = sets.across * down;
  sets.may_tell_fields = may_tell_fields(in);
  return in.ok() && order_type != 1 && frames_only && sets.frame_num_bits <= 16 && sets.order_bits <= 16 &&
         sets.across <= kMostAcross && down <= kMostAcross;
}

bool read_pps(Unit unit, ParameterSets& sets) {
  BitReader in(unit);
  sets.pps_id = in.ue();
  in.ue();
  sets.cabac = in.flag();
  const bool order_of_fields = in.flag();
  const bool groups = in.ue() != 0;
  for (std::uint32_t& active : sets.active) {
    active = in.ue() + 1;
  }
  sets.weighted = in.flag();
  sets.weighted_b = in.bits(2) == 1;
  sets.init_qp = 26 + in.se();
  in.se();
  in.se();
  sets.deblocking_control = in.flag();
  in.flag();
  const bool redundant = in.flag();
  return in.ok() && !order_of_fields && !groups && !redundant;
}

}  // namespace

std::optional<ParameterSets> read_parameter_sets(const StreamHeader& header) {
  const Unit avcc = header.extradata;
  std::size_t at = 6;
  const Unit sps = parameter_set(avcc, at);
  ++at;
  const Unit pps = parameter_set(avcc, at);
  ParameterSets sets;
  if (sps.size() < 4 || pps.empty() || !read_sps(sps, sets) || !read_pps(pps, sets)) {
    return std::nullopt;
  }
  return sets;
}

}  // namespace capsule::media

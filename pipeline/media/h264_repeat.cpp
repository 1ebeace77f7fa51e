#include "media/h264_repeat.h"

#include <algorithm>
#include <array>
#include <iterator>

#include "media/h264_units.h"

namespace capsule::media {
namespace {

constexpr std::uint8_t kReferredTo = 2;  ///< nal_ref_idc that x264 gives its P pictures.
constexpr std::int32_t kSliceQp = 26;    ///< Shown by no sample; with it the first skip flag is a likely one.

/// Ranges of the less probable symbol (table 9-44) from the state on in which the flag begins.
constexpr std::array<std::array<std::uint8_t, 4>, 57> kLpsRange = {{
    {105, 128, 152, 175}, {100, 122, 144, 166}, {95, 116, 137, 158}, {90, 110, 130, 150}, {85, 104, 123, 142},
    {81, 99, 117, 135},   {77, 94, 111, 128},   {73, 89, 105, 122},  {69, 85, 100, 116},  {66, 80, 95, 110},
    {62, 76, 90, 104},    {59, 72, 86, 99},     {56, 69, 81, 94},    {53, 65, 77, 89},    {51, 62, 73, 85},
    {48, 59, 69, 80},     {46, 56, 66, 76},     {43, 53, 63, 72},    {41, 50, 59, 69},    {39, 48, 56, 65},
    {37, 45, 54, 62},     {35, 43, 51, 59},     {33, 41, 48, 56},    {32, 39, 46, 53},    {30, 37, 43, 50},
    {29, 35, 41, 48},     {27, 33, 39, 45},     {26, 31, 37, 43},    {24, 30, 35, 41},    {23, 28, 33, 39},
    {22, 27, 32, 37},     {21, 26, 30, 35},     {20, 24, 29, 33},    {19, 23, 27, 31},    {18, 22, 26, 30},
    {17, 21, 25, 28},     {16, 20, 23, 27},     {15, 19, 22, 25},    {14, 18, 21, 24},    {14, 17, 20, 23},
    {13, 16, 19, 22},     {12, 15, 18, 21},     {12, 14, 17, 20},    {11, 14, 16, 19},    {11, 13, 15, 18},
    {10, 12, 15, 17},     {10, 12, 14, 16},     {9, 11, 13, 15},     {9, 11, 12, 14},     {8, 10, 12, 14},
    {8, 9, 11, 13},       {7, 9, 11, 12},       {7, 9, 10, 12},      {7, 8, 10, 11},      {6, 8, 9, 11},
    {6, 7, 9, 10},        {6, 7, 8, 9},
}};

/// The arithmetic encoder of 9.3.4.2 for one context variable whose value is always the likely one.
class SkipFlags {
 public:
  /// mb_skip_flag 1; its neighbours are skipped too, so the context is always ctxIdx 11, which cabac_init_idc
  /// 0 (m 23, n 33 in table 9-13) starts at ((23 * 26) >> 4) + 33 = 70: state 6, likely value 1.
  void skip() {
    range_ -= kLpsRange[state_][range_ >> 6U & 3U];
    state_ = std::min(state_ + 1, kLpsRange.size() - 1);
    renormalise();
  }

  /// end_of_slice_flag; the last one ends the data, stop bit included.
  void end_of_slice(bool last) {
    range_ -= 2;
    if (!last) {
      renormalise();
      return;
    }
    low_ += range_;
    range_ = 2;
    renormalise();
    put(low_ >> 9U & 1U);
    out_.bits((low_ >> 7U & 3U) | 1U, 2);
  }

  [[nodiscard]] const std::vector<std::uint8_t>& bytes() const { return out_.bytes(); }

 private:
  void renormalise() {
    while (range_ < 256) {
      if (low_ < 256) {
        put(0);
      } else if (low_ >= 512) {
        low_ -= 512;
        put(1);
      } else {
        low_ -= 256;
        ++outstanding_;
      }
      range_ <<= 1U;
      low_ <<= 1U;
    }
  }

  void put(std::uint32_t bit) {
    if (!first_) {
      out_.bits(bit, 1);
    }
    first_ = false;
    for (; outstanding_ > 0; --outstanding_) {
      out_.bits(1 - bit, 1);
    }
  }

  BitWriter out_;
  std::uint32_t low_ = 0, range_ = 510;
  std::size_t state_ = 0;
  int outstanding_ = 0;
  bool first_ = true;
};

std::vector<std::uint8_t> skipped_picture(std::uint32_t macroblocks) {
  SkipFlags flags;
  for (std::uint32_t i = 1; i <= macroblocks; ++i) {
    flags.skip();
    flags.end_of_slice(i == macroblocks);
  }
  return flags.bytes();
}

std::uint32_t masked(std::uint32_t value, int bits) {
  return value & ((1U << static_cast<unsigned>(bits)) - 1);
}

}  // namespace

Repeater::Repeater(const ParameterSets& sets)
    : sets_(sets), skipped_(sets.cabac ? skipped_picture(sets.macroblocks) : std::vector<std::uint8_t>{}) {}

std::optional<Repeater> Repeater::make(const StreamHeader& header) {
  const auto sets = read_parameter_sets(header);
  return sets ? std::optional(Repeater(*sets)) : std::nullopt;
}

std::optional<SlicePlace> Repeater::read_slice(const Packet& packet) const {
  const auto units = prefixed_units(packet.data);
  const auto slice = units.size() == 1 ? read_slice_place(units.front(), sets_) : std::nullopt;
  return slice && slice->first_macroblock == 0 ? slice : std::nullopt;
}

std::optional<Repeater::Place> Repeater::place_after(const std::vector<Packet>& gop) const {
  const auto by_pts = [](const Packet& a, const Packet& b) { return a.pts < b.pts; };
  const auto shown = std::max_element(gop.begin(), gop.end(), by_pts);
  const auto latest = std::find_if(gop.rbegin(), gop.rend(), [&](const Packet& packet) {
    const auto slice = read_slice(packet);
    return slice && slice->reference;
  });
  if (shown == gop.end() || latest == gop.rend()) {
    return std::nullopt;
  }
  const auto repeated = read_slice(*shown);
  const auto before = read_slice(*latest);
  const auto count = static_cast<std::uint32_t>(gop.size());
  if (!repeated || !repeated->reference || shown->pts + 1 != static_cast<std::int64_t>(count) ||
      repeated->order != masked(2 * (count - 1), sets_.order_bits)) {
    return std::nullopt;
  }
  Place place;
  place.frame_num = masked(before->frame_num + 1, sets_.frame_num_bits);
  place.order = masked(2 * count, sets_.order_bits);
  place.back = masked(place.frame_num - repeated->frame_num, sets_.frame_num_bits);
  return place.back >= 1 && place.back <= sets_.references ? std::optional(place) : std::nullopt;
}

std::vector<std::uint8_t> Repeater::access_unit(const Place& place) const {
  constexpr std::uint32_t kOnlyP = 5;
  constexpr std::uint32_t kNoDeblocking = 1;
  BitWriter out;
  out.ue(0).ue(kOnlyP).ue(sets_.pps_id).bits(place.frame_num, sets_.frame_num_bits);
  out.bits(place.order, sets_.order_bits);
  // One reference picture: the one before in coding order unless said otherwise (8.2.4.3.1).
  out.flag(true).ue(0).flag(place.back > 1);
  if (place.back > 1) {
    out.ue(0).ue(place.back - 1).ue(3);
  }
  if (sets_.weighted) {
    out.ue(0).ue(0).flag(false).flag(false);
  }
  out.flag(false);
  if (sets_.cabac) {
    out.ue(0);
  }
  out.se(kSliceQp - sets_.init_qp);
  if (sets_.deblocking_control) {
    out.ue(kNoDeblocking);
  }
  if (sets_.cabac) {
    out.fill(true).append(skipped_);
  } else {
    out.ue(sets_.macroblocks).flag(true);
  }
  std::vector<std::uint8_t> data;
  append_prefixed(data, make_unit(kReferredTo << 5U | kSliceUnit, out.bytes()));
  return data;
}

bool Repeater::append(std::vector<Packet>& gop, std::int64_t count) const {
  auto place = place_after(gop);
  if (!place) {
    return false;
  }
  for (std::int64_t i = 0; i < count; ++i) {
    Packet packet;
    packet.data = access_unit(*place);
    packet.pts = static_cast<std::int64_t>(gop.size());
    gop.push_back(std::move(packet));
    place->frame_num = masked(place->frame_num + 1, sets_.frame_num_bits);
    place->order = masked(place->order + 2, sets_.order_bits);
    place->back = 1;
  }
  return true;
}

}  // namespace capsule::media

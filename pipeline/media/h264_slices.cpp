#include "media/h264_slices.h"

#include <algorithm>
#include <bit>

#include "media/bits.h"
#include "media/h264_units.h"

namespace capsule::media {
namespace {

constexpr std::uint32_t kEndOfList = 3;  ///< modification_of_pic_nums_idc (7.4.3.1).
constexpr std::uint32_t kMostReferences = 32;
constexpr int kMostCommands = 66;

/// Walks the header of a slice (7.3.3) for its length.
class Header {
 public:
  Header(std::span<const std::uint8_t> unit, const ParameterSets& sets)
      : sets_(sets),
        reference_((unit.front() & 0x60) != 0),
        idr_(type_of_unit(unit) == kIdrUnit),
        in_(unit) {}

  /// False where it does not end.
  bool walk() {
    const SliceHead head = read_slice_head(in_);
    place_.first_macroblock = head.first_macroblock;
    begin_ = 2 * static_cast<std::size_t>(std::bit_width(std::uint64_t{head.first_macroblock} + 1)) - 1;
    place_.type = head.type % 5;
    const bool known = head.parameter_set == sets_.pps_id;
    place_.frame_num = in_.bits(sets_.frame_num_bits);
    if (idr_) {
      in_.ue();
    }
    place_.order = in_.bits(sets_.order_bits);
    place_.reference = reference_;
    place_.idr = idr_;
    return known && in_.ok() && place_.type <= kISlice;
  }

  bool walk_rest() {
    if (place_.type == kBSlice) {
      in_.flag();
    }
    if (place_.type != kISlice) {
      std::ranges::copy(sets_.active, active_);
      if (in_.flag()) {
        active_[0] = in_.ue() + 1;
        active_[1] = place_.type == kBSlice ? in_.ue() + 1 : active_[1];
      }
      if (!lists() || !weights()) {
        return false;
      }
    }
    if (reference_ && !marking()) {
      return false;
    }
    if (place_.type != kISlice) {
      in_.ue();
    }
    in_.se();
    if (sets_.deblocking_control && in_.ue() != 1) {
      in_.se();
      in_.se();
    }
    return in_.ok();
  }

  [[nodiscard]] const SlicePlace& place() const { return place_; }

  /// Between the first macroblock and the data, in bits of the payload.
  [[nodiscard]] std::size_t begin() const { return begin_; }

  [[nodiscard]] std::size_t end() const { return in_.position(); }

  [[nodiscard]] const std::vector<std::uint8_t>& payload() const { return in_.payload(); }

 private:
  [[nodiscard]] int list_count() const { return place_.type == kBSlice ? 2 : 1; }

  bool lists() {
    for (int list = 0; list < list_count(); ++list) {
      if (!in_.flag()) {
        continue;
      }
      int left = kMostCommands;
      while (in_.ok() && left > 0 && in_.ue() != kEndOfList) {
        in_.ue();
        --left;
      }
      if (left == 0) {
        return false;
      }
    }
    return in_.ok();
  }

  bool weights() {
    const bool any = place_.type == kPSlice ? sets_.weighted : sets_.weighted_b;
    if (!any) {
      return true;
    }
    in_.ue();
    in_.ue();
    for (int list = 0; list < list_count(); ++list) {
      if (active_[list] > kMostReferences) {
        return false;
      }
      for (std::uint32_t i = 0; i < active_[list]; ++i) {
        for (const int numbers : {2, 4}) {
          const bool own = in_.flag();
          for (int k = 0; own && k < numbers; ++k) {
            in_.se();
          }
        }
      }
    }
    return in_.ok();
  }

  bool marking() {
    if (idr_) {
      in_.bits(2);
      return in_.ok();
    }
    if (!in_.flag()) {
      return in_.ok();
    }
    for (int left = kMostCommands; left > 0 && in_.ok(); --left) {
      const std::uint32_t command = in_.ue();
      if (command == 0) {
        return in_.ok();
      }
      // Only short-term pictures are let go; x264 knows no long-term ones.
      if (command != 1) {
        return false;
      }
      in_.ue();
    }
    return false;
  }

  const ParameterSets& sets_;
  bool reference_, idr_;
  BitReader in_;
  SlicePlace place_;
  std::size_t begin_ = 0;
  std::uint32_t active_[2] = {1, 1};
};

bool is_slice(std::span<const std::uint8_t> unit) {
  return !unit.empty() && (type_of_unit(unit) == kSliceUnit || type_of_unit(unit) == kIdrUnit);
}

}  // namespace

std::optional<SlicePlace> read_slice_place(std::span<const std::uint8_t> unit, const ParameterSets& sets) {
  if (!is_slice(unit)) {
    return std::nullopt;
  }
  Header header(head_of_slice(unit), sets);
  return header.walk() ? std::optional(header.place()) : std::nullopt;
}

std::optional<std::vector<std::uint8_t>> moved_slice(std::span<const std::uint8_t> unit,
                                                     const ParameterSets& sets, std::uint32_t first) {
  if (!is_slice(unit) || !sets.cabac) {
    return std::nullopt;
  }
  Header header(unit, sets);
  if (!header.walk() || !header.walk_rest()) {
    return std::nullopt;
  }
  const std::vector<std::uint8_t>& payload = header.payload();
  BitWriter out;
  out.ue(first);
  for (std::size_t at = header.begin(); at < header.end(); ++at) {
    out.flag((payload[at / 8] >> (7 - at % 8) & 1) != 0);
  }
  const auto data = static_cast<std::ptrdiff_t>((header.end() + 7) / 8);
  out.fill(true).append({payload.begin() + data, payload.end()});
  return make_unit(unit.front(), out.bytes());
}

}  // namespace capsule::media

#include "media/strip.h"

#include <algorithm>
#include <cstring>
#include <utility>

#include "media/h264_sets.h"
#include "media/h264_slices.h"
#include "media/h264_units.h"
#include "media/x264.h"

namespace capsule::media {
namespace {

constexpr int kMacroblock = 16;

/// Rows that are dark and bright in turn, since no smooth picture is, and each sample somewhere in its half,
/// since a mean of two rows must not be flat either.
void fill_with_noise(const PlaneView& plane, std::uint32_t& state) {
  constexpr std::uint32_t kDarkest = 16;
  constexpr std::uint32_t kBrightest = 235;
  constexpr std::uint32_t kSpread = 75;
  for (int y = 0; y < plane.height; ++y) {
    for (int x = 0; x < plane.width; ++x) {
      state = state * 1664525U + 1013904223U;  // Numerical Recipes, "quick and dirty"
      const std::uint32_t off = (state >> 16U) % kSpread;
      plane.row(y)[x] = static_cast<std::uint8_t>(y % 2 == 0 ? kDarkest + off : kBrightest - off);
    }
  }
}

Canvas make_noise(int width) {
  Canvas canvas = Canvas::make({width, kSeamRows});
  std::uint32_t state = 1;
  for (const PlaneView& plane : {canvas.y(), canvas.cb(), canvas.cr()}) {
    fill_with_noise(plane, state);
  }
  return canvas;
}

void copy_rows(const ConstPlaneView& from, int first, int count, const PlaneView& to, int at) {
  for (int y = 0; y < count; ++y) {
    std::memcpy(to.row(at + y), from.row(first + y), static_cast<std::size_t>(to.width));
  }
}

/// The settings that code a strip of this height as the whole picture would be coded.
VideoSettings settings_of(VideoSettings whole, int height) {
  // What guards it is thrown away.
  const double share = static_cast<double>(height - kGuardRows) / whole.size.height;
  const auto part = [share](int whole_rate) {
    return whole_rate > 0 ? std::max(1, static_cast<int>(whole_rate * share)) : 0;
  };
  whole.size.height = height;
  whole.max_rate_kbps = part(whole.max_rate_kbps);
  whole.buffer_kbits = part(whole.buffer_kbits);
  return whole;
}

/// Leaves the slice of the strip itself; nothing where there are not just two.
void leave_slice(Packet& packet, bool first) {
  const auto units = prefixed_units(packet.data);
  std::vector<std::uint8_t> kept;
  if (units.size() == 2) {
    append_prefixed(kept, units[first ? 0 : 1]);
  }
  packet.data = std::move(kept);
}

bool fit(const ParameterSets& whole, const ParameterSets& strip) {
  return whole.across == strip.across && whole.pps_id == strip.pps_id &&
         whole.frame_num_bits == strip.frame_num_bits && whole.order_bits == strip.order_bits &&
         whole.references == strip.references && whole.init_qp == strip.init_qp &&
         std::ranges::equal(whole.active, strip.active) && whole.cabac && strip.cabac &&
         whole.weighted == strip.weighted && whole.weighted_b == strip.weighted_b &&
         whole.deblocking_control == strip.deblocking_control;
}

/// Of an access unit of one slice.
std::optional<SlicePlace> place_of(const Packet& packet, const ParameterSets& sets) {
  const auto units = prefixed_units(packet.data);
  if (units.size() != 1) {
    return std::nullopt;
  }
  return read_slice_place(units.front(), sets);
}

bool same_picture(const SlicePlace& a, const SlicePlace& b) {
  return a.type == b.type && a.frame_num == b.frame_num && a.order == b.order && a.reference == b.reference &&
         a.idr == b.idr;
}

}  // namespace

StripCutter::StripCutter(Size whole, Split split, Part part)
    : seam_(split.seam), upper_((part == Part::kOwn) == split.own_above), noise_(make_noise(whole.width)) {
  size_ = {whole.width, (upper_ ? seam_ : whole.height - seam_) + kGuardRows};
}

Picture StripCutter::cut(const Canvas& whole) const {
  Canvas out = Canvas::make(size_);
  const ConstPlaneView from[] = {whole.y(), whole.cb(), whole.cr()};
  const ConstPlaneView noise[] = {noise_.y(), noise_.cb(), noise_.cr()};
  const PlaneView to[] = {out.y(), out.cb(), out.cr()};
  for (int i = 0; i < 3; ++i) {
    const int scale = i == 0 ? 1 : 2;
    const int shown = (size_.height - kSeamRows) / scale;
    const int guard = kSeamRows / scale;
    const int first = upper_ ? 0 : (seam_ - kSeamRows) / scale;
    copy_rows(from[i], first, shown, to[i], upper_ ? 0 : guard);
    copy_rows(noise[i], 0, guard, to[i], upper_ ? shown : 0);
  }
  return std::make_shared<const Canvas>(std::move(out));
}

void StripCutter::hash(Hasher& hasher, const Canvas& whole) const {
  for (const ConstPlaneView& plane : {whole.y(), whole.cb(), whole.cr()}) {
    const int scale = whole.size().height / plane.height;
    const int first = upper_ ? 0 : (seam_ - kSeamRows) / scale;
    for (int y = first; y < first + (size_.height - kSeamRows) / scale; ++y) {
      hasher.add_bytes({plane.row(y), static_cast<std::size_t>(plane.width)});
    }
  }
}

StripEncoder::StripEncoder() = default;
StripEncoder::~StripEncoder() = default;
StripEncoder::StripEncoder(StripEncoder&&) noexcept = default;
StripEncoder& StripEncoder::operator=(StripEncoder&&) noexcept = default;

Result<StripEncoder> StripEncoder::open(const VideoSettings& whole, const StreamHeader& header, Split split,
                                        Part part, std::vector<PictureType> types) {
  // The level bounds references by the picture's size, of which a strip has more.
  const auto sets = read_parameter_sets(header);
  const int references = sets ? static_cast<int>(sets->active[0]) : 0;
  const StripCutter cutter(whole.size, split, part);
  const int across = (whole.size.width + kMacroblock - 1) / kMacroblock;
  const int rows = (cutter.upper() ? split.seam : kGuardRows) / kMacroblock;
  StripEncoder encoder;
  TRY_ASSIGN(X264 x264, X264::open(settings_of(whole, cutter.size().height),
                                   {effort_of(whole.preset).first, rows * across, false, references}));
  encoder.x264_ = std::make_unique<X264>(std::move(x264));
  encoder.types_ = std::move(types);
  encoder.upper_ = cutter.upper();
  return encoder;
}

Status StripEncoder::push(const Picture& strip) {
  // The first is an IDR picture anyway.
  const bool told = pushed_ > 0 && pushed_ < types_.size();
  const PictureType type = told ? types_[pushed_] : PictureType::kAuto;
  ++pushed_;
  return x264_->send(strip, type);
}

Result<CodedStrip> StripEncoder::finish() {
  TRY(x264_->flush());
  CodedStrip strip{x264_->header(), x264_->take()};
  for (Packet& packet : strip.packets) {
    leave_slice(packet, upper_);
  }
  return strip;
}

std::vector<PictureType> picture_types(const CodedStrip& strip) {
  const auto sets = read_parameter_sets(strip.header);
  if (!sets) {
    return {};
  }
  std::vector<PictureType> types(strip.packets.size());
  for (const Packet& packet : strip.packets) {
    const auto slice = place_of(packet, *sets);
    const bool inside = packet.pts >= 0 && packet.pts < static_cast<std::int64_t>(types.size());
    if (!slice || !inside || (slice->type == kISlice) != slice->idr) {
      return {};
    }
    types[static_cast<std::size_t>(packet.pts)] = slice->idr               ? PictureType::kAuto
                                                  : slice->type == kPSlice ? PictureType::kP
                                                                           : PictureType::kB;
  }
  return types;
}

std::vector<Packet> join_strips(const StreamHeader& whole, Split split, const CodedStrip& shared,
                                const CodedStrip& own) {
  const CodedStrip& upper = split.own_above ? own : shared;
  const CodedStrip& lower = split.own_above ? shared : own;
  const auto sets = read_parameter_sets(whole);
  const auto above = read_parameter_sets(upper.header);
  const auto below = read_parameter_sets(lower.header);
  if (!sets || !above || !below || !fit(*sets, *above) || !fit(*sets, *below) ||
      upper.packets.size() != lower.packets.size()) {
    return {};
  }
  const std::uint32_t first = static_cast<std::uint32_t>(split.seam / kMacroblock) * sets->across;
  std::vector<Packet> joined = upper.packets;
  for (std::size_t i = 0; i < joined.size(); ++i) {
    const auto here = place_of(upper.packets[i], *above);
    const auto there = place_of(lower.packets[i], *below);
    if (!here || !there || !same_picture(*here, *there) || upper.packets[i].pts != lower.packets[i].pts) {
      return {};
    }
    const auto moved = moved_slice(prefixed_units(lower.packets[i].data).front(), *below, first);
    if (!moved) {
      return {};
    }
    append_prefixed(joined[i].data, *moved);
  }
  return joined;
}

}  // namespace capsule::media

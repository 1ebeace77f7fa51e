#include "compose/pixels/resample.h"

#include <algorithm>
#include <array>

#include "base/simd.h"
#include "compose/pixels/blend.h"

#if defined(__x86_64__)
#include <tmmintrin.h>
#endif

namespace capsule::compose {
namespace {

using Block = Resampler::Block;

constexpr int kLanes = 8;
constexpr int kReach = 16;
/// Weights of a pair add up to 128; the noise of rounding them is spread over neighbours, so that a shift of
/// a thousandth of a sample still moves an edge by that much on average.
constexpr int kWeightBits = 7;
constexpr std::array<int, kLanes> kSpread = {0, 4, 2, 6, 1, 5, 3, 7};

struct Pair {
  int index = 0;   ///< Of the first input.
  int weight = 0;  ///< Of the second, 0..128.
};

Pair pair_at(std::int64_t position, int width, int lane) {
  const auto index = static_cast<int>(position >> 32);
  if (position < 0) {
    return {0, 0};
  }
  if (index >= width - 1) {
    return {std::max(0, width - 2), 1 << kWeightBits};
  }
  const auto fraction = static_cast<std::int64_t>((position >> 16) & 0xFFFF);
  const std::int64_t spread = std::int64_t{kSpread[static_cast<std::size_t>(lane)]} * (65536 / kLanes);
  return {index, static_cast<int>((fraction * (1 << kWeightBits) + spread) >> 16)};
}

Block block_of(AxisMap across, int first, int count, int width) {
  Block block;
  std::array<Pair, kLanes> pairs;
  for (int i = 0; i < kLanes; ++i) {
    const int at = std::min(first + i, count - 1);
    pairs[static_cast<std::size_t>(i)] = pair_at(across.start + across.step * at, width, i);
  }
  block.base = std::max(0, std::min(pairs.front().index, width - kReach));
  for (std::size_t i = 0; i < kLanes; ++i) {
    const int near = pairs[i].index - block.base;
    block.wide = block.wide || near + 1 >= kReach || width < kReach;
    block.index[i] = pairs[i].index;
    block.pick[2 * i] = static_cast<std::uint8_t>(near);
    block.pick[2 * i + 1] = static_cast<std::uint8_t>(near + 1);
    block.weight[2 * i] = static_cast<std::uint8_t>((1 << kWeightBits) - pairs[i].weight);
    block.weight[2 * i + 1] = static_cast<std::uint8_t>(pairs[i].weight);
  }
  return block;
}

/// 128 × (value - 128), of eight outputs.
void weigh_plain(const std::uint8_t* in, int width, const Block& block, std::int16_t* out) {
  for (std::size_t i = 0; i < kLanes; ++i) {
    const int a = in[block.index[i]] - 128;
    const int b = in[std::min(block.index[i] + 1, width - 1)] - 128;
    out[i] = static_cast<std::int16_t>(a * block.weight[2 * i] + b * block.weight[2 * i + 1]);
  }
}

#if defined(__x86_64__)
__attribute__((target("ssse3"))) void weigh_blocks(const std::uint8_t* in, int width,
                                                   const std::vector<Block>& blocks, std::int16_t* out) {
  const __m128i sign = _mm_set1_epi8(static_cast<char>(0x80));
  for (const Block& block : blocks) {
    if (block.wide) {
      weigh_plain(in, width, block, out);
    } else {
      const __m128i near = _mm_loadu_si128(reinterpret_cast<const __m128i*>(in + block.base));
      const __m128i pick = _mm_loadu_si128(reinterpret_cast<const __m128i*>(block.pick));
      const __m128i weight = _mm_loadu_si128(reinterpret_cast<const __m128i*>(block.weight));
      const __m128i pairs = _mm_xor_si128(_mm_shuffle_epi8(near, pick), sign);
      _mm_storeu_si128(reinterpret_cast<__m128i*>(out), _mm_maddubs_epi16(weight, pairs));
    }
    out += kLanes;
  }
}
#endif

void weigh_row(const std::uint8_t* in, int width, const std::vector<Block>& blocks, std::int16_t* out) {
#if defined(__x86_64__)
  if (__builtin_cpu_supports("ssse3")) {
    weigh_blocks(in, width, blocks, out);
    return;
  }
#endif
  for (const Block& block : blocks) {
    weigh_plain(in, width, block, out);
    out += kLanes;
  }
}

/// upper + (lower - upper) × weight / 2^15, then back to 8 bits.
CAPSULE_ROW_KERNEL
void between(std::uint8_t* __restrict out, const std::int16_t* __restrict upper,
             const std::int16_t* __restrict lower, int count, int weight) {
  const auto share = static_cast<std::int16_t>(weight);
  for (int x = 0; x < count; ++x) {
    const auto step = static_cast<std::int16_t>(lower[x] - upper[x]);
    const auto part = static_cast<std::int16_t>((((step * share) >> 14) + 1) >> 1);
    const auto value = static_cast<std::int16_t>(upper[x] + part);
    out[x] = static_cast<std::uint8_t>((static_cast<std::int16_t>(value + 64) >> 7) + 128);
  }
}

/// Position of the centre of luma sample i, and of the sites of chroma samples (left of their pair across,
/// between the two down), as indices into the picture's planes.
AxisMap luma_axis(std::int64_t corner, std::int64_t step, int first) {
  const std::int64_t edge = (std::int64_t{first} << 16) + (1 << 15) - corner;
  return {((edge * step) >> 16) - (std::int64_t{1} << 31), step};
}

AxisMap chroma_across(std::int64_t corner, std::int64_t step, int first) {
  const std::int64_t edge = (std::int64_t{2} * first << 16) + (1 << 15) - corner;
  return {(((edge * step) >> 16) - (std::int64_t{1} << 31)) >> 1, step};
}

AxisMap chroma_down(std::int64_t corner, std::int64_t step, int first) {
  const std::int64_t edge = (std::int64_t{2 * first + 1} << 16) - corner;
  return {(((edge * step) >> 16) - (std::int64_t{1} << 32)) >> 1, step};
}

PlaneView part_of(const PlaneView& plane, const Rect& area) {
  return {plane.row(area.y) + area.x, plane.stride, area.width, area.height};
}

}  // namespace

bool Placement::at_rest() const {
  constexpr std::int64_t kPair = 2 << 16;
  return step == std::int64_t{1} << 32 && x % kPair == 0 && y % kPair == 0;
}

void Resampler::plan(int in_width, int out_width, AxisMap across) {
  blocks_.clear();
  for (int x = 0; x < out_width; x += kLanes) {
    blocks_.push_back(block_of(across, x, out_width, in_width));
  }
  upper_.resize(blocks_.size() * kLanes);
  lower_.resize(blocks_.size() * kLanes);
}

void Resampler::row(const ConstPlaneView& in, int y, std::vector<std::int16_t>& out) {
  weigh_row(in.row(y), in.width, blocks_, out.data());
}

void Resampler::run(const ConstPlaneView& in, const PlaneView& out, AxisMap across, AxisMap down) {
  plan(in.width, out.width, across);
  int upper_at = -1;
  int lower_at = -1;
  for (int y = 0; y < out.height; ++y) {
    const std::int64_t position =
        std::clamp<std::int64_t>(down.start + down.step * y, 0, std::int64_t{in.height - 1} << 32);
    const auto index = static_cast<int>(position >> 32);
    const int below = std::min(index + 1, in.height - 1);
    if (index == lower_at) {
      std::swap(upper_, lower_);
      std::swap(upper_at, lower_at);
    }
    if (index != upper_at) {
      row(in, index, upper_);
      upper_at = index;
    }
    if (below != lower_at) {
      row(in, below, lower_);
      lower_at = below;
    }
    const auto weight = static_cast<int>((position >> 17) & 0x7FFF);
    between(out.row(y), upper_.data(), lower_.data(), out.width, weight);
  }
}

void Resampler::run(const Canvas& in, Canvas& out, const Rect& area, const Placement& placement) {
  const Rect luma = intersect(area, {0, 0, out.size().width, out.size().height});
  const Rect chroma = chroma_of(luma);
  const auto& [x, y, step] = placement;
  if (luma.empty()) {
    return;
  }
  run(in.y(), part_of(out.y(), luma), luma_axis(x, step, luma.x), luma_axis(y, step, luma.y));
  if (chroma.empty()) {
    return;
  }
  const AxisMap across = chroma_across(x, step, chroma.x);
  const AxisMap down = chroma_down(y, step, chroma.y);
  run(in.cb(), part_of(out.cb(), chroma), across, down);
  run(in.cr(), part_of(out.cr(), chroma), across, down);
}

void Resampler::run(const Sprite& in, Sprite& out, const Rect& area, const Placement& placement) {
  out.bounds = area;
  const auto& [x, y, step] = placement;
  const AxisMap luma_x = luma_axis(x, step, area.x);
  const AxisMap luma_y = luma_axis(y, step, area.y);
  const AxisMap chroma_x = chroma_across(x, step, area.x / 2);
  const AxisMap chroma_y = chroma_down(y, step, area.y / 2);
  for (const auto& [from, to] : {std::pair{&in.y, &out.y}, std::pair{&in.a, &out.a}}) {
    to->reshape(area.width, area.height);
    run(from->view(), to->view(), luma_x, luma_y);
  }
  for (const auto& [from, to] :
       {std::pair{&in.cb, &out.cb}, std::pair{&in.cr, &out.cr}, std::pair{&in.ca, &out.ca}}) {
    to->reshape(area.width / 2, area.height / 2);
    run(from->view(), to->view(), chroma_x, chroma_y);
  }
}

}  // namespace capsule::compose

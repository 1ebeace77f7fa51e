#include "segment/parting.h"

#include <algorithm>
#include <cmath>
#include <variant>

#include "media/join_watch.h"
#include "segment/seen.h"

namespace capsule::segment {
namespace {

using timeline::Layer;

constexpr int kMacroblock = 16;
// Of the picture: a film's own strip with its guard. Above that coding it apart saves too little.
constexpr double kLargestOwn = 0.5;
// Of the shorter side: letters and marks that are higher than their lines.
constexpr double kSlack = 0.02;

/// A clip, or a photo that is moved.
bool moves(const Layer& layer, const std::vector<timeline::MediaFacts>& files) {
  const Unrest unrest = unrest_of(layer, files);
  return plays(layer, files) ||
         (std::holds_alternative<timeline::Media>(layer.content) && unrest.after_begin == kNeverAtRest);
}

/// How far what is drawn reaches beyond its box, of which `slack` is for letters that are higher than lines.
double reach_of(const Layer& layer, double slack) {
  double reach = 1;
  if (const auto* text = std::get_if<timeline::Text>(&layer.content)) {
    const timeline::TextStyle& style = text->style;
    const double outline = style.outline ? style.outline->width : 0;
    const double shadow = style.shadow ? std::abs(style.shadow->dy) + 3 * style.shadow->blur : 0;
    const double glow = style.glow ? 3 * style.glow->blur : 0;
    const double plate = style.plate ? style.plate->pad_y : 0;
    reach += slack + outline + std::max({shadow, glow, plate});
  } else if (const auto* stack = std::get_if<timeline::Stack>(&layer.content)) {
    for (const Layer& child : stack->children) {
      reach = std::max(reach, slack + reach_of(child, slack));
    }
  }
  return reach + std::max(layer.enter.travel, layer.exit.travel);
}

/// Rows that what varies may touch, and whether it keeps to them.
class Extent {
 public:
  Extent(const timeline::Timeline& timeline, FrameRange range)
      : timeline_(timeline),
        range_(range),
        top_(timeline.canvas.height),
        slack_(kSlack * std::min(timeline.canvas.width, timeline.canvas.height)) {}

  void add(const Layer& layer, FrameIndex end) {
    if (range_.overlaps({layer.range.begin, end})) {
      add(layer);
    }
  }

  void add_scene(std::size_t i) {
    const timeline::Scene& scene = timeline_.scenes[i];
    if (!range_.overlaps({scene.range.begin, end_of(timeline_, i)})) {
      return;
    }
    for (const Layer& layer : scene.layers) {
      add(layer, end_of(layer, timeline_, i));
    }
    const auto kind = scene.enter.kind;
    const bool still = kind == timeline::TransitionKind::kCut || kind == timeline::TransitionKind::kCrossfade;
    in_place_ =
        in_place_ && (still || !range_.overlaps({scene.range.begin, scene.range.begin + scene.enter.frames}));
  }

  [[nodiscard]] bool divides() const { return in_place_ && any_ && moves_; }

  [[nodiscard]] double top() const { return top_; }

  [[nodiscard]] double bottom() const { return bottom_; }

 private:
  void add(const Layer& layer) {
    if (!layer.varies) {
      moves_ = moves_ || moves(layer, timeline_.files);
      return;
    }
    any_ = true;
    // A layer without a size finds its place when it is laid out.
    in_place_ = in_place_ && layer.box.width > 0 && layer.box.height > 0 && !lifts(layer);
    const double reach = reach_of(layer, slack_);
    top_ = std::min(top_, layer.box.y - reach);
    bottom_ = std::max(bottom_, layer.box.y + layer.box.height + reach);
  }

  const timeline::Timeline& timeline_;
  FrameRange range_;
  double top_, bottom_ = 0, slack_;
  bool in_place_ = true, any_ = false, moves_ = false;
};

bool shares_bits_by_block(const media::VideoSettings& settings) {
  return media::effort_of(settings.preset).lookahead > 0;
}

}  // namespace

std::optional<media::Split> split_of(const timeline::Timeline& timeline, FrameRange range,
                                     const media::VideoSettings& settings) {
  Extent extent(timeline, range);
  for (std::size_t i = 0; i < timeline.scenes.size(); ++i) {
    extent.add_scene(i);
  }
  for (const Layer& layer : timeline.overlays) {
    extent.add(layer, layer.range.end);
  }
  if (!extent.divides() || !shares_bits_by_block(settings)) {
    return std::nullopt;
  }
  const int height = timeline.canvas.height;
  const int below =
      static_cast<int>(std::ceil(extent.bottom() / kMacroblock)) * kMacroblock + media::kSeamRows;
  const int above = static_cast<int>(std::floor(extent.top() / kMacroblock)) * kMacroblock - media::kSeamRows;
  const media::Split split = below <= height - above ? media::Split{below, true} : media::Split{above, false};
  const int own = (split.own_above ? split.seam : height - split.seam) + media::kGuardRows;
  return own <= kLargestOwn * height ? std::optional(split) : std::nullopt;
}

std::uint64_t waiting_bytes(const timeline::Timeline& timeline, const std::vector<FrameRange>& ranges,
                            const media::VideoSettings& settings) {
  std::uint64_t most = 0;
  for (const FrameRange& range : ranges) {
    if (const auto split = split_of(timeline, range, settings)) {
      const media::StripCutter own(settings.size, *split, media::Part::kOwn);
      const std::uint64_t picture = Canvas::bytes(own.size()) + media::JoinWatch::bytes(settings.size);
      most = std::max(most, picture * static_cast<std::uint64_t>(range.size()));
    }
  }
  return most;
}

timeline::Timeline common_part(const timeline::Timeline& timeline) {
  timeline::Timeline common = timeline;
  const auto varies = [](const Layer& layer) { return layer.varies; };
  for (timeline::Scene& scene : common.scenes) {
    std::erase_if(scene.layers, varies);
  }
  std::erase_if(common.overlays, varies);
  return common;
}

}  // namespace capsule::segment

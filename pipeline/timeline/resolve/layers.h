#pragma once
#include <optional>
#include <string>
#include <vector>

#include "timeline/resolve/context.h"
#include "timeline/resolve/geometry.h"

namespace capsule::timeline {

/// A stretch of the film in which layers stand: a scene, or the whole film for overlays.
struct Stretch {
  Time start, length;  ///< Exact; the frames below are these rounded.
  FrameRange range;
  std::string place;  ///< For messages: "scenes[2]", or the scene's id.
};

/// A moving clip that shows somewhere and may be heard.
struct ClipUse {
  int file = 0;
  FrameRange range;
  Time in, out, speed;
  std::optional<double> sound_db;
};

/// Layers of one preset → layers of the film. Problems go to the context.
class LayerMaker {
 public:
  explicit LayerMaker(Context& context) : context_(context), geometry_(geometry_of(context.timeline)) {}

  std::vector<Layer> layers(const std::vector<preset::Layer>& layers, const Stretch& stretch);

  /// All moving clips met so far, in order.
  [[nodiscard]] const std::vector<ClipUse>& clips() const { return clips_; }

 private:
  struct Place;  ///< Where a layer's content goes: its box and frames, and its name in messages.

  std::optional<Layer> layer(const preset::Layer& layer, const Stretch& stretch, const RectF* stack);
  std::optional<FrameRange> range(const preset::Layer& layer, const Stretch& stretch,
                                  const std::string& name);
  std::optional<RectF> box(const preset::Layer& layer, const RectF* stack, const std::string& name);
  void effects(const preset::Layer& from, Layer& to, const RectF& reference, const std::string& name);

  using Content = decltype(Layer::content);
  std::optional<Content> content(const preset::MediaLayer& media, const Place& place);
  std::optional<Content> content(const preset::TextLayer& text, const Place& place);
  std::optional<Content> content(const preset::ShapeLayer& shape, const Place& place);
  std::optional<Content> content(const preset::QrLayer& qr, const Place& place);
  std::optional<Content> content(const preset::ProgressLayer& progress, const Place& place);
  std::optional<Content> content(const preset::StackLayer& stack, const Place& place);

  Context& context_;
  Geometry geometry_;
  std::vector<ClipUse> clips_;
};

/// Speed as an exact ratio; "speed-outside" is the caller's to report where this is empty.
std::optional<Time> speed_of(const preset::MediaLayer& media);
/// Film time that a clip's trimmed part takes.
Time clip_length(const preset::MediaLayer& media, const MediaFacts& facts);

}  // namespace capsule::timeline

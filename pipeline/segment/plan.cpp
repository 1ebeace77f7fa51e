#include "segment/plan.h"

#include <set>
#include <string>
#include <utility>
#include <variant>

#include "timeline/describe.h"

namespace capsule::segment {
namespace {

// Raise it with every change of the pixels that compose/, text/ or source/ make of the same timeline.
constexpr std::string_view kEngine = "capsule picture 1";

/// Writes the key of one segment: only what touches its frames.
class KeyWriter {
 public:
  KeyWriter(const timeline::Timeline& timeline, FrameRange range) : timeline_(timeline), range_(range) {}

  void write(std::string_view encoder) {
    hasher_.add(kEngine).add(encoder).add(range_.size());
    timeline::describe_film(hasher_, timeline_);
    for (std::size_t i = 0; i < timeline_.scenes.size(); ++i) {
      write_scene(i);
    }
    hasher_.add("overlays");
    for (const timeline::Layer& layer : timeline_.overlays) {
      write_layer(layer, layer.range.end);
    }
    write_cues();
  }

  [[nodiscard]] const std::set<std::string>& fonts() const { return fonts_; }

  Hasher& hasher() { return hasher_; }

 private:
  void write_scene(std::size_t i) {
    const timeline::Scene& scene = timeline_.scenes[i];
    // The outgoing picture runs on underneath the next scene's transition.
    const bool last = i + 1 == timeline_.scenes.size();
    const FrameIndex end = last ? scene.range.end : scene.range.end + timeline_.scenes[i + 1].enter.frames;
    if (!range_.overlaps({scene.range.begin, end})) {
      return;
    }
    hasher_.add("scene");
    if (range_.overlaps({scene.range.begin, scene.range.begin + scene.enter.frames})) {
      timeline::describe(hasher_, scene.enter);
      hasher_.add(scene.range.begin - range_.begin);
    }
    for (const timeline::Layer& layer : scene.layers) {
      write_layer(layer, layer.range.end == scene.range.end ? end : layer.range.end);
    }
  }

  void write_layer(const timeline::Layer& layer, FrameIndex end) {
    if (range_.overlaps({layer.range.begin, end})) {
      timeline::describe(hasher_, layer, range_.begin, timeline_);
      collect_fonts(layer);
    }
  }

  void write_cues() {
    for (const timeline::Cue& cue : timeline_.captions.cues) {
      if (!range_.overlaps(cue.range)) {
        continue;
      }
      hasher_.add("cue");
      timeline::describe_captions(hasher_, timeline_.captions);
      timeline::describe(hasher_, cue, range_.begin);
      write_lifters(cue.range);
      collect_fonts(timeline_.captions.style);
      collect_fonts(timeline_.captions.second_style);
    }
  }

  /// A layer that shows at any time of a cue may lift it for its whole length.
  void write_lifters(FrameRange cue) {
    const auto write = [&](const timeline::Layer& layer) {
      if (layer.lifts_captions && layer.range.overlaps(cue)) {
        timeline::describe(hasher_, layer, range_.begin, timeline_);
        collect_fonts(layer);
      }
    };
    for (const timeline::Scene& scene : timeline_.scenes) {
      for (const timeline::Layer& layer : scene.layers) {
        write(layer);
      }
    }
    for (const timeline::Layer& layer : timeline_.overlays) {
      write(layer);
    }
  }

  void collect_fonts(const timeline::TextStyle& style) {
    fonts_.insert(style.fonts.begin(), style.fonts.end());
  }

  void collect_fonts(const timeline::Layer& layer) {
    if (const auto* text = std::get_if<timeline::Text>(&layer.content)) {
      collect_fonts(text->style);
    } else if (const auto* stack = std::get_if<timeline::Stack>(&layer.content)) {
      for (const timeline::Layer& child : stack->children) {
        collect_fonts(child);
      }
    }
  }

  const timeline::Timeline& timeline_;
  FrameRange range_;
  Hasher hasher_;
  std::set<std::string> fonts_;
};

/// The content of every font that the text may be set in: those named, and the fallbacks.
void add_fonts(Hasher& hasher, const std::set<std::string>& names, text::FontLibrary& fonts) {
  if (names.empty()) {
    return;
  }
  for (const std::string& name : names) {
    const auto face = fonts.find(name);
    hasher.add(name).add(face ? text::FontLibrary::info(*face).digest : Digest{});
  }
  for (const bool bold : {false, true}) {
    for (const text::FacePtr& face : fonts.fallbacks(bold)) {
      hasher.add(text::FontLibrary::info(face).digest);
    }
  }
}

}  // namespace

std::vector<Segment> plan(const timeline::Timeline& timeline, const media::VideoSettings& settings,
                          text::FontLibrary& fonts) {
  const std::string encoder = media::describe(settings);
  const std::vector<FrameIndex> begins = boundaries(timeline, settings.max_gop);
  std::vector<Segment> segments;
  for (std::size_t i = 0; i < begins.size(); ++i) {
    const FrameRange range{begins[i], i + 1 < begins.size() ? begins[i + 1] : timeline.frames};
    KeyWriter writer(timeline, range);
    writer.write(encoder);
    add_fonts(writer.hasher(), writer.fonts(), fonts);
    segments.push_back({range, writer.hasher().digest()});
  }
  return segments;
}

}  // namespace capsule::segment

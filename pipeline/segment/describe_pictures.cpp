#include <fmt/format.h>

#include <algorithm>
#include <filesystem>
#include <set>
#include <string>
#include <utility>
#include <variant>

#include "base/clock_text.h"
#include "base/program.h"
#include "compose/captions.h"
#include "media/versions.h"
#include "segment/plan.h"
#include "segment/seen.h"
#include "text/versions.h"
#include "timeline/describe.h"

namespace capsule::segment {
namespace {

using timeline::Layer;
using timeline::Timeline;

/// Gathers what touches a range.
class Gatherer {
 public:
  Gatherer(const Timeline& timeline, FrameRange range) : timeline_(timeline), range_(range) {}

  void gather() {
    put("engine", "",
        fmt::format("capsule {}; {}; {}", program_digest().hex(), media::library_versions(),
                    text::library_versions()));
    put_hash("film", "", [&](Hasher& to) { timeline::describe_film(to, timeline_); });
    for (std::size_t i = 0; i < timeline_.scenes.size(); ++i) {
      add_scene(i);
    }
    put("overlays", "", "");
    for (const Layer& layer : timeline_.overlays) {
      add_layer(layer, layer.range.end);
    }
    add_cues();
    put("length", "", fmt::format("{}", range_.size()));
  }

  void add_fonts(text::FontLibrary& fonts) {
    if (fonts_.empty()) {
      return;
    }
    for (const std::string& name : fonts_) {
      const auto face = fonts.find(name);
      put("font", name, face ? fonts.digest(*face).hex() : "-");
      if (face) {
        add_cuts(fonts, *face);
      }
    }
    for (const bool bold : {false, true}) {
      for (const text::FacePtr& face : fonts.fallbacks(bold)) {
        put_font(fonts, face);
        add_cuts(fonts, face);
      }
    }
  }

  [[nodiscard]] Description take() { return std::move(out_); }

 private:
  void put(std::string what, std::string subject, std::string value) {
    out_.inputs.push_back({std::move(what), std::move(subject), std::move(value)});
  }

  void put_font(text::FontLibrary& fonts, const text::FacePtr& face) {
    put("font", text::FontLibrary::name(face), fonts.digest(face).hex());
  }

  void add_cuts(text::FontLibrary& fonts, const text::FacePtr& face) {
    if (!cuts_) {
      return;
    }
    const text::FontCuts cuts = fonts.cuts(face);
    for (const text::FacePtr& cut : {cuts.bold, cuts.slanted, cuts.bold_slanted}) {
      put_font(fonts, cut);
    }
  }

  template <typename Write>
  void put_hash(std::string what, std::string subject, const Write& write) {
    Hasher hasher;
    write(hasher);
    put(std::move(what), std::move(subject), hasher.digest().hex());
  }

  [[nodiscard]] std::string at(FrameIndex frame) const {
    return clock_text(start_of(std::max(frame, FrameIndex{0}), timeline_.rate));
  }

  void add_scene(std::size_t i) {
    const timeline::Scene& scene = timeline_.scenes[i];
    if (!range_.overlaps({scene.range.begin, end_of(timeline_, i)})) {
      return;
    }
    put("scene", at(scene.range.begin), "");
    if (range_.overlaps({scene.range.begin, scene.range.begin + scene.enter.frames})) {
      put_hash("transition", at(scene.range.begin), [&](Hasher& to) {
        timeline::describe(to, scene.enter);
        to.add(scene.range.begin - range_.begin);
      });
    }
    for (const Layer& layer : scene.layers) {
      add_layer(layer, end_of(layer, timeline_, i));
    }
  }

  void add_layer(const Layer& layer, FrameIndex end) {
    if (!range_.overlaps({layer.range.begin, end})) {
      return;
    }
    name_contents(layer);
    const Layer shown = seen(layer, range_, timeline_.files);
    put_hash("layer", at(layer.range.begin), [&](Hasher& to) {
      timeline::describe(to, shown, range_.begin, timeline_);
      note_poster(to, layer, shown);
    });
  }

  /// What would enter with the film's first picture is there from the start.
  static void note_poster(Hasher& to, const Layer& layer, const Layer& shown) {
    const auto* text = std::get_if<timeline::Text>(&layer.content);
    const bool enters = layer.enter.kind != timeline::EffectKind::kNone || (text != nullptr && text->count);
    const bool first = layer.range.begin.value == 0 && shown.range.begin.value == 0;
    to.add(std::int64_t{enters && first ? 1 : 0});
    if (const auto* stack = std::get_if<timeline::Stack>(&layer.content)) {
      const auto& children = std::get<timeline::Stack>(shown.content).children;
      for (std::size_t i = 0; i < children.size(); ++i) {
        note_poster(to, stack->children[i], children[i]);
      }
    }
  }

  /// Words and files by themselves, so that a difference can be named; the layer's own hash covers them too.
  void name_contents(const Layer& layer) {
    if (const auto* text = std::get_if<timeline::Text>(&layer.content)) {
      put("text", at(layer.range.begin), text->text);
      collect_fonts(text->style);
    } else if (const auto* media = std::get_if<timeline::Media>(&layer.content)) {
      const timeline::MediaFacts& file = timeline_.files.at(static_cast<std::size_t>(media->file));
      put("file", std::filesystem::path(file.path).filename().string(), file.digest.hex());
    } else if (const auto* qr = std::get_if<timeline::Qr>(&layer.content)) {
      put("qr", at(layer.range.begin), qr->text);
    } else if (const auto* stack = std::get_if<timeline::Stack>(&layer.content)) {
      for (const Layer& child : stack->children) {
        name_contents(child);
      }
    }
  }

  void add_cues() {
    bool styled = false;
    const std::vector<timeline::Cue>& cues = timeline_.captions.cues;
    const std::vector<std::size_t> beside = compose::first_beside(cues);
    for (std::size_t i = 0; i < cues.size(); ++i) {
      const timeline::Cue& cue = cues[i];
      if (cue.hidden || !range_.overlaps(cue.range)) {
        continue;
      }
      if (!std::exchange(styled, true)) {
        put_hash("caption-style", "",
                 [&](Hasher& to) { timeline::describe_captions(to, timeline_.captions); });
        collect_fonts(timeline_.captions.style);
        collect_fonts(timeline_.captions.second_style);
      }
      add_cue(cue);
      for (std::size_t other = beside[i]; other < i; ++other) {
        add_beside(cues[other], cue);
      }
    }
  }

  /// A cue that may have pushed another aside, whenever it shows.
  void add_beside(const timeline::Cue& cue, const timeline::Cue& pushed) {
    if (cue.hidden) {
      return;
    }
    timeline::Cue outline = cue;
    outline.words.clear();
    outline.spans.clear();
    outline.look.color.reset();
    put_hash("caption-place", at(pushed.range.begin),
             [&](Hasher& to) { timeline::describe(to, outline, pushed.range.begin); });
    add_lifters(cue);
  }

  void add_cue(const timeline::Cue& cue) {
    const timeline::Cue shown = seen(cue, range_);
    const std::string when = at(cue.range.begin);
    cuts_ = cuts_ || std::any_of(cue.emphasis.begin(), cue.emphasis.end(),
                                 [](const auto& part) { return part.bold || part.italic; });
    put("caption-text", when, cue.text + "\n" + cue.second);
    put("caption-time", when,
        fmt::format("{} {}", shown.range.begin - range_.begin, shown.range.end - range_.begin));
    put_hash("caption", when, [&](Hasher& to) { timeline::describe(to, shown, range_.begin); });
    add_lifters(cue);
  }

  void add_lifters(const timeline::Cue& cue) {
    const auto add_lifter = [&](const Layer& layer) {
      if (lifts(layer) && layer.range.overlaps(cue.range)) {
        const Layer near = outline_of(seen(layer, cue.range, timeline_.files));
        put_hash("caption-place", at(cue.range.begin),
                 [&](Hasher& to) { timeline::describe(to, near, cue.range.begin, timeline_); });
        name_contents(layer);
      }
    };
    for (const timeline::Scene& scene : timeline_.scenes) {
      std::for_each(scene.layers.begin(), scene.layers.end(), add_lifter);
    }
    std::for_each(timeline_.overlays.begin(), timeline_.overlays.end(), add_lifter);
  }

  void collect_fonts(const timeline::TextStyle& style) {
    fonts_.insert(style.fonts.begin(), style.fonts.end());
  }

  const Timeline& timeline_;
  FrameRange range_;
  Description out_;
  std::set<std::string> fonts_;
  bool cuts_ = false;  ///< Some letters are in another cut of these fonts.
};

}  // namespace

Description describe_pictures(const Timeline& timeline, FrameRange range, text::FontLibrary& fonts) {
  Gatherer gatherer(timeline, range);
  gatherer.gather();
  gatherer.add_fonts(fonts);
  return gatherer.take();
}

}  // namespace capsule::segment

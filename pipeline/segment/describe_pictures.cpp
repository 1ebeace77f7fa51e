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
    if (!lettered_) {
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
    // The first scene is there from the start.
    if (i > 0 && range_.overlaps({scene.range.begin, scene.range.begin + scene.enter.frames})) {
      put_hash("transition", at(scene.range.begin), [&](Hasher& to) {
        timeline::describe(to, scene.enter);
        to.add(scene.range.begin - range_.begin);
      });
    }
    for (const Layer& layer : scene.layers) {
      // What leaves is gone before the next scene comes over it.
      const bool leaves = layer.exit.kind != timeline::EffectKind::kNone;
      add_layer(layer, leaves ? layer.range.end : end_of(layer, timeline_, i));
    }
  }

  void add_layer(const Layer& layer, FrameIndex end) {
    if (!range_.overlaps({layer.range.begin, end})) {
      return;
    }
    name_contents(layer);
    const Layer shown = seen(layer, range_, timeline_.files, timeline_.rate);
    put_hash("layer", at(layer.range.begin), [&](Hasher& to) {
      timeline::describe(to, shown, range_.begin, timeline_);
      note_poster(to, shown);
      note_ways(to, layer);
    });
  }

  /// What would enter with the film's first picture is there from the start.
  static void note_poster(Hasher& to, const Layer& shown) {
    const auto* text = std::get_if<timeline::Text>(&shown.content);
    const bool counts = text != nullptr && text->count && text->count->frames > 0;
    const bool enters = shown.enter.kind != timeline::EffectKind::kNone || counts;
    to.add(std::int64_t{enters && shown.range.begin.value == 0});
    if (const auto* stack = std::get_if<timeline::Stack>(&shown.content)) {
      for (const Layer& child : stack->children) {
        note_poster(to, child);
      }
    }
  }

  /// Words and files by themselves, so that a difference can be named; the layer's own hash covers them too.
  void name_contents(const Layer& layer) {
    if (const auto* media = std::get_if<timeline::Media>(&layer.content)) {
      const timeline::MediaFacts& file = timeline_.files.at(static_cast<std::size_t>(media->file));
      put("file", std::filesystem::path(file.path).filename().string(), file.digest.hex());
    } else if (const auto* qr = std::get_if<timeline::Qr>(&layer.content)) {
      put("qr", at(layer.range.begin), qr->text);
    } else if (const auto* stack = std::get_if<timeline::Stack>(&layer.content)) {
      std::ranges::for_each(stack->children, [this](const Layer& child) { name_contents(child); });
    } else {
      name_words(layer);
    }
  }

  /// What sets how wide and high it is, and the fonts that it is set in.
  void name_words(const Layer& layer) {
    if (const auto* text = std::get_if<timeline::Text>(&layer.content)) {
      put("text", at(layer.range.begin), text->text);
      collect_fonts(text->style);
      collect_cuts(text->emphasis);
    } else if (const auto* stack = std::get_if<timeline::Stack>(&layer.content)) {
      std::ranges::for_each(stack->children, [this](const Layer& child) { name_words(child); });
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
      // One that asks for no place of its own and meets no other keeps its column (compose/captions.cpp).
      const timeline::CueLook& look = cue.look;
      const bool usual = !look.anchor && !look.box && look.valign == timeline::VAlign::kBottom;
      add_cue(cue);
      add_lifters(cue, usual && beside[i] == i);
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
    collect_cuts(cue.emphasis);
    timeline::Cue outline = cue;
    outline.words.clear();
    outline.spans.clear();
    outline.look.color.reset();
    put_hash("caption-place", at(pushed.range.begin),
             [&](Hasher& to) { timeline::describe(to, outline, pushed.range.begin); });
    add_lifters(cue, false);
  }

  void add_cue(const timeline::Cue& cue) {
    const timeline::Cue shown = seen(cue, range_);
    const std::string when = at(cue.range.begin);
    collect_cuts(cue.emphasis);
    put("caption-text", when, cue.text + "\n" + cue.second);
    put("caption-time", when,
        fmt::format("{} {}", shown.range.begin - range_.begin, shown.range.end - range_.begin));
    put_hash("caption", when, [&](Hasher& to) { timeline::describe(to, shown, range_.begin); });
  }

  void add_lifters(const timeline::Cue& cue, bool only_raised) {
    const auto add_lifter = [&](const Layer& layer) {
      if (lifts_during(layer, cue.range)) {
        const Layer outline = outline_of(layer, cue.range, only_raised);
        put_hash("caption-place", at(cue.range.begin),
                 [&](Hasher& to) { timeline::describe(to, outline, cue.range.begin, timeline_); });
        name_words(layer);
      }
    };
    for (const timeline::Scene& scene : timeline_.scenes) {
      std::for_each(scene.layers.begin(), scene.layers.end(), add_lifter);
    }
    std::for_each(timeline_.overlays.begin(), timeline_.overlays.end(), add_lifter);
  }

  void collect_fonts(const timeline::TextStyle& style) {
    lettered_ = true;
    fonts_.insert(style.fonts.begin(), style.fonts.end());
  }

  void collect_cuts(const std::vector<timeline::Emphasis>& emphasis) {
    cuts_ = cuts_ || std::ranges::any_of(emphasis, [](const auto& part) { return part.bold || part.italic; });
  }

  const Timeline& timeline_;
  FrameRange range_;
  Description out_;
  std::set<std::string> fonts_;
  bool lettered_ = false;
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

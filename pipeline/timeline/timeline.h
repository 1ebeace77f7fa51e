#pragma once
#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "base/color.h"
#include "base/geometry.h"
#include "base/result.h"
#include "base/time.h"
#include "timeline/cue_box.h"
#include "timeline/layer.h"

// A capsule for one delivery profile and one language, with every relative value made absolute: frames of the
// film, pixels of the canvas, left and right. Pure data: what frame n looks like follows from it and from the
// files it names.
namespace capsule::timeline {

struct Scene {
  std::string id;
  FrameRange range;
  Transition enter;
  std::vector<Layer>
      layers;  ///< Back to front. Layers that last to the scene's end run on under the next transition.
};

/// A stretch of a cue's text and when it is said.
struct SpokenPart {
  std::int32_t start = 0, end = 0;  ///< Code points of Cue::text, half-open.
  FrameRange range;
};

/// A cue that moves in a straight line, evenly, over these frames.
struct CueMove {
  PointF to;  ///< Pixels: where its anchor comes to.
  FrameRange range;
};

/// What a cue asks for itself, other than the captions' style and zone.
struct CueLook {
  std::optional<HAlign> align;
  VAlign valign = VAlign::kBottom;  ///< Top and middle: of the safe box.
  std::optional<PointF> anchor;     ///< Pixels: where the point of the cue's box named by its aligns stands.
  std::optional<Color> color;
  std::optional<CueMove> move{};  ///< Of the anchor.
  std::optional<CueBox> box{};    ///< Its line goes before `valign`.
};

struct Cue {
  FrameRange range;
  std::string text;                 ///< UTF-8, LF between lines that the author broke.
  std::string second{};             ///< Second language, or empty.
  std::vector<SpokenPart> words{};  ///< In order, never overlapping; empty without highlight.
  CueLook look{};
  std::vector<ColorSpan> spans{};    ///< Of the text; in order, never overlapping.
  std::vector<Emphasis> emphasis{};  ///< Likewise.
  bool hidden = false;  ///< Not drawn: its scene says it itself. The files beside the film carry it.
  Where where{};        ///< For messages; no part of what is seen.
};

enum class Highlight { kNone, kWord, kSweep };

struct Captions {
  std::string language, second_language;
  RectF zone;  ///< Where they stand, growing upward from its bottom edge.
  TextStyle style, second_style;
  Highlight highlight = Highlight::kNone;
  Color highlight_color;
  bool highlight_pop = false;  ///< The spoken word stands a little larger.
  std::vector<Cue> cues;       ///< In order of their begins; those of one place never overlap.
};

struct SoundClip {
  int file = 0;
  Time film_begin, film_end;
  Time in;  ///< Source time at film_begin.
  Time speed{1, 1};
  double gain_db = 0;
  Time fade_in, fade_out;
  bool loop = false;
};

struct Sound {
  std::vector<SoundClip> music, voice, clips;
  double duck_db = 12;
  double loudness_lufs = -16, true_peak_dbtp = -1.5;
};

struct Timeline {
  std::string title, language;
  Direction direction = Direction::kRightToLeft;
  Size canvas;
  FrameRate rate;
  FrameIndex frames;  ///< Length of the film.
  RectF safe;
  Color background{0, 0, 0, 255};
  std::vector<MediaFacts> files;
  std::vector<Scene> scenes;    ///< Gap-free, in order.
  std::vector<Layer> overlays;  ///< Whole film, above the scenes, below the captions.
  Captions captions;
  Sound sound;
};

}  // namespace capsule::timeline

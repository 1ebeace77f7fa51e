#pragma once
#include <cstdint>
#include <optional>
#include <string>
#include <variant>
#include <vector>

#include "base/color.h"
#include "base/geometry.h"
#include "base/hash.h"
#include "base/result.h"
#include "base/sightings.h"
#include "base/time.h"
#include "timeline/text.h"

// What shows in a film: layers and what they hold, in frames and pixels.
namespace capsule::timeline {

enum class EffectKind { kNone, kFade, kSlide, kWipe, kGrow, kPop, kRoll, kTypewriter, kReading };

/// See preset::Effect. `frames` long, beginning `delay` frames after the layer's begin (enter), ending
/// `delay` frames before its end (exit).
struct Effect {
  EffectKind kind = EffectKind::kNone;
  Side side = Side::kRight;
  int frames = 0;
  int delay = 0;
  double travel = 0;  ///< Pixels.
  int stagger = 0;    ///< Text by line: frames between lines; 0 = all at once.
};

enum class TransitionKind { kCut, kCrossfade, kWipe, kSlide, kPush };

struct Transition {
  TransitionKind kind = TransitionKind::kCut;
  Side side = Side::kLeft;  ///< Where the new picture comes in from.
  int frames = 0;
};

enum class Fit { kCover, kContain, kBlurFill };

/// What render/ found out about a file before resolving.
struct MediaFacts {
  std::string path;
  Digest digest;  ///< Of its bytes, and of what else it is drawn by: stands for its pictures.
  bool still = false;
  bool alpha = false;
  bool has_video = true, has_audio = false;
  Size shown;
  Time duration;                   ///< Of moving pictures or sound.
  Time start;                      ///< Film time 0 of the file, on its own clock.
  std::vector<Time> key_frames{};  ///< Of a clip, from its first picture; see media::MediaInfo.
  std::vector<Time> cuts{};        ///< Likewise: first pictures after cuts, as far as a film looked for them.
  Sightings seen{};                ///< Of the file, before it was read.
  Digest bytes{};                  ///< Of its bytes alone: stands for the file.
};

enum class MotionKind { kNone, kKenBurns, kPan };

struct Motion {
  MotionKind kind = MotionKind::kNone;
  double from = 1, to = 1;  ///< Ken Burns zoom.
  PointF anchor{0.5, 0.5};  ///< The point of the picture (fractions) that the zoom moves towards.
  double dx = 0, dy = 0;    ///< Pan: pixels over the layer's whole time.
};

struct Media {
  int file = 0;  ///< Index into Timeline::files.
  Time in;       ///< Source time (from the file's first picture) shown at the layer's begin.
  Time out;      ///< Source time after which the last picture is held; 0 = the file's end.
  Time speed{1, 1};
  Fit fit = Fit::kCover;
  PointF focus{0.5, 0.5};
  bool focus_auto = false;
  Motion motion;
  double blur = 0;  ///< Pixels of standard deviation.
  double dim = 0;
  Color dim_color;
  std::optional<Color> tint;
};

enum class ShapeKind { kRect, kDisc, kRing };

struct Shape {
  ShapeKind kind = ShapeKind::kRect;
  Color color;
  std::optional<Color> to;
  Side towards = Side::kBottom;
  double radius = 0, thickness = 0;
  double sweep_from = 1, sweep_to = 1;
  bool clockwise = true;
  bool grain = false;
};

struct Qr {
  std::string text;
  Color dark, light;
};

struct ProgressBar {
  Color color, track;
  Side from = Side::kRight;
};

struct Layer;

struct Stack {
  bool row = false;
  bool reversed = false;  ///< A row that runs from right to left.
  double gap = 0;
  HAlign align = HAlign::kRight;
  VAlign valign = VAlign::kMiddle;
  std::optional<Plate> plate;
  std::vector<Layer> children;  ///< A child's box gives its size; 0 = what it needs.
};

struct Dim {
  int at = 0;  ///< Frames after the layer's begin; reached over 0.25 s.
  double opacity = 0.55;
};

struct Layer {
  std::string id;
  FrameRange range;  ///< Of the film.
  RectF box;         ///< Pixels on the canvas (absolute), or 0-based size inside a stack.
  Effect enter, exit;
  double opacity = 1;
  std::optional<Dim> dim;
  bool lifts_captions = false;
  std::variant<Media, Text, Shape, Qr, ProgressBar, Stack> content;
  bool varies = false;  ///< Other films of its batch differ here; no part of what is seen.
  Where where{};        ///< For messages; no part of what is seen.
};

}  // namespace capsule::timeline

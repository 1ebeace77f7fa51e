#pragma once
#include <map>
#include <optional>
#include <string>
#include <vector>

#include "base/color.h"
#include "base/result.h"
#include "base/time.h"

namespace capsule::preset {

/// A string, or one per language. Key: primary subtag ("ar"); "" = the same in every language.
struct LocalText {
  std::map<std::string, std::string> by_language;
  Where where;

  [[nodiscard]] bool empty() const { return by_language.empty(); }

  /// The text for a BCP 47 tag, else the one for any language, else nullptr.
  [[nodiscard]] const std::string* find(const std::string& language) const;
};

/// A file found by the rules of PRODUCT.md (beside the preset, then the shipped data), per language like
/// LocalText. Values are absolute paths of existing regular files.
using LocalPath = LocalText;

/// The gain of sound that is switched off, in dB.
inline constexpr double kMuted = -120;

/// A sum of parts: 50% + 2u + 3px. Percent refers to the side of the reference box it is measured along,
/// 1u = 1 % of the canvas's shorter side, pixels are of a 1080-wide canvas and scale with u.
struct Length {
  double percent = 0;
  double units = 0;
  friend bool operator==(const Length&, const Length&) = default;
};

/// Where a layer stands, in logical terms, inside the safe box (or the canvas, or its stack's cell). What is
/// left out follows: no horizontal key = full width; a width without start or end = centred; likewise
/// vertically.
struct Box {
  bool on_canvas = false;
  std::optional<Length> start, end, top, bottom, width, height;
};

enum class EffectKind { kNone, kFade, kSlide, kWipe, kGrow, kPop, kRoll, kTypewriter, kReading };
enum class Edge { kStart, kEnd, kTop, kBottom };

/// How a layer comes or goes. Slide: travels `travel` from (enter) or to (exit) `edge` while fading; wipe:
/// uncovered from `edge`; grow: its size along the edge's axis grows from `edge`; pop: scales 0.8→1 about its
/// centre while fading; typewriter: a text's letters one by one; reading: a text uncovered as it is read.
struct Effect {
  EffectKind kind = EffectKind::kNone;
  Edge edge = Edge::kStart;
  Time duration;
  Time delay;
  Length travel{0, 4};
};

enum class TransitionKind { kCut, kCrossfade, kWipe, kSlide, kPush };

/// From the scene before; begins at the new scene's start. Wipe, slide and push move in from `edge`.
struct Transition {
  TransitionKind kind = TransitionKind::kCut;
  Edge edge = Edge::kEnd;
  Time duration;
};

enum class Fit { kCover, kContain, kBlurFill };

/// The point of a picture that must stay in sight, as fractions of its width and height.
struct Focus {
  bool automatic = true;
  double x = 0.5, y = 0.5;
};

enum class MotionKind { kNone, kKenBurns, kPan };

/// Slow movement over the layer's whole time, eased at both ends. Ken Burns: zoom from `from` to `to` (1 =
/// fitted) towards the focus, or along the reading direction when the focus is automatic. Pan: a straight
/// shift by (dx, dy) in logical units (dx towards the end side).
struct Motion {
  MotionKind kind = MotionKind::kNone;
  double from = 1, to = 1;
  Length dx, dy;
};

/// A colour, or a straight gradient from `color` at the edge opposite `towards` to `to` at it.
struct Paint {
  Color color;
  std::optional<Color> to;
  Edge towards = Edge::kBottom;
};

}  // namespace capsule::preset

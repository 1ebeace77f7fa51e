#pragma once
#include <optional>

#include "timeline/text.h"

namespace capsule::timeline {

/// Where the box of a caption stands from top to bottom.
struct CueLine {
  /// A row counted from the top, or from the bottom where negative (-1 is the last); or percent of the
  /// picture's height.
  double at = 0;
  bool row = true;
  VAlign edge = VAlign::kTop;  ///< The edge of the box that stands at a percentage.
  friend bool operator==(const CueLine&, const CueLine&) = default;
};

/// The box that a WebVTT file gives a caption, in percent of the picture. Source: W3C WebVTT, 3.3.
struct CueBox {
  std::optional<double> position;  ///< Where the box's edge stands; nothing: the edge that its text is at.
  std::optional<HAlign> edge;      ///< Nothing: the one that its text is aligned to.
  double size = 100;               ///< Its width, at most.
  std::optional<CueLine> line;     ///< Nothing: where captions usually stand.
  friend bool operator==(const CueBox&, const CueBox&) = default;
};

}  // namespace capsule::timeline

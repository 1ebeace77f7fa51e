#pragma once
#include <optional>
#include <string>
#include <vector>

#include "base/canvas.h"
#include "base/result.h"
#include "compose/compositor.h"

// Can it be read? Measured in the finished picture, with what outline, shadow and box have done for it.
namespace capsule::compose {

/// WCAG 2.1's ratio for text, level AA.
inline constexpr double kReadable = 4.5;

/// The contrast of letters against what is around them in a picture, 1..21 (WCAG 2.1, relative luminance):
/// the ratio that 95 % of the pixels around reach. Around are those that no letter covers, up to `reach`
/// pixels from one that a letter covers at least half; the ink's own luminance is the median of what letters
/// cover wholly. nullopt where either is missing, as for letters outside the picture.
std::optional<double> contrast_around(const Canvas& picture, const Mask& letters, int reach);

/// A caption that shows, and how well it stands out.
struct CueContrast {
  std::size_t cue = 0;  ///< Index into Captions::cues.
  double ratio = 21;    ///< Of its worse language.
};

/// The captions of frame n, of which `picture` is the finished picture.
Result<std::vector<CueContrast>> caption_contrast(const timeline::Timeline& timeline,
                                                  const Services& services, FrameIndex n,
                                                  const Canvas& picture);

}  // namespace capsule::compose

#pragma once
#include <optional>
#include <string>
#include <vector>

#include "base/canvas.h"
#include "base/light.h"
#include "base/result.h"
#include "compose/compositor.h"

// Can it be read? Measured in the finished picture, with what outline, shadow and box have done for it.
namespace capsule::compose {

/// WCAG 2.1's ratio for large text, level AA.
inline constexpr double kReadableLarge = 3;

/// The contrast of letters against what is around them in a picture, 1..21 (WCAG 2.1, relative luminance).
/// Around are the pixels that no letter covers, up to `reach` pixels from one that a letter covers at least
/// half; the ink's own luminance is the median of what letters cover wholly. It is the ratio that 95 % of the
/// pixels around reach, or, where that is less, that three quarters reach in the worst field of `field` by
/// `field` pixels (0 = no fields). nullopt where ink or ground is missing, as for letters outside the
/// picture.
std::optional<double> contrast_around(const Canvas& picture, const Mask& letters, int reach, int field = 0);

/// A text that shows, and how well it stands out.
struct TextContrast {
  Where where;  ///< Of its layer or caption, in the file that says it.
  std::string text;
  bool caption = false;
  std::optional<double> ratio;  ///< Of a caption's worse language; nullopt: it is coming or going.
  double limit = kReadable;     ///< What WCAG asks of letters of its size.
};

/// The text layers and the captions of frame n, of which `picture` is the finished picture. While a scene
/// comes in, the layers of both scenes are as good as moving.
Result<std::vector<TextContrast>> text_contrast(const timeline::Timeline& timeline, const Services& services,
                                                FrameIndex n, const Canvas& picture);

}  // namespace capsule::compose

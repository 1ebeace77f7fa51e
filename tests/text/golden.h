#pragma once
#include <string>
#include <vector>

#include "base/canvas.h"
#include "base/result.h"

namespace capsule::text::test {

/// A picture that a person looked at and found right. Fonts are files of Debian packages (fonts-noto-core,
/// fonts-hosny-amiri, fonts-noto-color-emoji); fontconfig has no part in it.
struct Golden {
  const char* name;
  const char* language;
  const char* text;
  std::vector<std::string> fonts;
  double size = 44;
  double outline = 0;
  double width = 0;
  bool kashida = false;
};

const std::vector<Golden>& goldens();

/// Ink (black) on white with a margin; an outline is grey. Errors of the fonts and of the engine.
Result<Rgba> drawn(const Golden& golden);

/// How far `actual` is from `golden`, 0 = the same, 1 = all wrong: differences of brightness beyond rounding,
/// weighted by the golden's gradient, so that edges count and empty paper does not. Pictures of other sizes
/// are 1.
double distance(const Rgba& golden, const Rgba& actual);

/// Beyond it a reader sees the difference: one dot of one letter is well above.
inline constexpr double kMostDistance = 0.004;

}  // namespace capsule::text::test

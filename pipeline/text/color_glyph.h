#pragma once
#include <cstdint>
#include <memory>
#include <optional>
#include <string_view>

#include "base/canvas.h"

namespace capsule::text {

/// A colour glyph of the one strike the font has: `left`, `top` (up) place it from the pen at `ppem` pixels
/// per em.
struct ColorGlyph {
  std::shared_ptr<const Rgba> picture;  ///< Premultiplied.
  double left = 0, top = 0;
  double ppem = 0;
};

/// The colour bitmaps (CBDT) of a font file in memory, decoded by FreeType. Thread-safe.
class ColorGlyphs {
 public:
  /// `file` must outlive the object. Null when FreeType finds no colour strike.
  static std::unique_ptr<ColorGlyphs> open(std::string_view file, int index);
  ~ColorGlyphs();
  ColorGlyphs(const ColorGlyphs&) = delete;
  ColorGlyphs& operator=(const ColorGlyphs&) = delete;
  ColorGlyphs(ColorGlyphs&&) = delete;
  ColorGlyphs& operator=(ColorGlyphs&&) = delete;
  /// nullopt when the glyph has no bitmap.
  std::optional<ColorGlyph> glyph(std::uint32_t id);

 private:
  struct State;
  explicit ColorGlyphs(std::unique_ptr<State> state);
  std::unique_ptr<State> state_;
};

}  // namespace capsule::text

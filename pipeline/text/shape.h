#pragma once
#include <cstdint>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

#include "text/face.h"

namespace capsule::text {

/// One glyph in font units, as HarfBuzz gives it.
struct ShapedGlyph {
  std::uint32_t id = 0;
  std::int32_t cluster = 0;  ///< Code point in the text that was given.
  std::int32_t advance = 0;
  std::int32_t x_offset = 0, y_offset = 0;
  bool unsafe_to_break = false;
  bool tatweel_before = false;  ///< One may be inserted before the cluster (where the item asks).
};

/// A stretch [start, end) of `text` that has one face, direction, script and language. The rest of the text
/// is context.
struct ShapeItem {
  std::u32string_view text;
  std::int32_t start = 0, end = 0;
  bool right_to_left = false;
  std::uint32_t script = 0;  ///< ISO 15924, big-endian.
  std::string_view language;
  bool spaced = false;    ///< Letters stand apart: no optional ligatures.
  bool tatweels = false;  ///< Ask where one may be inserted.
};

/// HarfBuzz with cluster level 1 (monotone characters), no hinting, no features beyond the font's own.
class Shaper {
 public:
  Shaper();
  ~Shaper();
  Shaper(const Shaper&) = delete;
  Shaper& operator=(const Shaper&) = delete;
  Shaper(Shaper&&) = delete;
  Shaper& operator=(Shaper&&) = delete;
  /// Glyphs in visual order, left to right; those of an equal item in equal surroundings are kept with the
  /// face's library. Empty when the face cannot be read.
  std::vector<ShapedGlyph> shape(const Face& face, const ShapeItem& item);

 private:
  std::vector<ShapedGlyph> shape_anew(const Face& face, const ShapeItem& item);

  struct State;
  std::unique_ptr<State> state_;
};

}  // namespace capsule::text

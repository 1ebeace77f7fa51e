#pragma once
#include <atomic>
#include <cstdint>
#include <memory>
#include <mutex>
#include <optional>
#include <string>
#include <vector>

#include "base/geometry.h"
#include "base/sightings.h"
#include "text/color_glyph.h"
#include "text/font.h"

struct hb_font_t;

namespace capsule::text {

/// What a face holds once its file was read. All lengths in font units.
struct FaceData {
  FaceData() = default;
  ~FaceData();
  FaceData(const FaceData&) = delete;
  FaceData& operator=(const FaceData&) = delete;
  FaceData(FaceData&&) = delete;
  FaceData& operator=(FaceData&&) = delete;

  std::string bytes;          ///< The file.
  hb_font_t* font = nullptr;  ///< Owned, immutable; scale = units per em, hb-ot functions.
  int units_per_em = 0;
  double ascent = 0, descent = 0;  ///< Both positive.
  double thicker = 0;              ///< Added to outlines all round.
  std::string family, style;
  std::unique_ptr<ColorGlyphs> colors;  ///< Colour bitmaps; null where the font has none.
  bool layers = false;                  ///< Has glyphs made of coloured layers (COLR version 0).
  bool emoji = false;                   ///< Of colour, and meant for emoji.
  /// Of the bytes; computed the first time it is asked for, since the emoji font has eleven million of them.
  [[nodiscard]] Digest digest() const;

 private:
  mutable std::once_flag digested_;
  mutable Digest digest_;
};

/// A coordinate of a variable font: 'wght', 650.
struct Axis {
  std::uint32_t tag = 0;  ///< Big-endian.
  float value = 0;
  friend auto operator<=>(const Axis&, const Axis&) = default;
};

/// What is done to the outlines of a font whose family has no such cut.
struct Synthetic {
  bool bold = false, slanted = false;
  friend auto operator<=>(const Synthetic&, const Synthetic&) = default;
};

struct Workpieces;  // text/kept.h

/// A face in a file. Faces that a user names are read when found; the house's fallbacks when first needed.
struct Face {
  Face(std::string path, int face_index, int named_instance, std::vector<Axis> coordinates = {},
       Synthetic made = {});
  /// Reads and checks the file: kFileNotFound…, "font-unusable", kFontAxis. Later calls are free.
  [[nodiscard]] Status load() const;
  /// Loads; null where that fails.
  [[nodiscard]] const FaceData* data() const;

  /// Of the file, while it is read; 0 before.
  [[nodiscard]] std::size_t bytes() const { return bytes_.load(); }

  std::string file;
  int index = 0;
  int instance = -1;  ///< Named instance of a variable font, -1 for the default.
  std::vector<Axis> axes;
  Synthetic synthetic;
  std::shared_ptr<Workpieces> workpieces;  ///< Of the library that made it; null where nothing is kept.
  std::uint64_t serial = 0;                ///< Its number among the faces of the library, never given twice.

 private:
  mutable std::atomic<std::size_t> bytes_{0};
  mutable std::once_flag once_;
  mutable std::unique_ptr<FaceData> data_;
  mutable std::optional<Error> error_;
  mutable Sightings seen_;  ///< Of its file, when it was read.
};

/// Along one axis of a variable font, in its own units; nullopt where the font has none.
struct AxisLimits {
  float least = 0, usual = 0, most = 0;
};

std::optional<AxisLimits> axis_limits(const Face& face, std::uint32_t tag);
/// As its tables say, with its axes: OpenType weight (400, 700…), and whether it leans.
int weight_of(const Face& face);
bool is_slanted(const Face& face);

/// Of a line under or through letters, in font units: how far its upper edge lies below the baseline
/// (negative: above), and how thick it is.
struct BarMetrics {
  double top = 0, thickness = 0;
};

BarMetrics underline_of(const Face& face);
BarMetrics strike_of(const Face& face);

/// Whether the character map, canonical decomposition or HarfBuzz's own rule for spaces and hyphens gives `c`
/// a glyph.
bool has_glyph(const Face& face, char32_t c);
/// The glyph that the character map gives `c`; 0 where it has none.
std::uint32_t nominal_glyph(const Face& face, char32_t c);
/// The glyph's name, "gid7" where the font has none.
std::string glyph_name(const Face& face, std::uint32_t glyph);
/// Ink in font units, y down; empty for blanks.
RectF glyph_ink(const Face& face, std::uint32_t glyph);

}  // namespace capsule::text

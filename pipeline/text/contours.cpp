#include "text/contours.h"

#include <algorithm>
#include <iterator>

#include "text/edges.h"
#include "text/outline.h"

namespace capsule::text {

PointF origin_of(const Line& line, const Glyph& glyph, PointF offset) {
  return {offset.x + line.x + glyph.x + glyph.x_offset, offset.y + line.baseline + glyph.y - glyph.y_offset};
}

std::vector<Contour> contours_of(const Paragraph& paragraph, PointF offset) {
  std::vector<Contour> all;
  for (const Line& line : paragraph.lines) {
    for (const Run& run : line.runs) {
      const FaceData* data = run.face->data();
      for (const Glyph& glyph : run.glyphs) {
        if (data == nullptr) {
          continue;
        }
        const PointF at = origin_of(line, glyph, offset);
        Contours contours = glyph_contours(*run.face, glyph.id, {run.size / data->units_per_em, at});
        std::ranges::move(contours, std::back_inserter(all));
      }
    }
  }
  return all;
}

Result<Mask> fill_contours(const std::vector<Contour>& contours) {
  Edges edges;
  for (const Contour& contour : contours) {
    edges.add_polygon(contour, Edges::kFill);
  }
  return fill_edges(edges);
}

}  // namespace capsule::text

#include "text/layers.h"

#include <hb-ot.h>
#include <hb.h>

#include <algorithm>
#include <utility>

namespace capsule::text {
namespace {

constexpr unsigned kMostLayers = 256;
constexpr unsigned kTextColor = 0xFFFF;

/// A layer's coverage and its colour.
struct Sheet {
  Mask mask;
  hb_color_t color = 0;
};

std::vector<hb_ot_color_layer_t> layers_of(hb_face_t* face, std::uint32_t glyph) {
  std::vector<hb_ot_color_layer_t> layers(
      std::min(kMostLayers, hb_ot_color_glyph_get_layers(face, glyph, 0, nullptr, nullptr)));
  auto count = static_cast<unsigned>(layers.size());
  hb_ot_color_glyph_get_layers(face, glyph, 0, &count, layers.data());
  layers.resize(count);
  return layers;
}

/// Nothing where the palette is too short: damaged fonts say so.
std::optional<hb_color_t> color_of(hb_face_t* face, unsigned index) {
  unsigned count = 1;
  hb_color_t color = 0;
  hb_ot_color_palette_get_colors(face, 0, index, &count, &color);
  return count == 1 ? std::optional(color) : std::nullopt;
}

void paint_over(Rgba& picture, const Rect& at, const Sheet& sheet) {
  const Rect bounds = sheet.mask.bounds();
  const int channels[] = {hb_color_get_red(sheet.color), hb_color_get_green(sheet.color),
                          hb_color_get_blue(sheet.color), 255};
  const int opacity = hb_color_get_alpha(sheet.color);
  for (int y = 0; y < bounds.height; ++y) {
    std::uint8_t* to = picture.row(y + bounds.y - at.y) + static_cast<std::ptrdiff_t>(bounds.x - at.x) * 4;
    const std::uint8_t* from = sheet.mask.row(y);
    for (int x = 0; x < bounds.width; ++x, to += 4) {
      const int alpha = (from[x] * opacity + 127) / 255;
      for (int c = 0; c < 4; ++c) {
        to[c] = static_cast<std::uint8_t>((channels[c] * alpha + to[c] * (255 - alpha) + 127) / 255);
      }
    }
  }
}

Rect around(const std::vector<Sheet>& sheets) {
  Rect all = sheets.front().mask.bounds();
  for (const Sheet& sheet : sheets) {
    const Rect b = sheet.mask.bounds();
    const int x = std::min(all.x, b.x);
    const int y = std::min(all.y, b.y);
    all = {x, y, std::max(all.right(), b.right()) - x, std::max(all.bottom(), b.bottom()) - y};
  }
  return all;
}

Result<PlacedPicture> flattened(const std::vector<Sheet>& sheets) {
  const Rect at = around(sheets);
  TRY(check_area(at));
  Rgba picture = Rgba::make({at.width, at.height});
  for (const Sheet& sheet : sheets) {
    paint_over(picture, at, sheet);
  }
  return PlacedPicture{std::make_shared<const Rgba>(std::move(picture)),
                       {static_cast<double>(at.x), static_cast<double>(at.y), static_cast<double>(at.width),
                        static_cast<double>(at.height)}};
}

}  // namespace

std::optional<LayeredGlyph> layered_glyph(const Face& face, std::uint32_t glyph, const Placement& placement) {
  const FaceData* data = face.data();
  if (data == nullptr || !data->layers) {
    return std::nullopt;
  }
  hb_face_t* hb_face = hb_font_get_face(data->font);
  const std::vector<hb_ot_color_layer_t> layers = layers_of(hb_face, glyph);
  if (layers.empty()) {
    return std::nullopt;
  }
  LayeredGlyph out;
  std::vector<Sheet> sheets;
  for (const hb_ot_color_layer_t& layer : layers) {
    const auto color = layer.color_index == kTextColor ? std::nullopt : color_of(hb_face, layer.color_index);
    if (!color) {
      out.plain.push_back(layer.glyph);
      continue;
    }
    Edges edges;
    for (const auto& contour : glyph_contours(face, layer.glyph, placement)) {
      edges.add_polygon(contour, Edges::kFill);
    }
    auto mask = fill_edges(edges);
    if (!mask) {
      return std::nullopt;
    }
    if (!mask->empty()) {
      sheets.push_back({std::move(*mask), *color});
    }
  }
  if (!sheets.empty()) {
    auto colored = flattened(sheets);
    if (!colored) {
      return std::nullopt;
    }
    out.colored = std::move(*colored);
  }
  return out;
}

}  // namespace capsule::text

#include "text/color_glyph.h"

#include <ft2build.h>
#include FT_FREETYPE_H

#include <map>
#include <mutex>
#include <utility>

#include "base/cptr.h"

namespace capsule::text {
namespace {

constexpr std::size_t kMostKept = 64;
constexpr unsigned kLargestSide = 1024;

std::shared_ptr<const Rgba> to_rgba(const FT_Bitmap& bitmap) {
  Rgba picture = Rgba::make({static_cast<int>(bitmap.width), static_cast<int>(bitmap.rows)});
  for (unsigned y = 0; y < bitmap.rows; ++y) {
    const unsigned char* from = bitmap.buffer + static_cast<std::ptrdiff_t>(y) * bitmap.pitch;
    std::uint8_t* to = picture.row(static_cast<int>(y));
    for (unsigned x = 0; x < bitmap.width; ++x, from += 4, to += 4) {
      to[0] = from[2];
      to[1] = from[1];
      to[2] = from[0];
      to[3] = from[3];
    }
  }
  return std::make_shared<const Rgba>(std::move(picture));
}

}  // namespace

struct ColorGlyphs::State {
  std::mutex mutex;
  CPtr<FT_LibraryRec_, FT_Done_FreeType> library;
  CPtr<FT_FaceRec_, FT_Done_Face> face;
  double ppem = 0;
  std::map<std::uint32_t, ColorGlyph> kept;
};

ColorGlyphs::ColorGlyphs(std::unique_ptr<State> state) : state_(std::move(state)) {}

ColorGlyphs::~ColorGlyphs() = default;

std::unique_ptr<ColorGlyphs> ColorGlyphs::open(std::string_view file, int index) {
  auto state = std::make_unique<State>();
  FT_Library library = nullptr;
  if (FT_Init_FreeType(&library) != 0) {
    return nullptr;
  }
  state->library.reset(library);
  FT_Face face = nullptr;
  // FreeType takes bytes as unsigned char.
  const auto* bytes = static_cast<const FT_Byte*>(static_cast<const void*>(file.data()));
  if (FT_New_Memory_Face(library, bytes, static_cast<FT_Long>(file.size()), index, &face) != 0) {
    return nullptr;
  }
  state->face.reset(face);
  // A colour strike has fixed sizes only: FT_Set_Pixel_Sizes fails, FT_Select_Size works.
  if (!FT_HAS_COLOR(face) || face->num_fixed_sizes < 1 || FT_Select_Size(face, 0) != 0) {
    return nullptr;
  }
  state->ppem = static_cast<double>(face->available_sizes[0].y_ppem) / 64.0;
  if (!(state->ppem >= 1)) {
    return nullptr;
  }
  return std::unique_ptr<ColorGlyphs>(new ColorGlyphs(std::move(state)));
}

std::optional<ColorGlyph> ColorGlyphs::glyph(std::uint32_t id) {
  const std::lock_guard lock(state_->mutex);
  if (const auto found = state_->kept.find(id); found != state_->kept.end()) {
    return found->second;
  }
  FT_Face face = state_->face.get();
  if (FT_Load_Glyph(face, id, FT_LOAD_COLOR) != 0) {
    return std::nullopt;
  }
  const FT_Bitmap& bitmap = face->glyph->bitmap;
  if (bitmap.pixel_mode != FT_PIXEL_MODE_BGRA || bitmap.width == 0 || bitmap.rows == 0 ||
      bitmap.width > kLargestSide || bitmap.rows > kLargestSide) {
    return std::nullopt;
  }
  ColorGlyph glyph{to_rgba(bitmap), static_cast<double>(face->glyph->bitmap_left),
                   static_cast<double>(face->glyph->bitmap_top), state_->ppem};
  if (state_->kept.size() >= kMostKept) {
    state_->kept.clear();
  }
  return state_->kept.emplace(id, std::move(glyph)).first->second;
}

}  // namespace capsule::text

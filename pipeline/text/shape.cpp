#include "text/shape.h"

#include <hb.h>

#include "base/cptr.h"

namespace capsule::text {

struct Shaper::State {
  CPtr<hb_buffer_t, hb_buffer_destroy> buffer{hb_buffer_create()};
};

Shaper::Shaper() : state_(std::make_unique<State>()) {}

Shaper::~Shaper() = default;

namespace {

unsigned flags_of(const ShapeItem& item) {
  unsigned flags = HB_BUFFER_FLAG_DEFAULT;
  if (item.start == 0) {
    flags |= HB_BUFFER_FLAG_BOT;
  }
  if (item.end == static_cast<std::int32_t>(item.text.size())) {
    flags |= HB_BUFFER_FLAG_EOT;
  }
  if (item.tatweels) {
    flags |= HB_BUFFER_FLAG_PRODUCE_SAFE_TO_INSERT_TATWEEL;
  }
  return flags;
}

}  // namespace

std::vector<ShapedGlyph> Shaper::shape(const Face& face, const ShapeItem& item) {
  std::vector<ShapedGlyph> out;
  const FaceData* data = face.data();
  if (data == nullptr || item.end <= item.start) {
    return out;
  }
  hb_buffer_t* buffer = state_->buffer.get();
  hb_buffer_clear_contents(buffer);
  hb_buffer_set_cluster_level(buffer, HB_BUFFER_CLUSTER_LEVEL_MONOTONE_CHARACTERS);
  hb_buffer_set_flags(buffer, static_cast<hb_buffer_flags_t>(flags_of(item)));
  // char32_t and uint32_t have the same representation; HarfBuzz reads code points.
  const auto* points = static_cast<const std::uint32_t*>(static_cast<const void*>(item.text.data()));
  hb_buffer_add_utf32(buffer, points, static_cast<int>(item.text.size()), static_cast<unsigned>(item.start),
                      item.end - item.start);
  hb_buffer_set_direction(buffer, item.right_to_left ? HB_DIRECTION_RTL : HB_DIRECTION_LTR);
  hb_buffer_set_script(buffer, hb_script_from_iso15924_tag(item.script));
  hb_buffer_set_language(
      buffer, hb_language_from_string(item.language.data(), static_cast<int>(item.language.size())));
  constexpr hb_feature_t kApart[] = {
      {HB_TAG('l', 'i', 'g', 'a'), 0, HB_FEATURE_GLOBAL_START, HB_FEATURE_GLOBAL_END},
      {HB_TAG('c', 'l', 'i', 'g'), 0, HB_FEATURE_GLOBAL_START, HB_FEATURE_GLOBAL_END}};
  hb_shape(data->font, buffer, item.spaced ? kApart : nullptr, item.spaced ? 2 : 0);
  unsigned count = 0;
  const hb_glyph_info_t* infos = hb_buffer_get_glyph_infos(buffer, &count);
  const hb_glyph_position_t* positions = hb_buffer_get_glyph_positions(buffer, &count);
  out.reserve(count);
  for (unsigned i = 0; i < count; ++i) {
    const unsigned flags = hb_glyph_info_get_glyph_flags(&infos[i]);
    out.push_back({infos[i].codepoint, static_cast<std::int32_t>(infos[i].cluster), positions[i].x_advance,
                   positions[i].x_offset, positions[i].y_offset, (flags & HB_GLYPH_FLAG_UNSAFE_TO_BREAK) != 0,
                   (flags & HB_GLYPH_FLAG_SAFE_TO_INSERT_TATWEEL) != 0});
  }
  return out;
}

}  // namespace capsule::text

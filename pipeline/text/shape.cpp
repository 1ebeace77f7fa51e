#include "text/shape.h"

#include <hb.h>

#include <algorithm>
#include <string_view>

#include "base/cptr.h"
#include "base/hash.h"
#include "text/kept.h"

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

std::string_view bytes_of(std::u32string_view text) {
  return {static_cast<const char*>(static_cast<const void*>(text.data())), text.size() * sizeof(char32_t)};
}

/// All that HarfBuzz looks at: the item, five code points on both sides of it, and how it is asked.
Digest key_of(const Face& face, const ShapeItem& item) {
  constexpr std::int32_t kContext = 5;
  const std::int32_t from = std::max(0, item.start - kContext);
  const std::int32_t to = std::min(static_cast<std::int32_t>(item.text.size()), item.end + kContext);
  Hasher hasher;
  hasher.add(static_cast<std::int64_t>(face.serial)).add(static_cast<std::int64_t>(flags_of(item)));
  hasher.add(static_cast<std::int64_t>(item.script)).add(item.language);
  hasher.add(std::int64_t{item.start - from}).add(std::int64_t{item.end - item.start});
  hasher.add(std::int64_t{(item.right_to_left ? 1 : 0) + (item.spaced ? 2 : 0)});
  hasher.add(bytes_of(item.text.substr(static_cast<std::size_t>(from), static_cast<std::size_t>(to - from))));
  return hasher.digest();
}

void move_clusters(std::vector<ShapedGlyph>& glyphs, std::int32_t by) {
  for (ShapedGlyph& glyph : glyphs) {
    glyph.cluster += by;
  }
}

}  // namespace

std::vector<ShapedGlyph> Shaper::shape(const Face& face, const ShapeItem& item) {
  if (face.workpieces == nullptr) {
    return shape_anew(face, item);
  }
  const Digest key = key_of(face, item);
  if (const auto kept = face.workpieces->runs.find(key); kept != nullptr) {
    std::vector<ShapedGlyph> out = *kept;
    move_clusters(out, item.start);
    return out;
  }
  std::vector<ShapedGlyph> out = shape_anew(face, item);
  auto kept = std::make_shared<std::vector<ShapedGlyph>>(out);
  move_clusters(*kept, -item.start);
  constexpr std::size_t kEntry = 160;
  face.workpieces->runs.add(key, std::move(kept), out.size() * sizeof(ShapedGlyph) + kEntry);
  return out;
}

std::vector<ShapedGlyph> Shaper::shape_anew(const Face& face, const ShapeItem& item) {
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

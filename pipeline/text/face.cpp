#include "text/face.h"

#include <hb-ot.h>
#include <hb.h>

#include <algorithm>
#include <array>
#include <cmath>
#include <utility>

#include "base/cptr.h"
#include "base/files.h"
#include "language/unicode.h"
#include "text/script.h"
#include "text/sfnt.h"

namespace capsule::text {
namespace {

constexpr std::size_t kLargestFile = std::size_t{64} << 20U;

using Blob = CPtr<hb_blob_t, hb_blob_destroy>;
using HbFace = CPtr<hb_face_t, hb_face_destroy>;
using HbSet = CPtr<hb_set_t, hb_set_destroy>;

std::string name_of(hb_face_t* face, hb_ot_name_id_t wanted, hb_ot_name_id_t otherwise) {
  std::array<char, 256> text{};
  for (const hb_ot_name_id_t id : {wanted, otherwise}) {
    auto size = static_cast<unsigned>(text.size());
    if (hb_ot_name_get_utf8(face, id, hb_language_from_string("en", -1), &size, text.data()) > 0) {
      return {text.data(), size};
    }
  }
  return {};
}

double metric(hb_font_t* font, hb_ot_metrics_tag_t tag) {
  hb_position_t value = 0;
  hb_ot_metrics_get_position_with_fallback(font, tag, &value);
  // Some fonts give the descender the wrong sign.
  return std::fabs(static_cast<double>(value));
}

bool maps_unicode(hb_face_t* face) {
  const HbSet unicodes(hb_set_create());
  hb_face_collect_unicodes(face, unicodes.get());
  return !hb_set_is_empty(unicodes.get());
}

bool has_table(hb_face_t* face, hb_tag_t tag) {
  const Blob table(hb_face_reference_table(face, tag));
  return hb_blob_get_length(table.get()) > 0;
}

bool maps(hb_font_t* font, char32_t c) {
  hb_codepoint_t glyph = 0;
  return hb_font_get_nominal_glyph(font, c, &glyph) != 0 && glyph != 0;
}

Status vary(hb_font_t* font, const Face& face) {
  std::vector<hb_variation_t> variations;
  for (const Axis& axis : face.axes) {
    hb_ot_var_axis_info_t info{};
    if (hb_ot_var_find_axis_info(hb_font_get_face(font), axis.tag, &info) == 0) {
      return fail(Code{"font-axis"},
                  {{"font", escape_for_display(face.file)}, {"axis", script_name(axis.tag)}});
    }
    if (!(axis.value >= info.min_value && axis.value <= info.max_value)) {
      return fail(Code{"font-axis-range"}, {{"font", escape_for_display(face.file)},
                                            {"axis", script_name(axis.tag)},
                                            {"value", static_cast<double>(axis.value)},
                                            {"least", static_cast<double>(info.min_value)},
                                            {"most", static_cast<double>(info.max_value)}});
    }
    variations.push_back({axis.tag, axis.value});
  }
  if (!variations.empty()) {
    hb_font_set_variations(font, variations.data(), static_cast<unsigned>(variations.size()));
  }
  return {};
}

void thicken_and_lean(Synthetic how, FaceData& data) {
  constexpr double kThicker = 1.0 / 55;
  constexpr float kSlant = 0.2F;
  data.thicker = how.bold ? kThicker * data.units_per_em : 0;
  if (how.slanted) {
    hb_font_set_synthetic_slant(data.font, kSlant);
  }
}

Result<std::unique_ptr<FaceData>> read_face(const Face& face) {
  auto data = std::make_unique<FaceData>();
  TRY_ASSIGN(data->bytes, read_file(face.file, kLargestFile));
  const auto refuse = [&](std::string_view why) {
    return fail(Code{"font-unusable"}, {{"font", escape_for_display(face.file)}}, {}, std::string(why));
  };
  if (const auto fault = sfnt_fault(data->bytes, face.index); !fault.empty()) {
    return refuse(fault);
  }
  const Blob blob(hb_blob_create(data->bytes.data(), static_cast<unsigned>(data->bytes.size()),
                                 HB_MEMORY_MODE_READONLY, nullptr, nullptr));
  const HbFace hb_face(hb_face_create(blob.get(), static_cast<unsigned>(face.index)));
  const unsigned units = hb_face_get_upem(hb_face.get());
  if (hb_face_get_glyph_count(hb_face.get()) == 0 || units < 16 || units > 16384) {
    return refuse("no glyphs, or impossible units per em");
  }
  if (!maps_unicode(hb_face.get())) {
    return refuse("the character map has no Unicode");
  }
  data->units_per_em = static_cast<int>(units);
  data->font = hb_font_create(hb_face.get());
  hb_ot_font_set_funcs(data->font);
  if (face.instance >= 0) {
    hb_font_set_var_named_instance(data->font, static_cast<unsigned>(face.instance));
  }
  TRY(vary(data->font, face));
  thicken_and_lean(face.synthetic, *data);
  hb_font_make_immutable(data->font);
  data->ascent = metric(data->font, HB_OT_METRICS_TAG_HORIZONTAL_ASCENDER);
  data->descent = metric(data->font, HB_OT_METRICS_TAG_HORIZONTAL_DESCENDER);
  data->family = name_of(hb_face.get(), HB_OT_NAME_ID_TYPOGRAPHIC_FAMILY, HB_OT_NAME_ID_FONT_FAMILY);
  data->style = name_of(hb_face.get(), HB_OT_NAME_ID_TYPOGRAPHIC_SUBFAMILY, HB_OT_NAME_ID_FONT_SUBFAMILY);
  if (has_table(hb_face.get(), HB_TAG('C', 'B', 'D', 'T'))) {
    data->colors = ColorGlyphs::open(data->bytes, face.index);
  }
  data->layers = hb_ot_color_has_layers(hb_face.get()) != 0 && hb_ot_color_has_palettes(hb_face.get()) != 0;
  constexpr char32_t kGrinning = 0x1F600;
  data->emoji = (data->colors != nullptr || data->layers) && maps(data->font, kGrinning);
  return data;
}

}  // namespace

FaceData::~FaceData() {
  hb_font_destroy(font);
}

Digest FaceData::digest() const {
  std::call_once(digested_, [this] {
    Hasher hasher;
    hasher.add(bytes);
    digest_ = hasher.digest();
  });
  return digest_;
}

Face::Face(std::string path, int face_index, int named_instance, std::vector<Axis> coordinates,
           Synthetic made)
    : file(std::move(path)),
      index(face_index),
      instance(named_instance),
      axes(std::move(coordinates)),
      synthetic(made) {}

Status Face::load() const {
  std::call_once(once_, [this] {
    const Lookout here(&seen_);
    auto read = read_face(*this);
    if (read) {
      data_ = std::move(*read);
      bytes_ = data_->bytes.size();
    } else {
      error_ = std::move(read).error();
    }
  });
  // To everyone who draws with it: its file may have been replaced since.
  note(seen_);
  if (error_) {
    return fail(*error_);
  }
  return {};
}

const FaceData* Face::data() const {
  return load() ? data_.get() : nullptr;
}

std::optional<AxisLimits> axis_limits(const Face& face, std::uint32_t tag) {
  const FaceData* data = face.data();
  hb_ot_var_axis_info_t info{};
  if (data == nullptr || hb_ot_var_find_axis_info(hb_font_get_face(data->font), tag, &info) == 0) {
    return std::nullopt;
  }
  return AxisLimits{info.min_value, info.default_value, info.max_value};
}

int weight_of(const Face& face) {
  const FaceData* data = face.data();
  return data == nullptr ? 400
                         : static_cast<int>(std::lround(hb_style_get_value(data->font, HB_STYLE_TAG_WEIGHT)));
}

bool is_slanted(const Face& face) {
  const FaceData* data = face.data();
  return data != nullptr && (hb_style_get_value(data->font, HB_STYLE_TAG_ITALIC) > 0 ||
                             hb_style_get_value(data->font, HB_STYLE_TAG_SLANT_RATIO) > 0);
}

namespace {

struct BarTags {
  hb_ot_metrics_tag_t offset, size;
};

/// What no font of sense asks for is brought near what most do.
BarMetrics bar_of(const Face& face, BarTags tags) {
  const FaceData* data = face.data();
  if (data == nullptr) {
    return {};
  }
  hb_position_t offset = 0;
  hb_position_t size = 0;
  hb_ot_metrics_get_position_with_fallback(data->font, tags.offset, &offset);
  hb_ot_metrics_get_position_with_fallback(data->font, tags.size, &size);
  const double em = data->units_per_em;
  return {std::clamp(-static_cast<double>(offset), -0.5 * em, 0.4 * em),
          std::clamp(static_cast<double>(size), 0.03 * em, 0.12 * em)};
}

}  // namespace

BarMetrics underline_of(const Face& face) {
  BarMetrics bar = bar_of(face, {HB_OT_METRICS_TAG_UNDERLINE_OFFSET, HB_OT_METRICS_TAG_UNDERLINE_SIZE});
  // Some fonts give the wrong sign.
  bar.top = std::max(std::fabs(bar.top), bar.thickness);
  return bar;
}

BarMetrics strike_of(const Face& face) {
  return bar_of(face, {HB_OT_METRICS_TAG_STRIKEOUT_OFFSET, HB_OT_METRICS_TAG_STRIKEOUT_SIZE});
}

bool has_glyph(const Face& face, char32_t c) {
  const FaceData* data = face.data();
  if (data == nullptr) {
    return false;
  }
  if (maps(data->font, c)) {
    return true;
  }
  // HarfBuzz draws any space from U+0020 and the non-breaking hyphen from U+2010 (hb-ot-shape-normalize.cc).
  if (language::is_space(c)) {
    return maps(data->font, U' ');
  }
  if (c == 0x2011) {
    return maps(data->font, 0x2010);
  }
  hb_codepoint_t first = 0;
  hb_codepoint_t second = 0;
  return hb_unicode_decompose(hb_unicode_funcs_get_default(), c, &first, &second) != 0 &&
         maps(data->font, first) && (second == 0 || maps(data->font, second));
}

std::uint32_t nominal_glyph(const Face& face, char32_t c) {
  const FaceData* data = face.data();
  hb_codepoint_t glyph = 0;
  return data != nullptr && hb_font_get_nominal_glyph(data->font, c, &glyph) != 0 ? glyph : 0;
}

std::string glyph_name(const Face& face, std::uint32_t glyph) {
  const FaceData* data = face.data();
  std::array<char, 64> name{};
  if (data != nullptr) {
    hb_font_glyph_to_string(data->font, glyph, name.data(), static_cast<unsigned>(name.size()));
  }
  return name.data();
}

RectF glyph_ink(const Face& face, std::uint32_t glyph) {
  const FaceData* data = face.data();
  hb_glyph_extents_t box{};
  if (data == nullptr || hb_font_get_glyph_extents(data->font, glyph, &box) == 0) {
    return {};
  }
  if (box.width == 0 || box.height == 0) {
    return {};
  }
  const double more = data->thicker;
  return {static_cast<double>(box.x_bearing) - more, -static_cast<double>(box.y_bearing) - more,
          static_cast<double>(box.width) + 2 * more, -static_cast<double>(box.height) + 2 * more};
}

}  // namespace capsule::text

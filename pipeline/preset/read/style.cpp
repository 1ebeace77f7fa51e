#include <algorithm>

#include "base/font_file.h"
#include "preset/nearest.h"
#include "preset/read/read.h"

namespace capsule::preset {
namespace {

Color brand_color(const Brand& brand, const std::string& name, int percent = 100) {
  const auto found = brand.colors.find(name);
  Color color = found == brand.colors.end() ? Color{} : found->second;
  color.a = static_cast<std::uint8_t>((255 * percent + 50) / 100);
  return color;
}

std::vector<std::string> brand_fonts(const Brand& brand, const std::string& role) {
  const auto found = brand.fonts.find(role);
  return found == brand.fonts.end() ? std::vector<std::string>{} : found->second;
}

/// "fonts/a.ttf#1" → its absolute path; names of families stay.
std::optional<std::string> font_name(const Env& env, const std::string& name, const Place& place) {
  const std::size_t mark = std::min(name.find_first_of("#:"), name.size());
  if (!is_font_file(std::string_view(name).substr(0, mark))) {
    return name;
  }
  auto found = env.context.paths.find(name.substr(0, mark), {place.path(), false});
  if (!found) {
    env.context.problems.add(std::move(found).error(), place);
    return std::nullopt;
  }
  return *found + name.substr(mark);
}

/// Roles are plain lower-case words; families begin with a capital.
bool looks_like_role(const std::string& name) {
  return !name.empty() && std::all_of(name.begin(), name.end(), [](char c) { return c >= 'a' && c <= 'z'; });
}

/// A role's fonts, a family, or a file.
void add_font(const Env& env, const Node& node, std::string_view key, std::vector<std::string>& fonts) {
  const auto name = fill_one(env, node, key);
  if (!name) {
    return;
  }
  const std::vector<std::string> role = brand_fonts(env.context.brand, *name);
  if (!role.empty()) {
    fonts.insert(fonts.end(), role.begin(), role.end());
  } else if (looks_like_role(*name)) {
    env.context.problems.add(
        Code{"bad-choice"},
        {{"key", std::string(key)}, {"value", *name}, {"known", known_roles(env.context.brand)}}, node.place);
  } else if (auto font = font_name(env, *name, node.place); font) {
    fonts.push_back(std::move(*font));
  }
}

Across across(const std::optional<std::string>& word, Across usual) {
  if (!word) {
    return usual;
  }
  return *word == "start" ? Across::kStart : *word == "end" ? Across::kEnd : Across::kCenter;
}

Down down(const std::optional<std::string>& word, Down usual) {
  if (!word) {
    return usual;
  }
  return *word == "top" ? Down::kTop : *word == "bottom" ? Down::kBottom : Down::kMiddle;
}

void read_pad(const Fields& fields, Plate& plate) {
  const Node* pad = fields.node("pad");
  if (pad == nullptr) {
    return;
  }
  if (pad->is_scalar()) {
    assign(plate.pad_x, fields.length("pad"));
    plate.pad_y = plate.pad_x;
  } else if (pad->is_list() && pad->items.size() == 2) {
    assign(plate.pad_x, read_length(fields.env(), pad->items[0], fields.row("pad")));
    assign(plate.pad_y, read_length(fields.env(), pad->items[1], fields.row("pad")));
  } else {
    fields.env().context.problems.add(
        Code{"bad-quantity"}, {{"key", "pad"}, {"value", "[…]"}, {"example", "[2.2u, 1.2u]"}}, pad->place);
  }
}

void read_spelling(const Fields& fields, Spelling& spelling) {
  assign(spelling.tracking, fields.number("tracking"));
  assign(spelling.ellipsis, fields.flag("ellipsis"));
  if (const auto justify = fields.choice("justify"); justify) {
    spelling.kashida = *justify == "kashida";
  }
  if (const auto digits = fields.choice("digits"); digits) {
    spelling.digits = *digits == "western"  ? DigitForm::kWestern
                      : *digits == "arabic" ? DigitForm::kArabic
                                            : DigitForm::kAsTyped;
  }
}

}  // namespace

std::string known_roles(const Brand& brand) {
  std::vector<std::string> roles;
  roles.reserve(brand.fonts.size());
  for (const auto& [role, names] : brand.fonts) {
    roles.push_back(role);
  }
  return join_names(roles);
}

std::vector<std::string> read_fonts(const Env& env, const Node& node, std::string_view key) {
  std::vector<std::string> fonts;
  if (node.is_list()) {
    for (const Node& item : node.items) {
      add_font(env, item, key, fonts);
    }
  } else {
    add_font(env, node, key, fonts);
  }
  return fonts;
}

std::optional<Plate> read_plate(const Fields& fields) {
  const auto block = fields.block("plate", Object::kPlate);
  if (!block) {
    return std::nullopt;
  }
  Plate plate;
  plate.color = brand_color(fields.env().context.brand, "ink", 78);
  plate.pad_x = {0, 2.2};
  plate.pad_y = {0, 1.2};
  assign(plate.color, block->color("color"));
  read_pad(*block, plate);
  assign(plate.radius, block->length("radius"));
  assign(plate.per_line, block->flag("per_line"));
  plate.edge = block->color("edge");
  plate.edge_width = plate.edge ? Length{0, 1} : Length{};
  assign(plate.edge_width, block->length("edge_width"));
  return plate;
}

TextStyle plain_style(const Brand& brand) {
  TextStyle style;
  style.fonts = brand_fonts(brand, "body");
  style.color = brand_color(brand, "paper");
  return style;
}

TextStyle caption_style(const Brand& brand, std::string_view name) {
  TextStyle style = plain_style(brand);
  style.align = Across::kCenter;
  style.valign = Down::kBottom;
  style.max_lines = 3;
  style.spelling.ellipsis = true;
  if (name == "outline") {
    style.outline = Outline{brand_color(brand, "ink"), {0, 0.5}};
  } else if (name == "plain") {
    style.shadow = Shadow{brand_color(brand, "ink", 80), {0, 0}, {0, 0.3}, {0, 0.9}};
  } else {
    style.plate = Plate{brand_color(brand, "ink", 78), {0, 2.2}, {0, 1.2}, {0, 1.6}, true, std::nullopt, {}};
  }
  return style;
}

TextStyle read_text_style(const Fields& fields, TextStyle style) {
  const Env& env = fields.env();
  if (const Node* font = fields.node("font"); font != nullptr) {
    auto fonts = read_fonts(env, *font, "font");
    style.fonts = fonts.empty() ? style.fonts : std::move(fonts);
  }
  assign(style.size, fields.length("size"));
  if (const auto smallest = fields.length("min_size"); smallest) {
    style.min_size = smallest;
  }
  assign(style.color, fields.color("color"));
  style.align = across(fields.choice("align"), style.align);
  style.valign = down(fields.choice("valign"), style.valign);
  assign(style.line_height, fields.number("line_height"));
  if (const auto lines = fields.number("max_lines"); lines) {
    style.max_lines = static_cast<int>(*lines);
  }
  if (const auto wrap = fields.choice("wrap"); wrap) {
    style.balanced = *wrap == "balanced";
  }
  if (const auto edges = fields.choice("edges"); edges) {
    style.linear = *edges == "light";
  }
  read_spelling(fields, style.spelling);
  if (const auto block = fields.block("outline", Object::kOutline); block) {
    style.outline = Outline{brand_color(env.context.brand, "ink"), {0, 0.4}};
    assign(style.outline->color, block->color("color"));
    assign(style.outline->width, block->length("width"));
  }
  if (const auto block = fields.block("shadow", Object::kShadow); block) {
    style.shadow = Shadow{brand_color(env.context.brand, "ink", 60), {0, 0}, {0, 0.3}, {0, 0.8}};
    assign(style.shadow->color, block->color("color"));
    assign(style.shadow->dx, block->length("dx"));
    assign(style.shadow->dy, block->length("dy"));
    assign(style.shadow->blur, block->length("blur"));
  }
  if (const auto block = fields.block("glow", Object::kGlow); block) {
    style.glow = Glow{brand_color(env.context.brand, "accent"), {0, 1}};
    assign(style.glow->color, block->color("color"));
    assign(style.glow->blur, block->length("blur"));
  }
  if (auto plate = read_plate(fields); plate) {
    style.plate = plate;
  }
  return style;
}

}  // namespace capsule::preset

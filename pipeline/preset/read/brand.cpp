#include <fmt/format.h>

#include <algorithm>
#include <array>

#include "preset/nearest.h"
#include "preset/read/read.h"

namespace capsule::preset {
namespace {

/// Contacts that templates may name although a kit does not have them.
constexpr std::array<std::string_view, 12> kUsualContacts = {"phone",   "page",     "site",     "email",
                                                             "address", "whatsapp", "facebook", "instagram",
                                                             "youtube", "tiktok",   "telegram", "hours"};

void set_house_style(Brand& brand) {
  brand.colors = {{"primary", {0x0F, 0x4C, 0x4A, 255}},
                  {"accent", {0xF2, 0xA9, 0x3B, 255}},
                  {"paper", {0xF7, 0xF1, 0xE5, 255}},
                  {"ink", {0x13, 0x20, 0x1F, 255}}};
  brand.fonts = {{"title", {"Noto Kufi Arabic:bold", "Noto Sans:bold", "Noto Sans Tifinagh"}},
                 {"body", {"Noto Sans Arabic", "Noto Sans"}},
                 {"latin", {"Noto Sans"}},
                 {"quote", {"Amiri"}}};
}

void read_colors(const Fields& fields, Brand& brand) {
  const Node* colors = fields.node("colors");
  for (std::size_t i = 0; colors != nullptr && i < colors->keys.size(); ++i) {
    Key row = fields.row("colors");
    row.name = colors->keys[i].name;
    if (const auto color = read_color(fields.env(), colors->items[i], row); color) {
      brand.colors[colors->keys[i].name] = *color;
    }
  }
}

void read_font_roles(const Fields& fields, Brand& brand) {
  const Node* fonts = fields.node("fonts");
  for (std::size_t i = 0; fonts != nullptr && i < fonts->keys.size(); ++i) {
    auto names = read_fonts(fields.env(), fonts->items[i], fonts->keys[i].name);
    if (!names.empty()) {
      brand.fonts[fonts->keys[i].name] = std::move(names);
    }
  }
}

/// "Cairo" → "Cairo:wght=650", of a role's first font.
void set_axis(Brand& brand, const std::string& role, const std::string& axis, double value) {
  const auto found = brand.fonts.find(role);
  if (found == brand.fonts.end() || found->second.empty()) {
    return;
  }
  std::string& font = found->second.front();
  font += fmt::format("{}{}={:g}", font.find(':') == std::string::npos ? ":" : " ", axis, value);
}

/// Axes of one role, or of every role where it is empty.
void read_axis(const Fields& fields, const std::string& role, std::string_view axis, const Node& node) {
  Brand& brand = fields.env().context.brand;
  constexpr std::size_t kTag = 4;
  if (axis.size() != kTag) {
    const std::vector<std::string> usual{"wght", "wdth", "slnt", "ital", "opsz"};
    fields.env().context.problems.add(
        Code{"bad-choice"}, {{"key", "axes"}, {"value", std::string(axis)}, {"known", join_names(usual)}},
        node.place);
    return;
  }
  const auto value = read_number(fields.env(), node, fields.row("axes"));
  if (!value) {
    return;
  }
  if (!role.empty()) {
    set_axis(brand, role, std::string(axis), *value);
    return;
  }
  for (const auto& [each, names] : brand.fonts) {
    set_axis(brand, each, std::string(axis), *value);
  }
}

void read_axes(const Fields& fields, const Brand& brand) {
  const Node* axes = fields.node("axes");
  for (std::size_t i = 0; axes != nullptr && i < axes->keys.size(); ++i) {
    const std::string& name = axes->keys[i].name;
    const Node& node = axes->items[i];
    if (!node.is_map()) {
      read_axis(fields, {}, name, node);
      continue;
    }
    if (!brand.fonts.contains(name)) {
      fields.env().context.problems.add(
          Code{"bad-choice"}, {{"key", "axes"}, {"value", name}, {"known", known_roles(brand)}}, node.place);
      continue;
    }
    for (std::size_t part = 0; part < node.keys.size(); ++part) {
      read_axis(fields, name, node.keys[part].name, node.items[part]);
    }
  }
}

/// A text of the kit under its name in {brand.…}; absent where the kit does not say it.
void name_text(Context& context, const Env& env, const Node* node, const std::string& key) {
  Value value = node == nullptr ? absent_value() : fill(env, *node, key);
  context.builtins.add_field("brand", key, std::move(value));
}

Value partner_field(const Env& env, const Node& partner, std::string_view key) {
  const Node* node = partner.find(key);
  return node == nullptr ? absent_value() : fill(env, *node, key);
}

void read_partners(Context& context, const Fields& fields) {
  Value list;
  const Node* partners = fields.node("partners");
  for (std::size_t i = 0; partners != nullptr && partners->is_list() && i < partners->items.size(); ++i) {
    const Node& node = partners->items[i];
    if (!node.is_map()) {
      continue;
    }
    const Fields partner(fields.env(), node, Object::kPartner);
    Partner read;
    assign(read.name, partner.text("name"));
    assign(read.role, partner.text("role"));
    assign(read.logo, partner.path("logo"));
    context.brand.partners.push_back(std::move(read));
    Value item;
    item.kind = ValueKind::kMap;
    item.place = node.place;
    item.keys = {"name", "role", "logo"};
    for (const std::string& key : item.keys) {
      item.items.push_back(partner_field(fields.env(), node, key));
    }
    list.items.push_back(std::move(item));
  }
  list.kind = list.items.empty() ? ValueKind::kAbsent : ValueKind::kList;
  context.builtins.add_field("brand", "partners", std::move(list));
}

}  // namespace

void read_brand(Context& context, const Node* kit) {
  set_house_style(context.brand);
  static const Node nothing_written;
  bool absent = false;
  const Scope nothing;
  const Env env{context, nothing, absent};
  const Fields fields(env, kit == nullptr ? nothing_written : *kit, Object::kBrand);
  for (const char* key : {"name", "slogan", "logo"}) {
    name_text(context, env, fields.node(key), key);
  }
  for (const std::string_view key : kUsualContacts) {
    context.builtins.add_field("brand", std::string(key), absent_value());
  }
  if (const Node* contacts = fields.node("contacts"); contacts != nullptr && contacts->is_map()) {
    for (std::size_t i = 0; i < contacts->keys.size(); ++i) {
      name_text(context, env, &contacts->items[i], contacts->keys[i].name);
    }
  }
  assign(context.brand.name, fields.text("name"));
  assign(context.brand.logo, fields.path("logo"));
  read_colors(fields, context.brand);
  read_font_roles(fields, context.brand);
  read_axes(fields, context.brand);
  read_partners(context, fields);
}

}  // namespace capsule::preset

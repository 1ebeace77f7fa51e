#include <fmt/format.h>

#include <algorithm>
#include <cmath>

#include "preset/expression.h"
#include "preset/meant.h"
#include "preset/nearest.h"
#include "preset/read/context.h"

namespace capsule::preset {
namespace {

struct Limits {
  double least, most;
};

Limits limits_of(const Key& key, double least, double most) {
  return key.least == key.most ? Limits{least, most} : Limits{key.least, key.most};
}

std::string shown(double value, std::string_view unit) {
  return fmt::format("{:g}{}", value, unit);
}

/// True when the value lies in its limits; tells otherwise.
bool check_range(const Env& env, const Node& node, const Key& key, double value,
                 std::pair<Limits, std::string_view> range) {
  const auto& [limits, unit] = range;
  if (value >= limits.least && value <= limits.most) {
    return true;
  }
  env.context.problems.add(Code{"out-of-range"},
                           {{"key", std::string(key.name)},
                            {"value", node.text},
                            {"least", shown(limits.least, unit)},
                            {"most", shown(limits.most, unit)}},
                           node.place);
  return false;
}

void tell(const Env& env, const Node& node, const Key& key, Code code, std::string_view example) {
  env.context.problems.add(
      code, {{"key", std::string(key.name)}, {"value", node.text}, {"example", std::string(example)}},
      node.place);
}

/// Reads an amount and checks that its units fit.
std::optional<Quantity> read_quantity(const Env& env, const Node& node, const Key& key,
                                      bool (Quantity::*fits)() const, std::string_view example) {
  const auto text = fill_one(env, node, key.name, true);
  if (!text) {
    return std::nullopt;
  }
  Quantity quantity;
  const bool readable = parse_quantity(*text, quantity);
  if (readable && (quantity.*fits)()) {
    return quantity;
  }
  if (const auto meant = meant_quantity(*text, fits); meant) {
    env.context.problems.add(Code{"quantity-near"},
                             {{"key", std::string(key.name)}, {"value", *text}, {"near", *meant}},
                             node.place);
  } else {
    tell(env, node, key, readable ? Code{"unit-missing"} : Code{"bad-quantity"}, example);
  }
  return std::nullopt;
}

std::optional<std::uint8_t> read_alpha(std::string_view text) {
  Quantity quantity;
  if (!text.ends_with('%') || !parse_quantity(text, quantity) || quantity.percent < 0 ||
      quantity.percent > 100) {
    return std::nullopt;
  }
  return static_cast<std::uint8_t>(std::lround(quantity.percent * 255 / 100));
}

std::optional<Color> named_color(const Brand& brand, std::string_view name) {
  if (name == "white") {
    return Color{255, 255, 255, 255};
  }
  if (name == "black") {
    return Color{0, 0, 0, 255};
  }
  if (const auto found = brand.colors.find(std::string(name)); found != brand.colors.end()) {
    return found->second;
  }
  if (auto color = parse_color(name); color) {
    return *color;
  }
  return std::nullopt;
}

}  // namespace

std::optional<double> read_number(const Env& env, const Node& node, const Key& key) {
  const auto quantity = read_quantity(env, node, key, &Quantity::is_number, "2.5");
  if (!quantity || !check_range(env, node, key, quantity->number, {limits_of(key, -1e12, 1e12), ""})) {
    return std::nullopt;
  }
  return quantity->number;
}

std::optional<double> read_share(const Env& env, const Node& node, const Key& key) {
  const auto quantity = read_quantity(env, node, key, &Quantity::is_share, "70%");
  if (!quantity) {
    return std::nullopt;
  }
  const double share = quantity->number + quantity->percent / 100;
  if (!check_range(env, node, key, share * 100, {Limits{0, 100}, "%"})) {
    return std::nullopt;
  }
  return share;
}

std::optional<double> read_gain(const Env& env, const Node& node, const Key& key) {
  if (key.choices == "muted" && node.is_scalar() && node.text == "muted") {
    return kMuted;
  }
  const auto quantity = read_quantity(env, node, key, &Quantity::is_gain, "-6 dB");
  if (!quantity || !check_range(env, node, key, quantity->decibels, {limits_of(key, -60, 40), " dB"})) {
    return std::nullopt;
  }
  return quantity->decibels;
}

std::optional<Length> read_length(const Env& env, const Node& node, const Key& key) {
  const auto quantity = read_quantity(env, node, key, &Quantity::is_length, "6u");
  if (!quantity) {
    return std::nullopt;
  }
  const Limits limits = limits_of(key, -1000, 1000);
  if (!check_range(env, node, key, quantity->percent,
                   {Limits{std::min(limits.least, 0.0), limits.most}, "%"}) ||
      !check_range(env, node, key, quantity->units,
                   {quantity->percent == 0 ? limits : Limits{-1000, 1000}, "u"})) {
    return std::nullopt;
  }
  return to_length(*quantity);
}

std::optional<Time> read_time(const Env& env, const Node& node, const Key& key) {
  const auto quantity = read_quantity(env, node, key, &Quantity::is_time, "2.5s");
  if (!quantity) {
    return std::nullopt;
  }
  const double seconds = quantity->seconds + quantity->frames / 30;
  if (!check_range(env, node, key, seconds, {limits_of(key, 0, 1800), "s"})) {
    return std::nullopt;
  }
  return to_time(*quantity);
}

std::optional<Color> read_color(const Env& env, const Node& node, const Key& key) {
  const auto text = fill_one(env, node, key.name);
  if (!text) {
    return std::nullopt;
  }
  const std::size_t space = text->rfind(' ');
  const std::string name = text->substr(0, space);
  const auto alpha = space == std::string::npos ? std::optional<std::uint8_t>(255)
                                                : read_alpha(std::string_view(*text).substr(space + 1));
  // "{ground} 40%" where the ground has an alpha of its own: both count.
  const std::size_t inner = name.find(' ');
  const auto inner_alpha = inner == std::string::npos ? std::optional<std::uint8_t>(255)
                                                      : read_alpha(std::string_view(name).substr(inner + 1));
  const auto color = named_color(env.context.brand, std::string_view(name).substr(0, inner));
  if (color && alpha && inner_alpha) {
    Color result = *color;
    result.a = static_cast<std::uint8_t>(result.a * *alpha / 255 * *inner_alpha / 255);
    return result;
  }
  std::vector<std::string> known{"white", "black"};
  for (const auto& [brand_name, value] : env.context.brand.colors) {
    known.push_back(brand_name);
  }
  const std::vector<Arg> args{{"key", std::string(key.name)}, {"value", *text}};
  const auto meant = meant_color(name);
  const auto near = color ? std::nullopt : meant ? meant : nearest(name, known);
  auto all = args;
  all.push_back(near ? Arg{"near", *near} : Arg{"known", join_names(known)});
  env.context.problems.add(near ? Code{"color-unknown-near"} : Code{"color-unknown"}, std::move(all),
                           node.place);
  return std::nullopt;
}

std::optional<std::string> read_choice(const Env& env, const Node& node, const Key& key) {
  auto text = fill_one(env, node, key.name);
  if (!text) {
    return std::nullopt;
  }
  const std::vector<std::string> words = split_words(key.choices);
  if (std::find(words.begin(), words.end(), *text) != words.end()) {
    return text;
  }
  std::vector<Arg> args{{"key", std::string(key.name)}, {"value", *text}};
  const auto near = nearest(*text, words);
  args.push_back(near ? Arg{"near", *near} : Arg{"known", join_names(words)});
  env.context.problems.add(near ? Code{"bad-choice-near"} : Code{"bad-choice"}, std::move(args), node.place);
  return std::nullopt;
}

std::optional<bool> read_bool(const Env& env, const Node& node, const Key& key) {
  Key words = key;
  words.choices = "true false yes no";
  const auto text = read_choice(env, node, words);
  return text ? std::optional<bool>(*text == "true" || *text == "yes") : std::nullopt;
}

std::optional<Focus> read_focus(const Env& env, const Node& node, const Key& key) {
  const auto text = fill_one(env, node, key.name);
  if (!text) {
    return std::nullopt;
  }
  if (*text == "auto") {
    return Focus{};
  }
  const std::size_t space = text->find(' ');
  Quantity x;
  Quantity y;
  const bool read = space != std::string::npos && parse_quantity(text->substr(0, space), x) &&
                    parse_quantity(text->substr(space + 1), y) && x.is_share() && y.is_share();
  if (!read) {
    tell(env, node, key, Code{"bad-quantity"}, "50% 30%");
    return std::nullopt;
  }
  const Focus focus{false, x.number + x.percent / 100, y.number + y.percent / 100};
  const std::pair<Limits, std::string_view> range{Limits{0, 100}, "%"};
  const bool inside =
      check_range(env, node, key, focus.x * 100, range) && check_range(env, node, key, focus.y * 100, range);
  return inside ? std::optional<Focus>(focus) : std::nullopt;
}

std::optional<LocalText> read_text(const Env& env, const Node& node, const Key& key) {
  if (!node.is_scalar() && !is_by_language(node)) {
    return std::nullopt;
  }
  Value value = fill(env, node, key.name);
  if (value.kind == ValueKind::kAbsent) {
    env.absent = true;
    return std::nullopt;
  }
  if (value.kind != ValueKind::kText) {
    env.context.problems.add(Code{"wants-text"}, {{"key", std::string(key.name)}}, node.place);
    return std::nullopt;
  }
  return std::move(value.text);
}

std::optional<LocalPath> find_files(const Env& env, const Value& value) {
  LocalPath result;
  result.where = value.place.where();
  for (const auto& [language, name] : value.text.by_language) {
    auto found = env.context.paths.find(name, value.origin);
    if (!found) {
      env.context.problems.add(std::move(found).error(), value.place);
      continue;
    }
    result.by_language.emplace(language, std::move(*found));
  }
  return result.empty() ? std::nullopt : std::optional<LocalPath>(std::move(result));
}

std::optional<LocalPath> read_path(const Env& env, const Node& node, const Key& key) {
  if (!node.is_scalar() && !is_by_language(node)) {
    return std::nullopt;
  }
  const Value value = fill(env, node, key.name);
  if (value.kind == ValueKind::kAbsent) {
    env.absent = true;
    return std::nullopt;
  }
  if (value.kind != ValueKind::kText) {
    env.context.problems.add(Code{"wants-text"}, {{"key", std::string(key.name)}}, node.place);
    return std::nullopt;
  }
  return find_files(env, value);
}

}  // namespace capsule::preset

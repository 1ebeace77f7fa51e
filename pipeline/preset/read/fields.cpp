#include "language/segmentation.h"
#include "preset/read/context.h"

namespace capsule::preset {

const Key& Fields::row(std::string_view key) const {
  static constexpr Key kNone{};
  const Key* row = find_key(object_, key);
  return row == nullptr ? kNone : *row;
}

std::optional<double> Fields::number(std::string_view key) const {
  return has(key) ? read_number(env_, *node(key), row(key)) : std::nullopt;
}

std::optional<double> Fields::share(std::string_view key) const {
  return has(key) ? read_share(env_, *node(key), row(key)) : std::nullopt;
}

std::optional<double> Fields::gain(std::string_view key) const {
  return has(key) ? read_gain(env_, *node(key), row(key)) : std::nullopt;
}

std::optional<Length> Fields::length(std::string_view key) const {
  return has(key) ? read_length(env_, *node(key), row(key)) : std::nullopt;
}

std::optional<Time> Fields::time(std::string_view key) const {
  return has(key) ? read_time(env_, *node(key), row(key)) : std::nullopt;
}

std::optional<Color> Fields::color(std::string_view key) const {
  return has(key) ? read_color(env_, *node(key), row(key)) : std::nullopt;
}

std::optional<bool> Fields::flag(std::string_view key) const {
  return has(key) ? read_bool(env_, *node(key), row(key)) : std::nullopt;
}

std::optional<Focus> Fields::focus(std::string_view key) const {
  return has(key) ? read_focus(env_, *node(key), row(key)) : std::nullopt;
}

std::optional<std::string> Fields::choice(std::string_view key) const {
  return has(key) ? read_choice(env_, *node(key), row(key)) : std::nullopt;
}

std::optional<std::string> Fields::word(std::string_view key) const {
  return has(key) ? fill_one(env_, *node(key), row(key).name) : std::nullopt;
}

std::optional<LocalText> Fields::text(std::string_view key) const {
  return has(key) ? read_text(env_, *node(key), row(key)) : std::nullopt;
}

std::optional<LocalPath> Fields::path(std::string_view key) const {
  return has(key) ? read_path(env_, *node(key), row(key)) : std::nullopt;
}

std::optional<Fields> Fields::block(std::string_view key, Object object) const {
  const Node* value = node(key);
  return value != nullptr && value->is_map() ? std::optional<Fields>(std::in_place, env_, *value, object)
                                             : std::nullopt;
}

void check_length(const Fields& block, const std::string& name, const Value& value) {
  const auto limit = block.number("max_chars");
  if (!limit) {
    return;
  }
  for (const auto& [language, words] : value.text.by_language) {
    const auto letters =
        language::boundaries(language::to_utf32(words), language::Breaks::kGrapheme, language);
    if (static_cast<double>(letters.size()) > *limit) {
      block.env().context.problems.add(Code{"text-too-long"},
                                       {{"name", name},
                                        {"count", static_cast<std::int64_t>(letters.size())},
                                        {"limit", static_cast<std::int64_t>(*limit)}},
                                       value.place);
    }
  }
}

}  // namespace capsule::preset

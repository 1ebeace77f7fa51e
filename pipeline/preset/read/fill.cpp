#include <algorithm>
#include <optional>

#include "language/tag.h"
#include "preset/nearest.h"
#include "preset/read/context.h"
#include "preset/read/written.h"

namespace capsule::preset {
namespace {

constexpr std::size_t kLongestText = 20'000;

/// A piece of a text, looked up.
struct Part {
  std::string literal;
  const Value* value = nullptr;
  std::string way;  ///< See Piece.
};

bool has_way(const std::vector<Part>& parts) {
  return std::any_of(parts.begin(), parts.end(), [](const Part& part) { return !part.way.empty(); });
}

/// The whole tag of a language that texts are keyed by: the preset's own country where it is the preset's
/// own.
std::string tag_of(const Context& context, const std::string& language) {
  const bool own = language.empty() || language == language::primary_subtag(context.language);
  return own ? context.language : language;
}

/// Joins the parts for one language. A line that holds something absent is left out.
class Joiner {
 public:
  Joiner(const std::vector<Part>& parts, std::string language, std::string tag)
      : parts_(parts), language_(std::move(language)), tag_(std::move(tag)) {}

  /// False when a part lacks the language, or cannot be written as it asks (`error` is then set).
  bool join() {
    for (const Part& part : parts_) {
      if (part.value == nullptr) {
        literal(part.literal);
      } else if (part.value->kind == ValueKind::kAbsent) {
        line_absent_ = true;
      } else if (const std::string* words = part.value->text.find(language_); words != nullptr) {
        if (!take(part, *words)) {
          return false;
        }
      } else {
        return false;
      }
    }
    end_line();
    return true;
  }

  [[nodiscard]] const std::string& text() const { return text_; }

  [[nodiscard]] const std::optional<Error>& error() const { return error_; }

  /// Not one line is left.
  [[nodiscard]] bool nothing() const { return kept_ == 0; }

 private:
  bool take(const Part& part, const std::string& words) {
    auto shown = part.way.empty() ? Result<std::string>(words) : written(words, part.way, tag_);
    if (!shown) {
      error_ = std::move(shown).error();
      return false;
    }
    line_ += *shown;
    return true;
  }

  void literal(std::string_view words) {
    for (std::size_t end = words.find('\n'); end != std::string_view::npos; end = words.find('\n')) {
      line_ += words.substr(0, end);
      end_line();
      words.remove_prefix(end + 1);
    }
    line_ += words;
  }

  void end_line() {
    if (!line_absent_) {
      text_ += (kept_ > 0 ? "\n" : "") + line_;
      ++kept_;
    }
    line_.clear();
    line_absent_ = false;
  }

  const std::vector<Part>& parts_;
  std::string language_, tag_;
  std::string text_, line_;
  std::optional<Error> error_;
  bool line_absent_ = false;
  int kept_ = 0;
};

bool spend(const Env& env, std::size_t weight, std::string_view key, const Place& place) {
  std::size_t& left = env.context.values_left;
  if (weight > left) {
    left = 0;
    env.context.problems.add(Code{"expansion-too-large"},
                             {{"key", std::string(key)}, {"limit", std::int64_t{1'000'000}}}, place);
    return false;
  }
  left -= weight;
  return true;
}

bool look_up_all(const Env& env, const Node& node, std::string_view key, std::vector<Part>& parts) {
  std::vector<Piece> pieces;
  if (!split_references(node.text, pieces)) {
    env.context.problems.add(Code{"brace-open"}, {{"value", node.text}}, node.place);
    return false;
  }
  bool good = true;
  for (Piece& piece : pieces) {
    const Value* value = piece.is_name ? look_up(env, piece.text, node.place) : nullptr;
    good = good && (!piece.is_name || value != nullptr);
    if (value != nullptr && value->kind == ValueKind::kAbsent) {
      note_absent(env.context, *value);
    }
    const bool compound =
        value != nullptr && (value->kind == ValueKind::kList || value->kind == ValueKind::kMap);
    if (compound && pieces.size() > 1) {
      env.context.problems.add(Code{"one-value-only"}, {{"key", std::string(key)}}, node.place);
      good = false;
    }
    parts.push_back({piece.is_name ? std::string() : std::move(piece.text), value, std::move(piece.way)});
  }
  return good;
}

/// Languages in which the text can differ; "" last among those of dates and numbers, for any other.
std::vector<std::string> languages_of(const Context& context, const std::vector<Part>& parts) {
  std::set<std::string> languages;
  if (has_way(parts)) {
    languages = {"ar", "fr", "en", "zgh", language::primary_subtag(context.language)};
    languages.insert(context.languages.begin(), context.languages.end());
  }
  for (const Part& part : parts) {
    static const LocalText plain;
    for (const auto& [language, words] :
         part.value == nullptr ? plain.by_language : part.value->text.by_language) {
      languages.insert(language);
    }
  }
  languages.erase("");
  std::vector<std::string> out(languages.begin(), languages.end());
  if (out.empty() || has_way(parts)) {
    out.emplace_back();
  }
  return out;
}

Value fill_scalar(const Env& env, const Node& node, std::string_view key, const std::string* only_language) {
  std::vector<Part> parts;
  if (!look_up_all(env, node, key, parts)) {
    return absent_value();
  }
  if (parts.size() == 1 && parts.front().value != nullptr && only_language == nullptr && !has_way(parts)) {
    const Value& value = *parts.front().value;
    return spend(env, value.weight(), key, node.place) ? value : absent_value();
  }
  Value result = text_value("", node.place);
  result.text.by_language.clear();
  result.varies = std::ranges::any_of(
      parts, [](const Part& part) { return part.value != nullptr && part.value->varies; });
  const bool single_name = parts.size() == 1 && parts.front().value != nullptr;
  if (single_name) {
    result.origin = parts.front().value->origin;
  }
  for (const std::string& language : only_language != nullptr ? std::vector<std::string>{*only_language}
                                                              : languages_of(env.context, parts)) {
    Joiner joiner(parts, language, tag_of(env.context, language));
    const bool joined = joiner.join();
    if (joiner.error()) {
      env.context.problems.add(joiner.error()->code, joiner.error()->args, node.place);
      return absent_value();
    }
    if (!joined || joiner.nothing()) {
      continue;
    }
    if (joiner.text().size() > kLongestText) {
      env.context.problems.add(Code{"expansion-too-large"},
                               {{"key", std::string(key)}, {"limit", std::int64_t{kLongestText}}},
                               node.place);
      return absent_value();
    }
    result.text.by_language[language] = joiner.text();
  }
  const bool affordable = spend(env, result.weight(), key, node.place);
  return affordable && !result.text.by_language.empty() ? result : absent_value();
}

void note_language(Context& context, const Node& node, const std::string& language) {
  const bool own = context.own_files.contains(node.place.path());
  const bool known =
      std::find(context.languages.begin(), context.languages.end(), language) != context.languages.end();
  if (own && !known) {
    context.languages.push_back(language);
  }
}

Value fill_by_language(const Env& env, const Node& node, std::string_view key) {
  Value result = text_value("", node.place);
  result.text.by_language.clear();
  for (std::size_t i = 0; i < node.items.size(); ++i) {
    const Node& item = node.items[i];
    if (!item.is_scalar()) {
      continue;
    }
    const std::string language = language::primary_subtag(node.keys[i].name);
    note_language(env.context, node, language);
    Value one = fill_scalar(env, item, key, &language);
    result.varies = result.varies || one.varies;
    if (const std::string* words = one.text.find(language); words != nullptr) {
      result.text.by_language[language] = *words;
      // A file given on the command line stays free to lie anywhere, language by language.
      result.origin = std::move(one.origin);
    }
  }
  return result.text.by_language.empty() ? absent_value() : result;
}

Value fill_compound(const Env& env, const Node& node, std::string_view key) {
  Value result;
  result.kind = node.is_list() ? ValueKind::kList : ValueKind::kMap;
  result.place = node.place;
  for (std::size_t i = 0; i < node.items.size(); ++i) {
    Value value = fill(env, node.items[i], key);
    if (node.is_map()) {
      result.keys.push_back(node.keys[i].name);
    } else if (value.kind == ValueKind::kAbsent) {
      continue;
    }
    result.varies = result.varies || value.varies;
    result.items.push_back(std::move(value));
  }
  return result;
}

}  // namespace

void note_absent(Context& context, const Value& value) {
  if (!value.missing.empty() && context.warned.insert(value.missing).second) {
    context.reporter.warn({Code{"variable-absent"}, {{"name", value.missing}}, value.place.where(), {}, {}});
  }
}

const Value* look_up(const Env& env, const std::string& name, const Place& place) {
  const Value* value = env.scope.find(name);
  if (value != nullptr || env.context.problems.full()) {
    env.context.varied += value != nullptr && value->varies ? 1 : 0;
    return value;
  }
  const std::vector<std::string> names = env.scope.names();
  if (const auto near = nearest(name, names); near) {
    env.context.problems.add(Code{"name-unknown-near"}, {{"name", name}, {"near", *near}}, place);
  } else {
    env.context.problems.add(Code{"name-unknown"}, {{"name", name}, {"known", join_names(names)}}, place);
  }
  return nullptr;
}

Value fill(const Env& env, const Node& node, std::string_view key) {
  if (node.is_null()) {
    return absent_value();
  }
  if (node.is_scalar()) {
    return fill_scalar(env, node, key, nullptr);
  }
  return is_by_language(node) ? fill_by_language(env, node, key) : fill_compound(env, node, key);
}

std::optional<std::string> fill_one(const Env& env, const Node& node, std::string_view key, bool expression) {
  if (!node.is_scalar()) {
    return std::nullopt;
  }
  std::vector<Part> parts;
  if (!look_up_all(env, node, key, parts)) {
    env.absent = true;
    return std::nullopt;
  }
  std::string joined;
  for (const Part& part : parts) {
    if (part.value == nullptr) {
      joined += part.literal;
      continue;
    }
    if (part.value->kind == ValueKind::kAbsent) {
      env.absent = true;
      return std::nullopt;
    }
    const auto words = part.value->text.by_language.find("");
    if (words == part.value->text.by_language.end()) {
      env.context.problems.add(Code{"one-value-only"}, {{"key", std::string(key)}}, node.place);
      return std::nullopt;
    }
    joined += expression && parts.size() > 1 ? "(" + words->second + ")" : words->second;
    if (joined.size() > kLongestText) {
      env.context.problems.add(Code{"expansion-too-large"},
                               {{"key", std::string(key)}, {"limit", std::int64_t{kLongestText}}},
                               node.place);
      return std::nullopt;
    }
  }
  return joined;
}

}  // namespace capsule::preset

#pragma once
#include <cstddef>
#include <map>
#include <memory>
#include <optional>
#include <set>
#include <string>
#include <vector>

#include "preset/paths.h"
#include "preset/preset.h"
#include "preset/problems.h"
#include "preset/schema/schema.h"
#include "preset/scope.h"

namespace capsule::preset {

/// What one reading of a preset shares.
struct Context {
  Context(Paths all_paths, Reporter& to) : paths(std::move(all_paths)), reporter(to) {}

  Problems problems;
  Paths paths;
  Reporter& reporter;
  Brand brand;
  std::string language = "ar-MA";   ///< The preset's main one.
  Scope builtins;                   ///< brand, episode, title.
  std::set<std::string> own_files;  ///< The preset and what it extends: their texts decide the languages.
  std::vector<std::string> languages;
  std::set<std::string> warned;
  std::map<std::string, std::shared_ptr<const Node>> templates;  ///< By file; null = unusable, said already.
  std::set<std::string> varying;                                 ///< LoadOptions::varying.
  std::size_t varied = 0;                                        ///< How often one of these was looked up.
  std::size_t values_left = 1'000'000;  ///< Names filled in, against texts that multiply.
  int layers_left = 5'000;
  int template_depth = 0;
};

/// Where something is read: the names it sees, and whether something that it needs is absent.
struct Env {
  Context& context;
  const Scope& scope;
  bool& absent;
};

/// Fills in the references of any node: text (plain or by language), list or map. Absent when it stands on
/// one absent value, or has no line left. Problems are told; the result is then absent as well.
Value fill(const Env& env, const Node& node, std::string_view key);
/// The one text that a number, colour or word is written as; sets env.absent (and gives nothing) when it is
/// absent. Filled-in parts of a longer text stand in parentheses where `expression`.
std::optional<std::string> fill_one(const Env& env, const Node& node, std::string_view key,
                                    bool expression = false);
/// Looks a name up; an unknown one is a problem at `place`.
const Value* look_up(const Env& env, const std::string& name, const Place& place);
/// Says once that a variable which the preset uses was not given.
void note_absent(Context& context, const Value& value);

// Single values. `key` gives name and limits; nothing comes back after a problem was told or env.absent was
// set.
std::optional<double> read_number(const Env& env, const Node& node, const Key& key);
std::optional<double> read_share(const Env& env, const Node& node, const Key& key);
/// dB; `muted` is kMuted.
std::optional<double> read_gain(const Env& env, const Node& node, const Key& key);
std::optional<Length> read_length(const Env& env, const Node& node, const Key& key);
std::optional<Time> read_time(const Env& env, const Node& node, const Key& key);
std::optional<Color> read_color(const Env& env, const Node& node, const Key& key);
std::optional<bool> read_bool(const Env& env, const Node& node, const Key& key);
std::optional<Focus> read_focus(const Env& env, const Node& node, const Key& key);
/// A word of key.choices.
std::optional<std::string> read_choice(const Env& env, const Node& node, const Key& key);
std::optional<LocalText> read_text(const Env& env, const Node& node, const Key& key);
/// Every language's file found.
std::optional<LocalPath> read_path(const Env& env, const Node& node, const Key& key);
std::optional<LocalPath> find_files(const Env& env, const Value& value);

/// The keys of a map, typed by its block. A missing key and a value of the wrong kind give nothing.
class Fields {
 public:
  Fields(const Env& env, const Node& map, Object object) : env_(env), map_(map), object_(object) {}

  [[nodiscard]] const Node* node(std::string_view key) const {
    return map_.is_map() ? map_.find(key) : nullptr;
  }

  [[nodiscard]] bool has(std::string_view key) const { return node(key) != nullptr; }

  [[nodiscard]] const Node& map() const { return map_; }

  [[nodiscard]] const Env& env() const { return env_; }

  [[nodiscard]] const Key& row(std::string_view key) const;

  [[nodiscard]] std::optional<double> number(std::string_view key) const;
  [[nodiscard]] std::optional<double> share(std::string_view key) const;
  [[nodiscard]] std::optional<double> gain(std::string_view key) const;
  [[nodiscard]] std::optional<Length> length(std::string_view key) const;
  [[nodiscard]] std::optional<Time> time(std::string_view key) const;
  [[nodiscard]] std::optional<Color> color(std::string_view key) const;
  [[nodiscard]] std::optional<bool> flag(std::string_view key) const;
  [[nodiscard]] std::optional<Focus> focus(std::string_view key) const;
  [[nodiscard]] std::optional<std::string> choice(std::string_view key) const;
  /// A word with its references filled in.
  [[nodiscard]] std::optional<std::string> word(std::string_view key) const;
  [[nodiscard]] std::optional<LocalText> text(std::string_view key) const;
  [[nodiscard]] std::optional<LocalPath> path(std::string_view key) const;
  /// The map behind a key, when it is one.
  [[nodiscard]] std::optional<Fields> block(std::string_view key, Object object) const;

 private:
  Env env_;
  const Node& map_;
  Object object_;
};

/// Tells every language in which the text of `name` is longer than its block's `max_chars`, in letters as
/// people count them.
void check_length(const Fields& block, const std::string& name, const Value& value);

/// Assigns only what was read.
template <typename To, typename From>
void assign(To& to, std::optional<From> from) {
  if (from) {
    to = std::move(*from);
  }
}

}  // namespace capsule::preset

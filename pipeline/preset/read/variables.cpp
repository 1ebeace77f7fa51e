#include <algorithm>

#include "language/tag.h"
#include "preset/nearest.h"
#include "preset/read/read.h"

namespace capsule::preset {
namespace {

using Set = std::map<std::string, std::string>;

bool is_good_name(const std::string& name) {
  const auto plain = [](char c) {
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '_' || c == '-';
  };
  static const std::vector<std::string> reserved{"brand", "episode", "title", "item",
                                                 "index", "number",  "count"};
  return !name.empty() && std::all_of(name.begin(), name.end(), plain) &&
         std::find(reserved.begin(), reserved.end(), name) == reserved.end();
}

/// "name.fr" given beside a variable "name": its French text.
bool is_language_of(const std::string& given, const std::string& name) {
  return given.starts_with(name + ".") && is_language_key(std::string_view(given).substr(name.size() + 1));
}

/// What the command line gives for a variable; absent when nothing, or an empty text.
Value given_value(const Set& set, const std::string& name, const Place& place) {
  Value value;
  value.place = place;
  value.origin.from_command_line = true;
  value.text.where = place.where();
  for (const auto& [key, text] : set) {
    if (text.empty()) {
      continue;
    }
    if (key == name) {
      value.text.by_language[""] = text;
    } else if (is_language_of(key, name)) {
      value.text.by_language[language::primary_subtag(key.substr(name.size() + 1))] = text;
    }
  }
  value.kind = value.text.empty() ? ValueKind::kAbsent : ValueKind::kText;
  return value;
}

class Variable {
 public:
  Variable(const Env& env, const NodeKey& key, const Node& block)
      : env_(env),
        key_(key),
        fields_(env, block, Object::kVariable),
        type_(fields_.choice("type").value_or("text")) {}

  Value read(const Set& set) const {
    Value value = given_value(set, key_.name, key_.place);
    const Node* usual = fields_.node("default");
    if (value.kind == ValueKind::kAbsent && usual != nullptr) {
      value = fill(env_, *usual, key_.name);
    }
    if (value.kind == ValueKind::kAbsent) {
      if (fields_.flag("required").value_or(false)) {
        env_.context.problems.add(Code{"variable-required"}, {{"name", key_.name}}, key_.place);
      } else {
        value.missing = key_.name;
        value.place = key_.place;
      }
      return value;
    }
    check(value);
    return value;
  }

 private:
  void check(const Value& value) const {
    if (type_ == "image" || type_ == "path") {
      (void)find_files(env_, value);
      return;
    }
    if (type_ == "text") {
      check_length(fields_, key_.name, value);
      return;
    }
    for (const auto& [language, words] : value.text.by_language) {
      Node written;
      written.kind = NodeKind::kScalar;
      written.place = value.place;
      written.text = words;
      Key row;
      row.name = key_.name;
      if (type_ == "color") {
        (void)read_color(env_, written, row);
      } else {
        (void)read_number(env_, written, row);
      }
    }
  }

  const Env& env_;
  const NodeKey& key_;
  Fields fields_;
  std::string type_;
};

void mark(Value& value) {
  value.varies = true;
  std::ranges::for_each(value.items, mark);
}

void check_given_names(Context& context, const Node* variables, const Set& set) {
  std::vector<std::string> names;
  if (variables != nullptr) {
    for (const NodeKey& key : variables->keys) {
      names.push_back(key.name);
    }
  }
  for (const auto& [given, text] : set) {
    const bool known = std::any_of(names.begin(), names.end(), [&](const std::string& name) {
      return given == name || is_language_of(given, name);
    });
    if (known) {
      continue;
    }
    if (names.empty()) {
      context.problems.add({Code{"set-none"}, {{"name", given}}, {}, {}, {}});
      continue;
    }
    const auto near = nearest(given, names);
    context.problems.add({near ? Code{"set-unknown-near"} : Code{"set-unknown"},
                          {{"name", given}, near ? Arg{"near", *near} : Arg{"known", join_names(names)}},
                          {},
                          {},
                          {}});
  }
}

}  // namespace

void read_variables(Context& context, const Node* variables, const Set& set, Scope& scope) {
  const bool any = variables != nullptr && variables->is_map();
  check_given_names(context, any ? variables : nullptr, set);
  for (std::size_t i = 0; any && i < variables->keys.size(); ++i) {
    const NodeKey& key = variables->keys[i];
    if (!is_good_name(key.name)) {
      context.problems.add(Code{"variable-reserved"}, {{"name", key.name}}, key.place);
      continue;
    }
    bool absent = false;
    const Env env{context, context.builtins, absent};
    Value value = Variable(env, key, variables->items[i]).read(set);
    if (context.varying.contains(key.name)) {
      mark(value);
    }
    scope.set(key.name, std::move(value));
  }
}

}  // namespace capsule::preset

#include <algorithm>

#include "preset/expression.h"
#include "preset/meant.h"
#include "preset/nearest.h"
#include "preset/read/read.h"
#include "preset/yaml/read_yaml.h"

namespace capsule::preset {
namespace {

constexpr int kDeepest = 8;

/// A template's file, read and checked once.
const Node* open_template(Context& context, const Node& name, const std::string& word) {
  auto file = context.paths.find_template(word, {name.place.path(), false});
  if (!file) {
    context.problems.add(std::move(file).error(), name.place);
    return nullptr;
  }
  const auto known = context.templates.find(*file);
  if (known != context.templates.end()) {
    return known->second.get();
  }
  std::shared_ptr<const Node>& slot = context.templates[*file];
  auto node = read_yaml(*file, name.place, context.problems);
  if (!node) {
    return nullptr;
  }
  const std::size_t before = context.problems.size();
  check_block(*node, Object::kTemplate, context.problems);
  const Node* called = node->is_map() ? node->find("template") : nullptr;
  if (called != nullptr && called->is_scalar() && called->text != word) {
    context.problems.add(Code{"template-name"}, {{"name", called->text}, {"file", name_of(*file)}},
                         called->place);
  }
  if (context.problems.size() == before) {
    slot = std::make_shared<const Node>(std::move(*node));
  }
  return slot.get();
}

std::vector<std::string> parameter_names(const Node* parameters) {
  std::vector<std::string> names;
  if (parameters != nullptr) {
    for (const NodeKey& key : parameters->keys) {
      names.push_back(key.name);
    }
  }
  return names;
}

void check_arguments(Context& context, const std::string& name, const Node& with, const Node* parameters) {
  const std::vector<std::string> known = parameter_names(parameters);
  for (const NodeKey& key : with.keys) {
    if (context.problems.full() || std::find(known.begin(), known.end(), key.name) != known.end()) {
      continue;
    }
    const auto near = nearest(key.name, known);
    context.problems.add(
        near ? Code{"parameter-unknown-near"} : Code{"parameter-unknown"},
        {{"name", key.name}, {"template", name}, near ? Arg{"near", *near} : Arg{"known", join_names(known)}},
        key.place);
  }
}

/// One parameter: what its block says, and how its argument is read.
class Parameter {
 public:
  Parameter(const Env& env, const NodeKey& key, const Node& block)
      : env_(env), name_(key.name), fields_(env, block, Object::kParameter) {
    type_ = fields_.choice("type").value_or("text");
    row_.name = name_;
    if (const Node* choices = fields_.node("choices"); choices != nullptr) {
      for (const Node& choice : choices->items) {
        choices_ += choice.text + " ";
      }
      row_.choices = choices_;
    }
  }

  [[nodiscard]] bool required() const { return fields_.flag("required").value_or(false); }

  [[nodiscard]] const Node* usual() const { return fields_.node("default"); }

  /// `from` sees the argument's names, which may be others than the template's own.
  Value value(const Scope& from, const Node& node) const {
    const Env env{env_.context, from, env_.absent};
    if (node.is_scalar() && (type_ == "length" || type_ == "time" || type_ == "number")) {
      return amount(env, node);
    }
    Value value = fill(env, node, name_);
    if (value.kind == ValueKind::kAbsent) {
      return value;
    }
    return type_ == "list" ? list(env, std::move(value)) : single(env, node, std::move(value));
  }

 private:
  [[nodiscard]] Value amount(const Env& env, const Node& node) const {
    const auto text = fill_one(env, node, name_, true);
    if (!text) {
      return absent_value();
    }
    const std::size_t before = env.context.problems.size();
    check(env, node, *text);
    // What is wrong is told here; the template need not stumble over it again.
    return env.context.problems.size() == before ? text_value(*text, node.place) : absent_value();
  }

  /// A value is read once as what it is meant to be, so that its mistakes are told where they stand.
  void check(const Env& env, const Node& node, const std::string& text) const {
    Node written = node;
    written.text = text;
    std::size_t at = 0;
    while ((at = written.text.find('{', at)) != std::string::npos) {
      written.text.insert(at, 1, '{');
      at += 2;
    }
    if (type_ == "length") {
      (void)read_length(env, written, row_);
    } else if (type_ == "time") {
      if (text != "auto") {
        (void)read_time(env, written, row_);
      }
    } else if (type_ == "number") {
      (void)read_number(env, written, row_);
    } else if (type_ == "color") {
      (void)read_color(env, written, row_);
    } else if (type_ == "choice") {
      (void)read_choice(env, written, row_);
    } else if (type_ == "bool") {
      (void)read_bool(env, written, row_);
    }
  }

  [[nodiscard]] Value list(const Env& env, Value value) const {
    if (value.kind != ValueKind::kList) {
      env.context.problems.add(Code{"wants-list"}, {{"key", name_}}, value.place);
      return absent_value();
    }
    const Node* allowed = fields_.node("items");
    if (allowed == nullptr) {
      return value;
    }
    std::vector<std::string> known;
    for (const Node& key : allowed->items) {
      known.push_back(key.text);
      value.keys.push_back(key.text);
    }
    const std::size_t before = env.context.problems.size();
    for (const Value& item : value.items) {
      check_item(env, item, known);
    }
    return env.context.problems.size() == before ? value : absent_value();
  }

  void check_item(const Env& env, const Value& item, const std::vector<std::string>& known) const {
    if (item.kind != ValueKind::kMap && !known.empty()) {
      std::string example;
      for (const std::string& key : known) {
        example += (example.empty() ? "" : ", ") + key + ": …";
      }
      env.context.problems.add(Code{"item-wants-map"}, {{"key", name_}, {"example", example}}, item.place);
      return;
    }
    if (const Value* value = item.field("value"); value != nullptr) {
      check_value(env, *value);
    }
    for (const std::string& key : item.keys) {
      if (!env.context.problems.full() && std::find(known.begin(), known.end(), key) == known.end()) {
        env.context.problems.add(unknown_key(key, known, item.place));
      }
    }
  }

  /// An item's `value` is what its share is worked out from.
  static void check_value(const Env& env, const Value& value) {
    const std::string* text = value.text.find("");
    Quantity quantity;
    if (text == nullptr || (parse_quantity(*text, quantity) && quantity.is_share())) {
      return;
    }
    const auto meant = meant_quantity(*text, &Quantity::is_number);
    env.context.problems.add(
        meant ? Code{"quantity-near"} : Code{"bad-quantity"},
        {{"key", "value"}, {"value", *text}, meant ? Arg{"near", *meant} : Arg{"example", "124"}},
        value.place);
  }

  [[nodiscard]] Value single(const Env& env, const Node& node, Value value) const {
    if (value.kind != ValueKind::kText) {
      tell_kind(env, node);
      return absent_value();
    }
    if (type_ == "text") {
      check_length(fields_, name_, value);
    } else if (type_ == "path") {
      (void)find_files(env, value);
    } else if (const std::string* words = value.text.find(""); words != nullptr && node.is_scalar()) {
      check(env, node, *words);
    } else {
      env.context.problems.add(Code{"one-value-only"}, {{"key", name_}}, node.place);
    }
    return value;
  }

  void tell_kind(const Env& env, const Node& node) const {
    if (is_unquoted_reference(node)) {
      env.context.problems.add(Code{"needs-quotes"}, {{"key", name_}, {"value", node.keys.front().name}},
                               node.place);
    } else {
      env.context.problems.add(Code{"wants-text"}, {{"key", name_}}, node.place);
    }
  }

  Env env_;
  std::string name_;
  std::string type_;
  std::string choices_;
  Key row_;
  Fields fields_;
};

void set_parameters(const Env& caller, const Node& node, const Node& file, Scope& scope) {
  Context& context = caller.context;
  const Env inner{context, context.builtins, caller.absent};
  const Node* with = node.find("with");
  const Node* parameters = file.find("parameters");
  const std::string name = node.find("use")->text;
  static const Node none;
  const Node& arguments = with != nullptr && with->is_map() ? *with : none;
  check_arguments(context, name, arguments, parameters);
  for (std::size_t i = 0; parameters != nullptr && i < parameters->keys.size(); ++i) {
    const std::string& key = parameters->keys[i].name;
    const Parameter parameter(inner, parameters->keys[i], parameters->items[i]);
    const Node* argument = arguments.is_map() ? arguments.find(key) : nullptr;
    const std::size_t varied = context.varied;
    Value value = argument == nullptr ? absent_value() : parameter.value(caller.scope, *argument);
    if (argument == nullptr && parameter.required()) {
      context.problems.add(Code{"parameter-required"}, {{"name", key}, {"template", name}}, node.place);
    }
    if (value.kind == ValueKind::kAbsent && parameter.usual() != nullptr) {
      value = parameter.value(context.builtins, *parameter.usual());
    }
    value.missing.clear();
    value.varies = value.varies || context.varied != varied;
    scope.set(key, std::move(value));
  }
}

}  // namespace

std::optional<Call> call_template(Context& context, const Scope& caller, const Node& node) {
  bool absent = false;
  const Env env{context, caller, absent};
  const Node* use = node.find("use");
  if (use == nullptr || !use->is_scalar()) {
    return std::nullopt;
  }
  const auto name = fill_one(env, *use, "use");
  if (!name) {
    return std::nullopt;
  }
  if (context.template_depth >= kDeepest) {
    context.problems.add(Code{"template-too-deep"}, {{"name", *name}, {"limit", std::int64_t{kDeepest}}},
                         use->place);
    return std::nullopt;
  }
  const Node* file = open_template(context, *use, *name);
  if (file == nullptr) {
    return std::nullopt;
  }
  Call call{file, Scope(&context.builtins)};
  set_parameters(env, node, *file, call.scope);
  ++context.template_depth;
  return call;
}

}  // namespace capsule::preset

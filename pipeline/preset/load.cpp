#include <algorithm>
#include <map>
#include <set>

#include "language/tag.h"
#include "preset/preset.h"
#include "preset/profile.h"
#include "preset/read/read.h"
#include "preset/variable_labels.h"
#include "preset/yaml/read_yaml.h"

namespace capsule::preset {
namespace {

void check_version(const Node& root, Problems& problems) {
  const Node* version = root.find("capsule");
  if (version != nullptr && version->is_scalar() && version->text != "1") {
    problems.add(Code{"preset-version"}, {{"value", version->text}}, version->place);
  }
}

void load_brand(Context& context, const Node& root) {
  const Node* brand = root.find("brand");
  std::optional<Node> kit;
  if (brand != nullptr && brand->is_scalar()) {
    auto path = context.paths.find(brand->text, {brand->place.path(), false});
    if (path) {
      kit = read_yaml(*path, brand->place, context.problems);
    } else {
      Error error = std::move(path).error();
      error.where = brand->place.where();
      context.problems.add(std::move(error));
    }
  }
  if (kit) {
    check_block(*kit, Object::kBrand, context.problems);
  }
  read_brand(context, kit && kit->is_map() ? &*kit : nullptr);
}

std::string read_language(Context& context, const Fields& fields) {
  const auto word = fields.word("language");
  auto tag = language::canonical_tag(word.value_or("ar-MA"));
  if (tag) {
    return *tag;
  }
  Error error = std::move(tag).error();
  error.where = fields.node("language")->place.where();
  context.problems.add(std::move(error));
  return "ar-MA";
}

/// The main language first, then the others in which the preset's texts are written.
std::vector<std::string> spoken(const Context& context, const std::string& main) {
  std::vector<std::string> tags{main};
  for (const std::string& language : context.languages) {
    auto tag = language::canonical_tag(language);
    const bool known = tag && std::any_of(tags.begin(), tags.end(), [&](const std::string& t) {
                         return language::primary_subtag(t) == language::primary_subtag(*tag);
                       });
    if (tag && !known) {
      tags.push_back(std::move(*tag));
    }
  }
  return tags;
}

void add_profile(Context& context, const Env& env, const Node& node, std::vector<std::string>& deliver) {
  auto name = fill_one(env, node, "deliver");
  if (!name) {
    return;
  }
  if (name->ends_with(".yaml")) {
    auto path = context.paths.find(*name, {node.place.path(), false});
    if (!path) {
      Error error = std::move(path).error();
      error.where = node.place.where();
      context.problems.add(std::move(error));
      return;
    }
    name = std::move(*path);
  }
  auto profile = load_profile(*name, context.paths.data_folders());
  if (profile) {
    deliver.push_back(std::move(*name));
    return;
  }
  Error error = std::move(profile).error();
  if (error.code == Code{"preset-invalid"}) {
    for (Error& cause : error.causes) {
      context.problems.add(std::move(cause));
    }
    return;
  }
  error.where = node.place.where();
  context.problems.add(std::move(error));
}

std::vector<std::string> read_deliver(Context& context, const Fields& fields) {
  std::vector<std::string> deliver;
  const Node* node = fields.node("deliver");
  if (node == nullptr) {
    return {"wa-chat"};
  }
  if (node->is_scalar()) {
    add_profile(context, fields.env(), *node, deliver);
  }
  for (const Node& item : node->items) {
    if (item.is_scalar()) {
      add_profile(context, fields.env(), item, deliver);
    }
  }
  return deliver;
}

void name_title_and_episode(Context& context, const Env& env, const Fields& fields, Preset& preset) {
  for (const char* key : {"episode", "title"}) {
    const Node* node = fields.node(key);
    const bool plain = node != nullptr && (node->is_scalar() || is_by_language(*node));
    Value value = plain ? fill(env, *node, key) : absent_value();
    if (value.kind == ValueKind::kText && std::string_view(key) == "title") {
      preset.title = value.text;
    }
    value.missing.clear();
    context.builtins.set(key, std::move(value));
  }
}

void read_all(Context& context, const Node& root, const LoadOptions& options, Preset& preset) {
  load_brand(context, root);
  context.builtins.set("episode", absent_value());
  context.builtins.set("title", absent_value());
  Scope scope(&context.builtins);
  read_variables(context, root.find("variables"), options.set, scope);
  bool absent = false;
  const Env env{context, scope, absent};
  const Fields fields(env, root, Object::kPreset);
  name_title_and_episode(context, env, fields, preset);
  preset.language = read_language(context, fields);
  context.language = preset.language;
  preset.deliver = read_deliver(context, fields);
  if (const Node* scenes = root.find("scenes"); scenes != nullptr && scenes->is_list()) {
    preset.scenes = read_scenes(context, scope, *scenes);
  }
  if (const Node* overlays = root.find("overlays"); overlays != nullptr && overlays->is_list()) {
    read_layers(context, scope, *overlays, {preset.overlays, std::nullopt});
  }
  preset.captions = read_captions(fields);
  preset.audio = read_audio(fields);
  preset.brand = context.brand;
  preset.languages = spoken(context, preset.language);
}

}  // namespace

Result<Preset> load_preset(const std::string& path, const LoadOptions& options, Reporter& reporter) {
  Context context(Paths(path, options.data_folders), reporter);
  auto root = read_with_parents(context, path);
  if (!root) {
    const std::vector<Error> problems = context.problems.sorted();
    const bool no_file = problems.size() == 1 && problems.front().where.line == 0;
    return fail(no_file ? problems.front() : context.problems.as_error(path));
  }
  check_block(*root, Object::kPreset, context.problems);
  Preset preset;
  preset.file = path;
  if (root->is_map()) {
    check_version(*root, context.problems);
    read_all(context, *root, options, preset);
  }
  if (!context.problems.empty()) {
    return fail(context.problems.as_error(path));
  }
  return preset;
}

namespace {

/// The block `variables` of a preset, whether or not the rest is right; a null node where there is none.
Result<Node> variables_block(const std::string& path, const LoadOptions& options) {
  SilentReporter silent;
  Context context(Paths(path, options.data_folders), silent);
  const auto root = read_with_parents(context, path);
  if (!root) {
    const std::vector<Error> problems = context.problems.sorted();
    const bool no_file = problems.size() == 1 && problems.front().where.line == 0;
    return fail(no_file ? problems.front() : context.problems.as_error(path));
  }
  const Node* variables = root->is_map() ? root->find("variables") : nullptr;
  return variables != nullptr && variables->is_map() ? *variables : Node{};
}

}  // namespace

Result<std::vector<VariableInfo>> variables_of(const std::string& path, const LoadOptions& options) {
  TRY_ASSIGN(const Node variables, variables_block(path, options));
  std::vector<VariableInfo> out;
  for (std::size_t i = 0; i < variables.keys.size(); ++i) {
    const Node& block = variables.items[i];
    const Node* type = block.is_map() ? block.find("type") : nullptr;
    const Node* required = block.is_map() ? block.find("required") : nullptr;
    out.push_back({variables.keys[i].name, type == nullptr ? "text" : type->text,
                   required != nullptr && required->text == "true"});
  }
  return out;
}

Result<std::map<std::string, std::string>> variable_labels(const std::string& path,
                                                           const LoadOptions& options) {
  TRY_ASSIGN(const Node variables, variables_block(path, options));
  std::map<std::string, std::string> names;
  std::set<std::string> twice;
  const auto add = [&](const Node& label, const std::string& name) {
    const auto [at, fresh] = names.emplace(label.text, name);
    if (label.is_scalar() && !fresh && at->second != name) {
      twice.insert(label.text);
    }
  };
  for (std::size_t i = 0; i < variables.keys.size(); ++i) {
    const Node& block = variables.items[i];
    const Node* label = block.is_map() ? block.find("label") : nullptr;
    if (label != nullptr && label->is_scalar()) {
      add(*label, variables.keys[i].name);
    }
    for (std::size_t k = 0; label != nullptr && label->is_map() && k < label->items.size(); ++k) {
      add(label->items[k], variables.keys[i].name);
    }
  }
  std::erase_if(names, [&](const auto& pair) { return pair.first.empty() || twice.contains(pair.first); });
  return names;
}

}  // namespace capsule::preset

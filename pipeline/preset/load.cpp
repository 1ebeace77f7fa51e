#include <algorithm>
#include <map>
#include <set>

#include "language/tag.h"
#include "preset/preset.h"
#include "preset/profile.h"
#include "preset/read/read.h"
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
      context.problems.add(std::move(path).error(), brand->place);
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
  context.problems.add(std::move(tag).error(), fields.node("language")->place);
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
      context.problems.add(std::move(path).error(), node.place);
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
  context.problems.add(std::move(error), node.place);
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
  context.varying = options.varying;
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

/// The file with all that it extends. Where there is no such file, that is the error and no list of problems.
Result<Node> root_of(Context& context, const std::string& path) {
  if (auto root = read_with_parents(context, path); root) {
    return std::move(*root);
  }
  const std::vector<Error> problems = context.problems.sorted();
  const bool no_file = problems.size() == 1 && problems.front().where.line == 0;
  return fail(no_file ? problems.front() : context.problems.as_error(path));
}

/// In all languages; `label` may be missing.
std::vector<std::string> label_texts(const Node* label) {
  std::vector<std::string> texts;
  if (label != nullptr && label->is_scalar()) {
    texts.push_back(label->text);
  }
  for (const Node& text : label != nullptr && label->is_map() ? label->items : std::vector<Node>{}) {
    texts.push_back(text.text);
  }
  std::erase(texts, std::string());
  return texts;
}

VariableInfo variable_info(Context& context, const NodeKey& key, const Node& block) {
  bool absent = false;
  const Fields fields({context, context.builtins, absent}, block, Object::kVariable);
  return {key.name, fields.choice("type").value_or("text"),
          fields.flag("required").value_or(false) && !fields.has("default"),
          label_texts(fields.node("label"))};
}

/// What two variables are called tells neither.
void drop_shared_labels(std::vector<VariableInfo>& variables) {
  std::map<std::string, std::set<std::string>> named;
  for (const VariableInfo& variable : variables) {
    for (const std::string& label : variable.labels) {
      named[label].insert(variable.name);
    }
  }
  for (VariableInfo& variable : variables) {
    std::erase_if(variable.labels, [&](const std::string& label) { return named[label].size() > 1; });
  }
}

}  // namespace

Result<Preset> load_preset(const std::string& path, const LoadOptions& options, Reporter& reporter) {
  Context context(Paths(path, options.data_folders), reporter);
  TRY_ASSIGN(const Node root, root_of(context, path));
  check_block(root, Object::kPreset, context.problems);
  Preset preset;
  preset.file = path;
  if (root.is_map()) {
    check_version(root, context.problems);
    read_all(context, root, options, preset);
  }
  if (!context.problems.empty()) {
    return fail(context.problems.as_error(path));
  }
  return preset;
}

Result<std::vector<VariableInfo>> variables_of(const std::string& path, const LoadOptions& options) {
  SilentReporter silent;
  Context context(Paths(path, options.data_folders), silent);
  TRY_ASSIGN(const Node root, root_of(context, path));
  const Node* variables = root.is_map() ? root.find("variables") : nullptr;
  std::vector<VariableInfo> out;
  for (std::size_t i = 0; variables != nullptr && i < variables->keys.size(); ++i) {
    out.push_back(variable_info(context, variables->keys[i], variables->items[i]));
  }
  drop_shared_labels(out);
  return out;
}

}  // namespace capsule::preset

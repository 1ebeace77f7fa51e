#include <algorithm>

#include "preset/nearest.h"
#include "preset/read/read.h"
#include "preset/yaml/read_yaml.h"

namespace capsule::preset {
namespace {

constexpr int kMostParents = 8;

void put(Node& map, const NodeKey& key, Node value) {
  for (std::size_t i = 0; i < map.keys.size(); ++i) {
    if (map.keys[i].name == key.name) {
      map.keys[i] = key;
      map.items[i] = std::move(value);
      return;
    }
  }
  map.keys.push_back(key);
  map.items.push_back(std::move(value));
}

void remove(Node& map, std::string_view key) {
  for (std::size_t i = 0; i < map.keys.size(); ++i) {
    if (map.keys[i].name == key) {
      map.keys.erase(map.keys.begin() + static_cast<std::ptrdiff_t>(i));
      map.items.erase(map.items.begin() + static_cast<std::ptrdiff_t>(i));
      return;
    }
  }
}

/// Maps merge, everything else replaces. A text by language is one text, so it replaces too: half of the
/// child's words with half of its parent's would say something that nobody wrote.
Node merged(const Node& parent, Node child) {
  if (!parent.is_map() || !child.is_map() || is_by_language(parent) || is_by_language(child)) {
    return child;
  }
  Node result = parent;
  result.place = child.place;
  for (std::size_t i = 0; i < child.keys.size(); ++i) {
    const Node* before = parent.find(child.keys[i].name);
    put(result, child.keys[i],
        before == nullptr ? std::move(child.items[i]) : merged(*before, std::move(child.items[i])));
  }
  return result;
}

std::vector<std::string> scene_ids(const Node& scenes) {
  std::vector<std::string> ids;
  for (const Node& scene : scenes.items) {
    const Node* id = scene.find("id");
    ids.push_back(id != nullptr && id->is_scalar() ? id->text : std::string());
  }
  return ids;
}

/// The parent's list with the child's changes, `scenes: { ID: {…} }`.
Node merged_scenes(const Node& parent, Node child, Problems& problems) {
  if (!child.is_map() || !parent.is_list()) {
    return child;
  }
  Node result = parent;
  const std::vector<std::string> ids = scene_ids(parent);
  for (std::size_t i = 0; i < child.keys.size(); ++i) {
    const auto found = std::find(ids.begin(), ids.end(), child.keys[i].name);
    if (found == ids.end()) {
      problems.add(Code{"scene-unknown"}, {{"id", child.keys[i].name}, {"known", join_names(ids)}},
                   child.keys[i].place);
      continue;
    }
    Node& scene = result.items[static_cast<std::size_t>(found - ids.begin())];
    // A scene that becomes another kind of scene does not keep what only the old kind has.
    if (child.items[i].find("use") != nullptr && scene.find("use") == nullptr) {
      remove(scene, "media");
    } else if (child.items[i].find("media") != nullptr) {
      remove(scene, "use");
      remove(scene, "with");
    }
    scene = merged(scene, std::move(child.items[i]));
  }
  return result;
}

Node inherited(const Node& parent, Node child, Problems& problems) {
  const Node* parent_scenes = parent.find("scenes");
  const Node* child_scenes = child.find("scenes");
  std::optional<Node> scenes;
  if (parent_scenes != nullptr && child_scenes != nullptr) {
    scenes = merged_scenes(*parent_scenes, *child_scenes, problems);
  }
  const NodeKey* key = child.find_key("scenes");
  const NodeKey scenes_key = key == nullptr ? NodeKey{} : *key;
  Node result = merged(parent, std::move(child));
  if (scenes) {
    put(result, scenes_key, std::move(*scenes));
  }
  return result;
}

std::optional<std::string> parent_path(Context& context, const Node& node) {
  const Node* extends = node.is_map() ? node.find("extends") : nullptr;
  if (extends == nullptr || !extends->is_scalar()) {
    return std::nullopt;
  }
  auto found = context.paths.find(extends->text, {extends->place.path(), false});
  if (found) {
    return std::move(*found);
  }
  context.problems.add(std::move(found).error(), extends->place);
  return std::nullopt;
}

bool append_file(Context& context, const std::string& path, const Place& named_at, std::vector<Node>& chain) {
  auto node = read_yaml(path, named_at, context.problems);
  if (!node) {
    return false;
  }
  context.own_files.insert(node->place.path());
  chain.push_back(std::move(*node));
  return true;
}

}  // namespace

std::optional<Node> read_with_parents(Context& context, const std::string& path) {
  std::vector<Node> chain;
  std::vector<std::string> seen{path};
  bool more = append_file(context, path, {}, chain);
  while (more) {
    const auto parent = parent_path(context, chain.back());
    if (!parent) {
      break;
    }
    const Place named = chain.back().find("extends")->place;
    if (std::find(seen.begin(), seen.end(), *parent) != seen.end() || chain.size() > kMostParents) {
      context.problems.add(Code{"extends-too-deep"},
                           {{"path", *parent}, {"limit", std::int64_t{kMostParents}}}, named);
      break;
    }
    seen.push_back(*parent);
    more = append_file(context, *parent, named, chain);
  }
  if (chain.empty()) {
    return std::nullopt;
  }
  Node result = std::move(chain.back());
  for (auto child = chain.rbegin() + 1; child != chain.rend(); ++child) {
    result = inherited(result, std::move(*child), context.problems);
  }
  return result;
}

}  // namespace capsule::preset

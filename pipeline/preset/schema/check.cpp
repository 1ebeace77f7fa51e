#include <algorithm>

#include "preset/nearest.h"
#include "preset/schema/schema.h"

namespace capsule::preset {
namespace {

void add_names(Object object, std::vector<std::string>& names) {
  for (const Key* key : keys_of(object)) {
    if (std::find(names.begin(), names.end(), key->name) == names.end()) {
      names.emplace_back(key->name);
    }
  }
}

std::vector<std::string> names_of(Object object) {
  std::vector<std::string> names;
  if (object != Object::kLayer) {
    add_names(object, names);
    return names;
  }
  for (const LayerKind& kind : layer_kinds()) {
    names.emplace_back(kind.word);
  }
  for (const LayerKind& kind : layer_kinds()) {
    add_names(kind.object, names);
  }
  return names;
}

bool is_kind(std::string_view word) {
  const auto kinds = layer_kinds();
  return std::any_of(kinds.begin(), kinds.end(), [&](const LayerKind& kind) { return kind.word == word; });
}

class Checker {
 public:
  explicit Checker(Problems& problems) : problems_(problems) {}

  void block_of(const Node& node, Object object) {
    if (object == Object::kLayer) {
      layer(node);
      return;
    }
    for (std::size_t i = 0; i < node.keys.size(); ++i) {
      const NodeKey& key = node.keys[i];
      const Key* row = find_key(object, key.name);
      if (row == nullptr) {
        unknown(node, object, key);
      } else if (!node.items[i].is_null()) {
        form(node.items[i], row->form, *row);
      }
    }
    for (const Key* key : keys_of(object)) {
      const NodeKey* written = node.find_key(key->name);
      if (key->required && written == nullptr) {
        problems_.add(Code{"missing-key"}, {{"key", std::string(key->name)}}, node.place);
      } else if (key->required && node.find(key->name) == nullptr) {
        problems_.add(Code{"empty-key"}, {{"key", std::string(key->name)}}, written->place);
      }
    }
  }

 private:
  /// The values of a template are easily written beside `use` instead of under `with`.
  void unknown(const Node& node, Object object, const NodeKey& key) {
    Error error = unknown_key(key.name, names_of(object), key.place);
    const bool calls = find_key(object, "with") != nullptr && node.find("use") != nullptr;
    if (calls && error.code == Code{"unknown-key"}) {
      problems_.add(Code{"unknown-key-with"}, {{"key", key.name}}, key.place);
    } else {
      problems_.add(std::move(error));
    }
  }

  void layer(const Node& node) {
    std::vector<std::string> found;
    for (const NodeKey& key : node.keys) {
      if (is_kind(key.name)) {
        found.push_back(key.name);
      }
    }
    if (found.size() > 1) {
      problems_.add(Code{"layer-kind-twice"}, {{"first", found[0]}, {"second", found[1]}},
                    node.find_key(found[1])->place);
      return;
    }
    if (found.size() == 1) {
      block_of(node, layer_object(node));
      return;
    }
    const std::vector<std::string> known = names_of(Object::kLayer);
    bool misspelt = false;
    for (const NodeKey& key : node.keys) {
      if (std::find(known.begin(), known.end(), key.name) == known.end()) {
        problems_.add(unknown_key(key.name, known, key.place));
        misspelt = true;
      }
    }
    if (!misspelt) {
      std::vector<std::string> words;
      for (const LayerKind& kind : layer_kinds()) {
        words.emplace_back(kind.word);
      }
      problems_.add(Code{"layer-kind-missing"}, {{"known", join_names(words)}}, node.place);
    }
  }

  void form(const Node& node, const Form& form, const Key& key) {
    if (form.anything) {
      return;
    }
    if (node.is_scalar()) {
      if (form.scalar == Scalar::kNone) {
        wrong_kind(node, form, key);
      }
    } else if (node.is_list()) {
      list(node, form, key);
    } else if (node.is_map()) {
      map(node, form, key);
    }
  }

  void list(const Node& node, const Form& form, const Key& key) {
    if (form.items == nullptr) {
      wrong_kind(node, form, key);
      return;
    }
    for (const Node& item : node.items) {
      if (item.is_null()) {
        wrong_kind(item, *form.items, key);
      } else {
        this->form(item, *form.items, key);
      }
    }
  }

  void map(const Node& node, const Form& form, const Key& key) {
    if (form.by_language && (form.map == Object::kNone || is_by_language(node))) {
      by_language(node, key);
    } else if (form.map != Object::kNone) {
      block_of(node, form.map);
    } else if (form.values != nullptr) {
      values(node, *form.values, key);
    } else {
      wrong_kind(node, form, key);
    }
  }

  void values(const Node& node, const Form& form, const Key& key) {
    for (const Node& value : node.items) {
      if (!value.is_null()) {
        this->form(value, form, key);
      }
    }
  }

  void by_language(const Node& node, const Key& key) {
    if (is_unquoted_reference(node) && !is_language_key(node.keys.front().name)) {
      needs_quotes(node, key);
      return;
    }
    for (std::size_t i = 0; i < node.keys.size(); ++i) {
      if (!is_language_key(node.keys[i].name)) {
        problems_.add(Code{"text-language-key"},
                      {{"key", std::string(key.name)}, {"value", node.keys[i].name}}, node.keys[i].place);
      } else if (node.items[i].is_list() || node.items[i].is_map()) {
        problems_.add(Code{"wants-text"}, {{"key", node.keys[i].name}}, node.items[i].place);
      }
    }
  }

  void needs_quotes(const Node& node, const Key& key) {
    problems_.add(Code{"needs-quotes"}, {{"key", std::string(key.name)}, {"value", node.keys.front().name}},
                  node.place);
  }

  void wants_block(const std::string& name, const std::vector<std::string>& known, const Node& node) {
    problems_.add(Code{"wants-map"}, {{"key", name}, {"first", known.front()}, {"known", join_names(known)}},
                  node.place);
  }

  void wrong_kind(const Node& node, const Form& form, const Key& key) {
    const std::string name(key.name);
    if (form.scalar != Scalar::kNone && is_unquoted_reference(node)) {
      needs_quotes(node, key);
    } else if (form.scalar != Scalar::kNone) {
      problems_.add(Code{"wants-text"}, {{"key", name}}, node.place);
    } else if (form.map != Object::kNone && form.items == nullptr) {
      wants_block(name, names_of(form.map), node);
    } else if (form.items != nullptr) {
      problems_.add(Code{"wants-list"}, {{"key", name}}, node.place);
    } else {
      problems_.add(Code{"wants-named"}, {{"key", name}}, node.place);
    }
  }

  Problems& problems_;
};

}  // namespace

const Block& block(Object object) {
  return blocks()[static_cast<std::size_t>(object)];
}

std::vector<const Key*> keys_of(Object object) {
  std::vector<const Key*> keys;
  const auto add = [&](Object o) {
    for (const Key& key : block(o).keys) {
      keys.push_back(&key);
    }
  };
  add(object);
  for (const Object part : block(object).parts) {
    add(part);
  }
  return keys;
}

const Key* find_key(Object object, std::string_view name) {
  for (const Key& key : block(object).keys) {
    if (key.name == name) {
      return &key;
    }
  }
  for (const Object part : block(object).parts) {
    if (const Key* key = find_key(part, name); key != nullptr) {
      return key;
    }
  }
  return nullptr;
}

Object layer_object(const Node& layer) {
  for (const LayerKind& kind : layer_kinds()) {
    if (layer.find_key(kind.word) != nullptr) {
      return kind.object;
    }
  }
  return Object::kNone;
}

std::vector<std::string> split_words(std::string_view words) {
  std::vector<std::string> result;
  while (!words.empty()) {
    const std::size_t end = std::min(words.find(' '), words.size());
    if (end > 0) {
      result.emplace_back(words.substr(0, end));
    }
    words.remove_prefix(std::min(end + 1, words.size()));
  }
  return result;
}

Error unknown_key(const std::string& key, const std::vector<std::string>& known, const Place& place) {
  if (const auto near = nearest(key, known); near) {
    return {Code{"unknown-key-near"}, {{"key", key}, {"near", *near}}, place.where(), {}, {}};
  }
  return {Code{"unknown-key"}, {{"key", key}, {"known", join_names(known)}}, place.where(), {}, {}};
}

void check_block(const Node& node, Object object, Problems& problems) {
  if (!node.is_map()) {
    problems.add(Code{"not-this-kind"},
                 {{"kind", std::string(block(object).name)}, {"first", names_of(object).front()}},
                 node.place);
    return;
  }
  Checker(problems).block_of(node, object);
}

}  // namespace capsule::preset

#include "preset/yaml/node.h"

#include <algorithm>
#include <array>

namespace capsule::preset {

Where Place::where() const {
  return {path(), line, column};
}

const std::string& Place::path() const {
  static const std::string none;
  return file ? *file : none;
}

const Node* Node::find(std::string_view key) const {
  for (std::size_t i = 0; i < keys.size(); ++i) {
    if (keys[i].name == key) {
      return items[i].is_null() ? nullptr : &items[i];
    }
  }
  return nullptr;
}

const NodeKey* Node::find_key(std::string_view key) const {
  const auto found = std::find_if(keys.begin(), keys.end(), [&](const NodeKey& k) { return k.name == key; });
  return found == keys.end() ? nullptr : &*found;
}

bool is_language_key(std::string_view key) {
  // A list of names, since "to", "at", "id" and "on" look like languages too.
  static constexpr std::array<std::string_view, 27> kLanguages = {
      "ar", "fr", "en", "zgh", "tzm", "shi", "rif", "ber", "kab", "ary", "es", "de", "it", "nl",
      "pt", "tr", "he", "fa",  "ur",  "zh",  "ja",  "ru",  "ko",  "sw",  "ha", "wo", "ff"};
  const std::string_view primary = key.substr(0, key.find('-'));
  return std::find(kLanguages.begin(), kLanguages.end(), primary) != kLanguages.end();
}

bool is_unquoted_reference(const Node& node) {
  return node.is_map() && node.keys.size() == 1 && node.items.front().is_null();
}

bool is_by_language(const Node& node) {
  return node.is_map() && !node.keys.empty() &&
         std::all_of(node.keys.begin(), node.keys.end(),
                     [](const NodeKey& k) { return is_language_key(k.name); });
}

}  // namespace capsule::preset

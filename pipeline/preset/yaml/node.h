#pragma once
#include <memory>
#include <string>
#include <string_view>
#include <vector>

#include "base/result.h"

namespace capsule::preset {

/// A point of a text file; the file's name is shared by all nodes of the file.
struct Place {
  std::shared_ptr<const std::string> file;
  int line = 0;
  int column = 0;
  [[nodiscard]] Where where() const;
  [[nodiscard]] const std::string& path() const;
};

/// A key of a map and where it stands.
struct NodeKey {
  std::string name;
  Place place;
};

enum class NodeKind { kNull, kScalar, kList, kMap };

/// A piece of a YAML file: no aliases, no tags, keys unique. Maps keep the order of the file.
struct Node {
  NodeKind kind = NodeKind::kNull;
  Place place;
  std::string text;           ///< Scalar: the text, whatever it looks like.
  std::vector<NodeKey> keys;  ///< Map: as many as items.
  std::vector<Node> items;    ///< List: its entries. Map: its values.

  [[nodiscard]] bool is_scalar() const { return kind == NodeKind::kScalar; }

  [[nodiscard]] bool is_list() const { return kind == NodeKind::kList; }

  [[nodiscard]] bool is_map() const { return kind == NodeKind::kMap; }

  [[nodiscard]] bool is_null() const { return kind == NodeKind::kNull; }

  /// The value of a map's key; nullptr when it is not written or has no value.
  [[nodiscard]] const Node* find(std::string_view key) const;
  /// The key as written, or nullptr.
  [[nodiscard]] const NodeKey* find_key(std::string_view key) const;
};

/// "ar", "fr-MA", "zgh": a key that names a language rather than something else.
bool is_language_key(std::string_view key);
/// `text: {name}` without quotes: a map with the key "name" and no value.
bool is_unquoted_reference(const Node& node);
/// A map whose keys are all languages: one text in several languages.
bool is_by_language(const Node& node);

}  // namespace capsule::preset

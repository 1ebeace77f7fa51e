#pragma once
#include <cstddef>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "base/result.h"

namespace capsule {

/// A JSON value that was read (RFC 8259).
struct JsonNode {
  enum class Kind { kNull, kBool, kNumber, kText, kList, kMap };

  Kind kind = Kind::kNull;
  bool flag = false;
  double number = 0;
  std::string text;                                         ///< UTF-8.
  std::vector<JsonNode> items;                              ///< Of a list.
  std::vector<std::pair<std::string, JsonNode>> members{};  ///< Of a map, in the order of the file.

  /// The first member of this name; nullptr where there is none, or this is no map.
  [[nodiscard]] const JsonNode* find(std::string_view name) const;
};

struct JsonLimits {
  std::size_t depth = 32;
  std::size_t nodes = 500000;
};

/// Text → its value. `json-syntax` with the line for what is no JSON; `json-too-large` above the limits.
/// `file` is for the messages.
Result<JsonNode> read_json(std::string_view utf8, const std::string& file, const JsonLimits& limits = {});

}  // namespace capsule

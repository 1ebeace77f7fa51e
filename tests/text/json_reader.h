#pragma once
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace capsule::text::test {

/// Just enough JSON for the oracles: well-formed input, \u escapes of the basic plane.
struct JsonValue {
  double number = 0;
  std::string text;
  std::vector<JsonValue> items;
  std::vector<std::pair<std::string, JsonValue>> members;

  [[nodiscard]] bool has(std::string_view key) const {
    for (const auto& member : members) {
      if (member.first == key) {
        return true;
      }
    }
    return false;
  }

  [[nodiscard]] const JsonValue& at(std::string_view key) const {
    for (const auto& member : members) {
      if (member.first == key) {
        return member.second;
      }
    }
    static const JsonValue nothing;
    return nothing;
  }
};

JsonValue parse_json(std::string_view text);

}  // namespace capsule::text::test

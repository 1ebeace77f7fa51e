#pragma once
#include <optional>
#include <string>
#include <string_view>

#include "preset/problems.h"

namespace capsule::preset {

inline constexpr std::size_t kMostYamlBytes = 1'000'000;
inline constexpr int kMostYamlDepth = 32;
inline constexpr int kMostYamlNodes = 50'000;
inline constexpr int kMostYamlKeys = 2'000;  ///< Of one map.

/// YAML text → tree. Refused, each with its place: UTF-16 and other encodings, control characters, more than
/// one document, depth over kMostYamlDepth, more than kMostYamlNodes nodes or kMostYamlKeys keys, aliases,
/// anchors, merge keys, tags, keys that stand twice. nullopt when no tree could be made; `problems` says why.
/// An empty file is a problem too.
std::optional<Node> parse_yaml(std::string_view text, const std::string& file, Problems& problems);

/// Reads and parses a file of at most kMostYamlBytes. Errors of the file itself (missing, not regular, too
/// large) become problems at `named_at`, or at the file when there is no such place.
std::optional<Node> read_yaml(const std::string& path, const Place& named_at, Problems& problems);

}  // namespace capsule::preset

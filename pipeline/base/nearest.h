#pragma once
#include <optional>
#include <string>
#include <vector>

namespace capsule {

/// The known word at the smallest edit distance from `word` (Levenshtein, bytes), if it is near enough to be
/// meant.
std::optional<std::string> nearest(const std::string& word, const std::vector<std::string>& known);

}  // namespace capsule

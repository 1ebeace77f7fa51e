#pragma once
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace capsule::preset {

/// The candidate that `word` was most likely meant to be: at most a third of its letters, or two, differ
/// (insert, delete, replace, swap of neighbours; upper and lower case of ASCII are the same). The first of
/// equals; nullopt when none is close.
std::optional<std::string> nearest(std::string_view word, std::span<const std::string> candidates);
/// "a, b, c" for messages; at most 24, then "…".
std::string join_names(std::span<const std::string> names);

}  // namespace capsule::preset

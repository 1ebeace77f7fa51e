#pragma once
#include <optional>
#include <span>
#include <string>
#include <string_view>

#include "language/catalogue.h"

namespace capsule::language {

/// One pattern of the catalogue with its arguments → UTF-8. Numbers follow the language (Western digits in
/// Arabic too); texts are escaped for display and isolated in Arabic. nullopt where the pattern cannot take
/// the arguments.
std::optional<std::string> render_pattern(std::string_view pattern, UiLanguage ui, std::span<const Arg> args);

}  // namespace capsule::language

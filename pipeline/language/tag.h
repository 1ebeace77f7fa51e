#pragma once
#include <string>
#include <string_view>

#include "base/geometry.h"
#include "base/result.h"

namespace capsule::language {

/// A BCP 47 tag in canonical form; bare "ar" becomes "ar-MA" (the house's locale). "bad-language-tag"
/// otherwise.
Result<std::string> canonical_tag(std::string_view tag);
/// "ar-MA" → "ar".
std::string primary_subtag(std::string_view tag);
/// Right to left for languages written in Arabic, Hebrew, Syriac, Thaana, N'Ko or Adlam script.
Direction direction_of(std::string_view tag);

}  // namespace capsule::language

#pragma once
#include <optional>
#include <string_view>

#include "language/encoding.h"

namespace capsule::language {

/// Text in an 8-bit code page of Arabic or French; nullopt where none gives plausible Arabic or French.
std::optional<DecodedText> decode_legacy(std::string_view bytes);

/// Well-formed UTF-8 that says, in the signs of an 8-bit code page, the bytes of other well-formed UTF-8 with
/// Arabic or French in it; nullopt for any other text.
std::optional<DecodedText> decode_twice(std::string_view utf8);

}  // namespace capsule::language

#pragma once
#include <optional>
#include <string_view>

#include "language/encoding.h"

namespace capsule::language {

/// Text in one of the two 8-bit Arabic code pages; nullopt where neither gives plausible Arabic or French.
std::optional<DecodedText> decode_legacy(std::string_view bytes);

}  // namespace capsule::language

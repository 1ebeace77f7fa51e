#pragma once
#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

namespace capsule::language {

enum class Breaks { kGrapheme, kWord, kLine };

/// Boundaries of `text` in code points, 0 excluded, end included, in order (UAX #29, UAX #14, ICU 72).
std::vector<std::int32_t> boundaries(std::u32string_view text, Breaks kind, std::string_view language);

/// Well-formed UTF-8 to code points; every ill-formed byte sequence becomes U+FFFD (Unicode 15, 3.9).
std::u32string to_utf32(std::string_view utf8);
std::string to_utf8(std::u32string_view text);
/// Composed letters (NFC): the same for "é" as one sign and as two. Ill-formed UTF-8 comes back as it is.
std::string to_nfc(std::string_view utf8);
/// One and the same for texts that differ in capitals, or in how their letters are composed, alone.
std::string caseless(std::string_view utf8);
bool is_valid_utf8(std::string_view bytes);

}  // namespace capsule::language

#pragma once
#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

namespace capsule::text {

inline constexpr std::uint32_t kCommonScript = 0x5A797979;     ///< 'Zyyy'
inline constexpr std::uint32_t kInheritedScript = 0x5A696E68;  ///< 'Zinh'
inline constexpr std::uint32_t kArabicScript = 0x41726162;     ///< 'Arab'

/// The script each code point is shaped in (UAX #24): common and inherited ones take that of the text before
/// them, or after them at the start; a closing bracket that of its opener; those that are used with certain
/// scripts only (Script_Extensions: ـ ، ؟ ٣) Arabic when they stand outside it. Text with no script at all
/// stays 'Zyyy'.
std::vector<std::uint32_t> resolve_scripts(std::u32string_view paragraph);

/// Whether a letter belongs to a script whose letters join (tatweel counts).
bool joins(char32_t c);

/// "Arab"
std::string script_name(std::uint32_t script);

/// The number of the opening bracket that each closing one belongs to (UAX #9 BD16), -1 for anything else.
std::vector<std::int32_t> bracket_openers(std::u32string_view paragraph);

}  // namespace capsule::text

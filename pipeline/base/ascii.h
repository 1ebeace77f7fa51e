#pragma once
#include <algorithm>
#include <concepts>
#include <string>
#include <string_view>

// The words of file formats and settings, which are ASCII whatever the locale. Text for people is
// language/'s.
namespace capsule::ascii {

/// A to Z become a to z; every other character stays.
template <std::integral Char>
constexpr Char lower(Char c) {
  return c >= 'A' && c <= 'Z' ? static_cast<Char>(c + ('a' - 'A')) : c;
}

/// 0 to 9.
template <std::integral Char>
constexpr bool is_digit(Char c) {
  return c >= '0' && c <= '9';
}

/// A to Z and a to z.
template <std::integral Char>
constexpr bool is_letter(Char c) {
  return lower(c) >= 'a' && lower(c) <= 'z';
}

inline std::string lower(std::string_view text) {
  std::string out(text);
  std::ranges::transform(out, out.begin(), lower<char>);
  return out;
}

/// Equal but for the case of A to Z.
constexpr bool same_word(std::string_view a, std::string_view b) {
  return std::ranges::equal(a, b, {}, lower<char>, lower<char>);
}

/// Without spaces, tabs and line ends on either side.
constexpr std::string_view trimmed(std::string_view text) {
  constexpr std::string_view kSpace = " \t\r\n";
  text.remove_prefix(std::min(text.find_first_not_of(kSpace), text.size()));
  return text.substr(0, text.find_last_not_of(kSpace) + 1);
}

}  // namespace capsule::ascii

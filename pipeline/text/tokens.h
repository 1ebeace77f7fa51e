#pragma once
#include <cstdint>
#include <string_view>
#include <vector>

namespace capsule::text {

/// kMeasure: a plain number with a sign of its own: 50%, 5°, $20.
enum class TokenKind { kAddress, kTechnical, kNumber, kMeasure };

struct Token {
  std::int32_t start = 0, end = 0;  ///< Code points, half-open.
  bool right_to_left = false;
  TokenKind kind = TokenKind::kTechnical;
};

/// Stretches that the Unicode algorithm would turn round or tear inside text of the other direction, and that
/// stay on one line when they can: phone and account numbers, numbers grouped by spaces, dates, ranges,
/// scores and times, sums, measures, URLs, e-mail addresses, @handles, #hashtags, file names, versions, and
/// words such as C++, C# and 5G. Handles and hashtags take the direction of their first strong character, the
/// rest is left to right. Sorted, without overlap.
std::vector<Token> find_tokens(std::u32string_view paragraph);

}  // namespace capsule::text

#pragma once
#include <cstdint>
#include <span>
#include <string_view>
#include <vector>

#include "text/paragraph.h"
#include "text/tokens.h"

namespace capsule::text {

struct BreakRules {
  std::vector<std::int32_t> breaks;  ///< Where a line may end; the end of the text is the last.
  std::vector<std::int32_t>
      graceful;  ///< Those of them that part no preposition, article or number from its word.
  std::vector<std::int32_t> reluctant;  ///< Other places of UAX #14, for what is wider than a line.
};

/// UAX #14 (ICU) without the places inside tokens, and without those that would part the space before : ; ! ?
/// » % from its sign or « from its word, whatever space was typed. With Isolate::kAuto a number also stays
/// with its unit and with the Latin word that it belongs to: 50 DH, C++ 17.
BreakRules break_rules(std::u32string_view paragraph, std::string_view language,
                       std::span<const Token> tokens, Isolate isolate);

}  // namespace capsule::text

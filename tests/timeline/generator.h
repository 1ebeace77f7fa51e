#pragma once
#include <cstdint>
#include <cstdlib>
#include <string>
#include <string_view>
#include <vector>

#include "timeline/cues.h"

namespace capsule::test {

/// Numbers that are the same on every machine (Numerical Recipes' generator, high bits).
class Dice {
 public:
  explicit Dice(std::uint32_t seed) : state_(seed) {}

  std::uint32_t below(std::uint32_t n) {
    state_ = state_ * 1664525U + 1013904223U;
    return static_cast<std::uint32_t>((std::uint64_t{state_} * n) >> 32U);
  }

 private:
  std::uint32_t state_;
};

/// Rounds of a fuzz test: `tests/run --all` sets CAPSULE_LONG.
inline int rounds(int plain, int thorough) {
  const char* all = std::getenv("CAPSULE_LONG");  // NOLINT(concurrency-mt-unsafe)
  return all != nullptr && *all != '\0' ? thorough : plain;
}

/// Changes a few bytes: flips, cuts, repeats, and inserts what parsers look for.
inline std::string mutated(std::string text, Dice& dice) {
  static constexpr std::string_view kPieces[] = {"-->",
                                                 "\n\n",
                                                 "\r",
                                                 "<",
                                                 ">",
                                                 "{\\k",
                                                 "}",
                                                 "{\\an",
                                                 "00:00:01.000",
                                                 "&#x",
                                                 ";",
                                                 "\xEF\xBB\xBF",
                                                 "[",
                                                 "]",
                                                 "\"",
                                                 ",",
                                                 "WEBVTT",
                                                 "Format: ",
                                                 "NOTE\n",
                                                 "99999999999999",
                                                 "\xE2\x80\xAE",
                                                 "\0x",
                                                 "\\N",
                                                 "{\"words\":["};
  const std::uint32_t changes = 1 + dice.below(4);
  for (std::uint32_t i = 0; i < changes && !text.empty(); ++i) {
    const std::size_t at = dice.below(static_cast<std::uint32_t>(text.size()));
    const std::size_t length = 1 + dice.below(12);
    switch (dice.below(5)) {
      case 0:
        text[at] = static_cast<char>(dice.below(256));
        break;
      case 1:
        text.erase(at, length);
        break;
      case 2:
        text.insert(at, text.substr(dice.below(static_cast<std::uint32_t>(text.size())), length * 3));
        break;
      case 3:
        text.resize(at);
        break;
      default:
        text.insert(at, kPieces[dice.below(std::size(kPieces))]);
    }
  }
  return text;
}

}  // namespace capsule::test

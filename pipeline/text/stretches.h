#pragma once
#include <span>
#include <string_view>
#include <vector>

#include "text/bidi.h"
#include "text/tokens.h"

namespace capsule::text {

/// Where the tokens of a text stand apart from the words around them. Latin words, their tokens and the
/// numbers behind them are one stretch, as they would be without tokens: «Galaxy S24 5G», «Visual C++ 2019»,
/// «COVID 19», and so is a number before its unit: «50 DH», «4 G», «12, rue Al Amal». A number that counts
/// the Arabic word behind it stands apart from Latin before it: «Inwi 20 درهم». So does a Latin word in a
/// list with Arabic commas, and what quotation marks or brackets hold of the other direction, with its own
/// full stop. `right_to_left` is the paragraph's direction. Sorted, without overlap.
std::vector<Isolation> stretches(std::u32string_view paragraph, std::span<const Token> tokens,
                                 bool right_to_left);

}  // namespace capsule::text

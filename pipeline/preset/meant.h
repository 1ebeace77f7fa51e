#pragma once
#include <optional>
#include <string>
#include <string_view>

#include "preset/expression.h"

namespace capsule::preset {

/// How an amount that cannot be read was most likely meant: "3 sec", "٣ ثوان", "00:03" → "3s"; "2,5s" →
/// "2.5s";
/// "-6db" → "-6 dB"; "1 250" → "1250". `fits` says which kind of amount is wanted; a number alone gets
/// seconds or decibels where these are wanted. Nothing for anything else.
std::optional<std::string> meant_quantity(std::string_view text, bool (Quantity::*fits)() const);

/// "#C62828" for "rouge", "red", "أحمر": the plain colour words of three languages.
std::optional<std::string> meant_color(std::string_view word);

}  // namespace capsule::preset

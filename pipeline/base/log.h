#pragma once
#include <string_view>

namespace capsule {

enum class LogLevel { kQuiet, kNormal, kVerbose };

/// Diagnostics for developers, on standard error, shown from kVerbose on; what a user must know goes through
/// Reporter and the catalogue.
void set_log_level(LogLevel level);
void log_debug(std::string_view text);

}  // namespace capsule

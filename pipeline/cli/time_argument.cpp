#include <charconv>
#include <cmath>
#include <vector>

#include "cli/arguments.h"

namespace capsule::cli {

Result<Time> parse_time(const std::string& text) {
  const auto bad = [&] { return fail(Code{"bad-time"}, {{"text", text}}); };
  std::string rest = text;
  if (rest.ends_with('s')) {
    rest.pop_back();
  }
  double seconds = 0;
  int parts = 0;
  while (true) {
    const auto colon = rest.find(':');
    const std::string part = rest.substr(0, colon);
    double value = 0;
    const auto [end, error] =
        std::from_chars(part.data(), part.data() + part.size(), value, std::chars_format::fixed);
    if (error != std::errc() || end != part.data() + part.size() || !(value >= 0) || value > 1e6 ||
        ++parts > 3) {
      return bad();
    }
    seconds = seconds * 60 + value;
    if (colon == std::string::npos) {
      return Time::from_seconds(seconds);
    }
    rest = rest.substr(colon + 1);
  }
}

}  // namespace capsule::cli

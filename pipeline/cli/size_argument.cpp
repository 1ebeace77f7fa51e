#include <charconv>
#include <cmath>
#include <map>

#include "cli/arguments.h"

namespace capsule::cli {

Result<std::uint64_t> parse_size(const std::string& text) {
  static const std::map<std::string, double> kUnits{{"", 1},     {"B", 1},    {"K", 1e3}, {"KB", 1e3},
                                                    {"M", 1e6},  {"MB", 1e6}, {"G", 1e9}, {"GB", 1e9},
                                                    {"T", 1e12}, {"TB", 1e12}};
  double value = 0;
  const auto [end, error] =
      std::from_chars(text.data(), text.data() + text.size(), value, std::chars_format::fixed);
  std::string unit;
  for (const char* c = end; c != text.data() + text.size(); ++c) {
    if (*c != ' ') {
      unit += static_cast<char>(*c >= 'a' && *c <= 'z' ? *c - 'a' + 'A' : *c);
    }
  }
  const auto known = kUnits.find(unit);
  if (error != std::errc() || known == kUnits.end() || !(value >= 0) || value * known->second > 1e18) {
    return fail(Code{"bad-size"}, {{"text", text}});
  }
  return static_cast<std::uint64_t>(std::llround(value * known->second));
}

}  // namespace capsule::cli

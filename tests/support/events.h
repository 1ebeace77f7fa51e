#pragma once
#include <doctest/doctest.h>

#include <algorithm>
#include <string>
#include <vector>

// The events that `--json` prints, one object a line, read as text.
namespace capsule::test {

/// The finished lines that hold `part`; a line that is still being written is left out.
inline std::vector<std::string> lines_with(const std::string& text, const std::string& part) {
  std::vector<std::string> lines;
  for (std::size_t at = 0; at < text.size();) {
    const std::size_t end = text.find('\n', at);
    if (end == std::string::npos) {
      break;
    }
    if (const std::string line = text.substr(at, end - at); line.find(part) != std::string::npos) {
      lines.push_back(line);
    }
    at = end + 1;
  }
  return lines;
}

/// The value of a field, without quotation marks.
inline std::string field(const std::string& line, const std::string& name) {
  const std::string head = "\"" + name + "\":";
  const auto at = line.find(head);
  REQUIRE_MESSAGE(at != std::string::npos, line);
  const auto begin = at + head.size();
  std::string value = line.substr(begin, line.find_first_of(",}", begin) - begin);
  std::erase(value, '"');
  return value;
}

}  // namespace capsule::test

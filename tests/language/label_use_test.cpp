#include <doctest/doctest.h>

#include <algorithm>
#include <filesystem>
#include <fstream>
#include <regex>
#include <sstream>
#include <string>

#include "language/catalogue/blocks.h"

namespace capsule::language {
namespace {

bool is_label(const std::string& key) {
  const auto all = labels();
  return std::any_of(all.begin(), all.end(), [&](const Label& row) { return row.key == key; });
}

// Keys that the sources look up: language::label("key") and, in cli/, label("key") for "help.key".
TEST_CASE("every label that the program looks up is in the catalogue") {
  namespace fs = std::filesystem;
  const std::regex lookup(R"re(\blabel\("([a-z0-9.-]*[a-z0-9])")re");
  int seen = 0;
  for (const fs::directory_entry& entry : fs::recursive_directory_iterator(CAPSULE_SOURCE_DIR "/pipeline")) {
    if (entry.path().extension() != ".cpp") {
      continue;
    }
    std::ostringstream text;
    text << std::ifstream(entry.path()).rdbuf();
    const std::string source = text.str();
    for (auto match = std::sregex_iterator(source.begin(), source.end(), lookup);
         match != std::sregex_iterator(); ++match) {
      const std::string key = (*match)[1];
      CAPTURE(entry.path().filename().string());
      CAPTURE(key);
      const bool known = is_label(key) || is_label("help." + key);
      CHECK(known);
      ++seen;
    }
  }
  MESSAGE(seen << " lookups of labels");
}

}  // namespace
}  // namespace capsule::language

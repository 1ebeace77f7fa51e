#include <algorithm>
#include <map>
#include <regex>

#include "tests/laws/laws.h"

namespace capsule::laws {
namespace {

struct Place {
  const SourceFile* file = nullptr;
  std::size_t at = 0;
};

using Places = std::map<std::string, Place>;

Finding finding(const Place& place, std::string text) {
  return {place.file->path, line_of(place.file->text, place.at), std::move(text)};
}

// A row begins {"id", ExitCode::
void add_sentences(const SourceFile& file, const Code& code, Places& sentences) {
  static const std::regex row(R"(^"\s*,\s*ExitCode::)");
  for (const Literal& literal : code.literals) {
    if (std::regex_search(code.text.substr(literal.end, 40), row)) {
      sentences.emplace(literal.text, Place{&file, literal.begin});
    }
  }
}

void add_codes(const SourceFile& file, const Code& code, std::vector<std::pair<std::string, Place>>& said) {
  for (const Literal& literal : code.literals) {
    if (std::string_view(code.text).substr(0, literal.begin).ends_with("Code{\"")) {
      said.emplace_back(literal.text, Place{&file, literal.begin});
    }
  }
}

}  // namespace

std::vector<Finding> check_codes(const std::vector<SourceFile>& files) {
  Places sentences;
  std::vector<std::pair<std::string, Place>> said;
  for (const SourceFile& file : files) {
    const Code code = code_of(file.text);
    if (file.path.starts_with("language/catalogue/")) {
      add_sentences(file, code, sentences);
    }
    add_codes(file, code, said);
  }
  std::vector<Finding> found;
  for (const auto& [id, place] : said) {
    if (!sentences.contains(id)) {
      found.push_back(finding(place, "no sentence of the catalogue is called \"" + id + "\""));
    }
  }
  for (const auto& [id, place] : sentences) {
    const bool used =
        std::any_of(said.begin(), said.end(), [&](const auto& code) { return code.first == id; });
    if (!used) {
      found.push_back(finding(place, "no code says \"" + id + "\""));
    }
  }
  return found;
}

}  // namespace capsule::laws

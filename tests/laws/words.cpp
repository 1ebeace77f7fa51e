#include <algorithm>
#include <array>
#include <regex>

#include "tests/laws/laws.h"

namespace capsule::laws {
namespace {

// Files that may hold words: the catalogue itself, the developers' log, and the protocol between capsule and
// its SVG child, which no person reads.
constexpr std::array<std::string_view, 4> kMayHoldWords = {"language/catalogue/", "base/log.cpp",
                                                           "base/log.h", "media/svg_main.cpp"};

// Letters that remain when escapes, format fields and conversions are taken off.
bool has_letters(const std::string& literal) {
  static const std::regex machinery(R"(\\x[0-9a-fA-F]+|\\.|\{[^}]*\}|%[-+ #0-9.*lzjh]*[a-zA-Z])");
  const std::string rest = std::regex_replace(literal, machinery, " ");
  return std::any_of(rest.begin(), rest.end(), [](char c) {
    const auto byte = static_cast<unsigned char>(c);
    return std::isalpha(byte) != 0 || byte >= 0xC3;
  });
}

// A word and one in small letters behind it: a phrase, not a key, a file name or a font's name.
bool is_phrase(const std::string& literal) {
  static const std::regex phrase(
      R"([A-Za-z\xC3-\xFF]{3,}[,:;]? [a-z\xC3-\xFF]{2,}|[A-Za-z\xC3-\xFF]{2,}[,:;]? [a-z\xC3-\xFF]{3,})");
  return std::regex_search(literal, phrase);
}

// The key of a label is looked up in the catalogue.
bool is_label_key(const std::string& code, const Literal& literal) {
  return std::string_view(code).substr(0, literal.begin).ends_with("label(\"");
}

std::size_t statement_end(const std::string& code, std::size_t at) {
  return std::min(code.find(';', at), code.size());
}

// A brace that closes a block ends its line; one that closes a value does not.
std::size_t statement_begin(const std::string& code, std::size_t at) {
  const std::size_t statement = code.rfind(';', at);
  const std::size_t block = code.rfind("}\n", at);
  const auto after = [](std::size_t before) { return before == std::string::npos ? 0 : before + 1; };
  return std::max(after(statement), after(block));
}

void check_prints(const SourceFile& file, const Code& code, std::vector<Finding>& found) {
  static const std::regex print(
      R"((fmt::print|std::cout|std::cerr|std::clog|\b[fvd]?printf|\bf?puts|\bfwrite|\bperror)\b)");
  for (auto match = std::sregex_iterator(code.text.begin(), code.text.end(), print);
       match != std::sregex_iterator(); ++match) {
    const auto begin = static_cast<std::size_t>(match->position());
    const std::size_t end = statement_end(code.text, begin);
    for (const Literal& literal : code.literals) {
      if (literal.begin >= begin && literal.end <= end && has_letters(literal.text) &&
          !is_label_key(code.text, literal)) {
        found.push_back({file.path, line_of(file.text, literal.begin),
                         "prints words that are not in the catalogue: \"" + literal.text + "\""});
      }
    }
  }
}

// The value of an argument, {"reason", "too many levels"}: words that would reach people in English only.
// Faults of the program itself carry a detail for developers.
void check_arguments(const SourceFile& file, const Code& code, std::vector<Finding>& found) {
  static const std::regex value(R"(\{\s*"\s*"\s*,\s*"$)");
  static const std::regex error(R"(\bCode\{|\bfail\()");
  static const std::regex fault(R"("internal"|-failed")");
  for (const Literal& literal : code.literals) {
    const std::size_t from = literal.begin > 80 ? literal.begin - 80 : 0;
    const std::size_t begin = statement_begin(code.text, literal.begin);
    const std::size_t length = statement_end(code.text, begin) - begin;
    const std::string statement = code.text.substr(begin, length);
    const bool is_value = std::regex_search(code.text.substr(from, literal.begin - from), value);
    if (is_value && is_phrase(literal.text) && std::regex_search(statement, error) &&
        !std::regex_search(file.text.substr(begin, length), fault)) {
      found.push_back(
          {file.path, line_of(file.text, literal.begin), "an argument in English: \"" + literal.text + "\""});
    }
  }
}

// Everything in cli/ is there to be read: descriptions of options too.
void check_phrases(const SourceFile& file, const Code& code, std::vector<Finding>& found) {
  for (const Literal& literal : code.literals) {
    if (room_of(file.path) == "cli" && is_phrase(literal.text)) {
      found.push_back({file.path, line_of(file.text, literal.begin),
                       "words that are not in the catalogue: \"" + literal.text + "\""});
    }
  }
}

}  // namespace

std::vector<Finding> check_words(const std::vector<SourceFile>& files) {
  std::vector<Finding> found;
  for (const SourceFile& file : files) {
    const bool free = std::any_of(kMayHoldWords.begin(), kMayHoldWords.end(),
                                  [&](std::string_view allowed) { return file.path.starts_with(allowed); });
    if (!free) {
      const Code code = code_of(file.text);
      check_prints(file, code, found);
      check_arguments(file, code, found);
      check_phrases(file, code, found);
    }
  }
  return found;
}

}  // namespace capsule::laws

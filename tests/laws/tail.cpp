#include <algorithm>
#include <array>
#include <filesystem>
#include <regex>

#include "tests/laws/laws.h"

namespace capsule::laws {
namespace {

constexpr int kHeaderLines = 200;
constexpr int kSourceLines = 400;
constexpr int kFunctionLines = 60;

enum class Brace { kScope, kFunction, kOther };

// What an opening brace opens, by the words in front of it.
Brace brace_kind(const std::string& head, bool in_scope) {
  static const std::regex scope(R"(\b(namespace|class|struct|union|enum|extern)\b)");
  if (!in_scope) {
    return Brace::kOther;
  }
  const std::size_t last = head.find_last_not_of(" \n\t");
  const char before = last == std::string::npos ? ' ' : head[last];
  const bool called = head.find(')') != std::string::npos;
  if (before == '=' || before == ',' || before == '(') {
    return Brace::kOther;
  }
  if (!called && std::regex_search(head, scope)) {
    return Brace::kScope;
  }
  return called ? Brace::kFunction : Brace::kOther;
}

struct Open {
  Brace kind;
  int line;
};

struct Function {
  int line;
  int lines;
};

// Functions at namespace or class level; a brace behind ')' in a constructor's initialisers is told from the
// body by the ',' or '{' that follows it.
std::vector<Function> functions_of(const std::string& code) {
  std::vector<Function> functions;
  std::vector<Open> open;
  std::size_t head = 0;
  int line = 1;
  for (std::size_t at = 0; at < code.size(); ++at) {
    const char c = code[at];
    line += c == '\n' ? 1 : 0;
    const bool in_scope = open.empty() || open.back().kind == Brace::kScope;
    if (c == '{') {
      const Brace kind = brace_kind(code.substr(head, at - head), in_scope);
      open.push_back({kind, line});
      head = kind == Brace::kScope ? at + 1 : head;
    } else if (c == '}' && !open.empty()) {
      const Open closed = open.back();
      open.pop_back();
      if (closed.kind == Brace::kFunction) {
        functions.push_back({closed.line, line - closed.line + 1});
      }
      const std::size_t next = code.find_first_not_of(" \n\t", at + 1);
      const bool goes_on = next != std::string::npos && (code[next] == ',' || code[next] == '{');
      const bool at_scope = open.empty() || open.back().kind == Brace::kScope;
      head = at_scope && !goes_on ? at + 1 : head;
    } else if ((c == ';' || c == '#') && in_scope) {
      head = at + 1;
    }
  }
  return functions;
}

int lines_of(const std::string& text) {
  return static_cast<int>(std::count(text.begin(), text.end(), '\n'));
}

std::vector<Finding> tail_of(const SourceFile& file) {
  std::vector<Finding> found;
  const int limit = is_header(file.path) ? kHeaderLines : kSourceLines;
  if (const int lines = lines_of(file.text); lines > limit) {
    found.push_back(
        {file.path, lines, std::to_string(lines) + " lines; the limit is " + std::to_string(limit)});
  }
  for (const Function& function : functions_of(code_of(file.text).text)) {
    if (function.lines > kFunctionLines) {
      found.push_back({file.path, function.line,
                       "a function of " + std::to_string(function.lines) + " lines; the limit is " +
                           std::to_string(kFunctionLines)});
    }
  }
  return found;
}

bool is_exempt(const std::string& path, const std::vector<Exemption>& exempt) {
  return std::any_of(exempt.begin(), exempt.end(), [&](const Exemption& e) {
    return e.path == path || (e.path.ends_with('/') && path.starts_with(e.path));
  });
}

}  // namespace

std::vector<Finding> check_tail(const std::vector<SourceFile>& files, const std::vector<Exemption>& exempt) {
  std::vector<Finding> found;
  for (const SourceFile& file : files) {
    if (!is_exempt(file.path, exempt)) {
      const std::vector<Finding> own = tail_of(file);
      found.insert(found.end(), own.begin(), own.end());
    }
  }
  return found;
}

std::vector<Finding> check_exemptions(const std::vector<SourceFile>& files,
                                      const std::vector<Exemption>& exempt) {
  std::vector<Finding> found;
  for (const Exemption& exemption : exempt) {
    const bool needed = std::any_of(files.begin(), files.end(), [&](const SourceFile& file) {
      return is_exempt(file.path, {exemption}) && !tail_of(file).empty();
    });
    if (!needed || exemption.reason.empty()) {
      found.push_back({exemption.path, 0, "is exempt from the tail without need or reason"});
    }
  }
  return found;
}

std::vector<Finding> check_weights(const std::string& folder, std::uintmax_t limit) {
  namespace fs = std::filesystem;
  static constexpr std::array<std::string_view, 5> kMade = {".git", "build", "out", "assets/made", ".cache"};
  std::vector<Finding> found;
  for (auto entry = fs::recursive_directory_iterator(folder); entry != fs::recursive_directory_iterator();
       ++entry) {
    const std::string path = fs::relative(entry->path(), folder).generic_string();
    if (entry->is_directory() && std::find(kMade.begin(), kMade.end(), path) != kMade.end()) {
      entry.disable_recursion_pending();
    } else if (entry->is_regular_file() && entry->file_size() > limit) {
      found.push_back(
          {path, 0, std::to_string(entry->file_size()) + " bytes; the limit is " + std::to_string(limit)});
    }
  }
  return found;
}

}  // namespace capsule::laws

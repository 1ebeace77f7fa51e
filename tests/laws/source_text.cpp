#include "tests/laws/source_text.h"

#include <algorithm>
#include <filesystem>
#include <fstream>
#include <regex>
#include <sstream>

namespace capsule::laws {
namespace {

namespace fs = std::filesystem;

// Walks over a source once, copying code and blanking the rest.
class Scanner {
 public:
  explicit Scanner(std::string_view source) : source_(source) {}

  Code scan() {
    while (at_ < source_.size()) {
      step();
    }
    return std::move(code_);
  }

 private:
  void step() {
    if (source_.substr(at_).starts_with("//")) {
      blank_until(std::min(source_.find('\n', at_), source_.size()));
    } else if (source_.substr(at_).starts_with("/*")) {
      const std::size_t end = source_.find("*/", at_ + 2);
      blank_until(end == std::string_view::npos ? source_.size() : end + 2);
    } else if (source_[at_] == '"') {
      literal();
    } else if (source_[at_] == '\'' && !in_number()) {
      keep();
      blank_until(closing('\''));
      keep();
    } else {
      keep();
    }
  }

  // 1'000 holds no character literal, U'a' does.
  [[nodiscard]] bool in_number() const {
    std::size_t begin = at_;
    while (begin > 0 && (std::isalnum(static_cast<unsigned char>(source_[begin - 1])) != 0 ||
                         source_[begin - 1] == '\'')) {
      --begin;
    }
    return begin < at_ && std::isdigit(static_cast<unsigned char>(source_[begin])) != 0;
  }

  void literal() {
    const bool raw = at_ > 0 && source_[at_ - 1] == 'R';
    keep();
    std::size_t begin = at_;
    std::size_t end = raw ? source_.size() : closing('"');
    if (raw) {
      const std::size_t open = std::min(source_.find('(', at_), source_.size());
      const std::string close = ")" + std::string(source_.substr(at_, open - at_)) + "\"";
      begin = std::min(open + 1, source_.size());
      end = std::min(source_.find(close, begin), source_.size());
      code_.literals.push_back({begin, end, std::string(source_.substr(begin, end - begin))});
      blank_until(std::min(end + close.size() - 1, source_.size()));
    } else {
      code_.literals.push_back({begin, end, std::string(source_.substr(begin, end - begin))});
      blank_until(end);
    }
    keep();
  }

  [[nodiscard]] std::size_t closing(char quote) const {
    std::size_t at = at_;
    while (at < source_.size() && source_[at] != quote && source_[at] != '\n') {
      at += source_[at] == '\\' ? 2 : 1;
    }
    return std::min(at, source_.size());
  }

  void keep() {
    if (at_ < source_.size()) {
      code_.text.push_back(source_[at_++]);
    }
  }

  void blank_until(std::size_t end) {
    for (; at_ < end; ++at_) {
      code_.text.push_back(source_[at_] == '\n' ? '\n' : ' ');
    }
  }

  std::string_view source_;
  std::size_t at_ = 0;
  Code code_;
};

std::string read_whole(const fs::path& path) {
  std::ifstream in(path, std::ios::binary);
  std::ostringstream text;
  text << in.rdbuf();
  return text.str();
}

}  // namespace

Code code_of(std::string_view source) {
  return Scanner(source).scan();
}

int line_of(std::string_view source, std::size_t at) {
  const std::string_view before = source.substr(0, at);
  return 1 + static_cast<int>(std::count(before.begin(), before.end(), '\n'));
}

std::string room_of(std::string_view path) {
  return std::string(path.substr(0, path.find('/')));
}

bool is_header(std::string_view path) {
  return path.ends_with(".h");
}

std::vector<Include> includes_of(const SourceFile& file) {
  static const std::regex pattern(R"(^\s*#\s*include\s*(?:"([^"]*)\"|<([^>]*)>|([A-Z_0-9]+)))");
  const Code code = code_of(file.text);
  std::istringstream blanked(code.text);
  std::istringstream lines(file.text);
  std::vector<Include> out;
  int number = 0;
  for (std::string line, kept; std::getline(lines, line) && std::getline(blanked, kept);) {
    ++number;
    std::smatch match;
    // A comment that shows an include is no include.
    const bool is_code = kept.find('#') != std::string::npos;
    if (is_code && std::regex_search(line, match, pattern)) {
      out.push_back({match[1].matched   ? match[1]
                     : match[2].matched ? match[2]
                                        : match[3],
                     !match[1].matched, number});
    }
  }
  return out;
}

std::vector<SourceFile> read_tree(const std::string& folder) {
  std::vector<SourceFile> files;
  for (const fs::directory_entry& entry : fs::recursive_directory_iterator(folder)) {
    const std::string extension = entry.path().extension();
    if (entry.is_regular_file() && (extension == ".h" || extension == ".cpp")) {
      files.push_back({fs::relative(entry.path(), folder).generic_string(), read_whole(entry.path())});
    }
  }
  std::sort(files.begin(), files.end(),
            [](const SourceFile& a, const SourceFile& b) { return a.path < b.path; });
  return files;
}

}  // namespace capsule::laws

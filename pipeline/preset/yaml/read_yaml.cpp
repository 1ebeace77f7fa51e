#include "preset/yaml/read_yaml.h"

#include <yaml-cpp/eventhandler.h>
#include <yaml-cpp/exceptions.h>
#include <yaml-cpp/node/node.h>
#include <yaml-cpp/parser.h>

#include <fmt/format.h>

#include <algorithm>
#include <map>
#include <sstream>

#include "base/files.h"
#include "language/segmentation.h"
#include "preset/yaml/diagnose.h"

namespace capsule::preset {
namespace {

using FilePtr = std::shared_ptr<const std::string>;

/// yaml-cpp counts bytes from 0; people count characters from 1.
class Lines {
 public:
  Lines(std::string_view text, FilePtr file) : text_(text), file_(std::move(file)) {
    starts_.push_back(0);
    for (std::size_t i = 0; i < text.size(); ++i) {
      if (text[i] == '\n') {
        starts_.push_back(i + 1);
      }
    }
  }

  [[nodiscard]] Place place(int line, int byte_column) const {
    const auto row =
        static_cast<std::size_t>(std::clamp<long>(line, 0, static_cast<long>(starts_.size()) - 1));
    const std::size_t begin = starts_[row];
    const std::size_t end =
        std::min(text_.size(), begin + static_cast<std::size_t>(std::max(0, byte_column)));
    const auto is_first = [](char c) { return (static_cast<unsigned char>(c) & 0xC0U) != 0x80U; };
    const auto letters = std::count_if(text_.begin() + static_cast<std::ptrdiff_t>(begin),
                                       text_.begin() + static_cast<std::ptrdiff_t>(end), is_first);
    return {file_, static_cast<int>(row) + 1, static_cast<int>(letters) + 1};
  }

  [[nodiscard]] Place at(const YAML::Mark& mark) const { return place(mark.line, mark.column); }

  /// A tab before the first word of the line.
  [[nodiscard]] bool is_indented_by_tab(int line) const {
    const auto row =
        static_cast<std::size_t>(std::clamp<long>(line, 0, static_cast<long>(starts_.size()) - 1));
    const std::string_view rest = text_.substr(starts_[row]);
    return rest.substr(0, rest.find_first_not_of(" \t")).find('\t') != std::string_view::npos;
  }

  /// What stands in a line from a place on.
  [[nodiscard]] std::string_view rest_of(const YAML::Mark& mark) const {
    const auto row =
        static_cast<std::size_t>(std::clamp<long>(mark.line, 0, static_cast<long>(starts_.size()) - 1));
    const std::string_view line = text_.substr(starts_[row]).substr(0, text_.substr(starts_[row]).find('\n'));
    return line.substr(std::min(line.size(), static_cast<std::size_t>(std::max(0, mark.column))));
  }

  [[nodiscard]] std::string_view text() const { return text_; }

  [[nodiscard]] Place at_byte(std::size_t byte) const {
    const auto after = std::upper_bound(starts_.begin(), starts_.end(), byte);
    const auto row = after - starts_.begin() - 1;
    return place(static_cast<int>(row), static_cast<int>(byte - starts_[static_cast<std::size_t>(row)]));
  }

 private:
  std::string_view text_;
  FilePtr file_;
  std::vector<std::size_t> starts_;
};

/// Leaves the parser at once; caught at its one call site.
struct Stop : std::exception {};

class TreeBuilder final : public YAML::EventHandler {
 public:
  TreeBuilder(const Lines& lines, Problems& problems) : lines_(lines), problems_(problems) {}

  void OnDocumentStart(const YAML::Mark&) override {}

  void OnDocumentEnd() override {}

  void OnNull(const YAML::Mark& mark, YAML::anchor_t) override {
    Node node = make(NodeKind::kNull, mark);
    if (!stack_.empty() && stack_.back().is_map() && !is_key_next()) {
      check_remark();
    }
    add(std::move(node));
  }

  void OnAlias(const YAML::Mark& mark, YAML::anchor_t) override {
    problems_.add(Code{"yaml-alias"}, {{"name", "*"}}, lines_.at(mark));
    add(make(NodeKind::kNull, mark));
  }

  void OnAnchor(const YAML::Mark& mark, const std::string& name) override {
    problems_.add(Code{"yaml-alias"}, {{"name", "&" + name}}, lines_.at(mark));
  }

  void OnScalar(const YAML::Mark& mark, const std::string& tag, YAML::anchor_t,
                const std::string& value) override {
    check_tag(mark, tag);
    if (tag == "!" && lines_.rest_of(mark).starts_with('!')) {  // A quoted text has this tag too.
      problems_.add(Code{"yaml-tag"}, {{"tag", tag}}, lines_.at(mark));
    }
    Node node = make(NodeKind::kScalar, mark);
    node.text = value;
    if (is_key_next()) {
      key_mark_ = mark;
    }
    add(std::move(node));
  }

  void OnSequenceStart(const YAML::Mark& mark, const std::string& tag, YAML::anchor_t,
                       YAML::EmitterStyle::value) override {
    open(NodeKind::kList, mark, tag);
  }

  void OnSequenceEnd() override { close(); }

  void OnMapStart(const YAML::Mark& mark, const std::string& tag, YAML::anchor_t,
                  YAML::EmitterStyle::value) override {
    open(NodeKind::kMap, mark, tag);
  }

  void OnMapEnd() override { close(); }

  [[nodiscard]] std::optional<Node> take() { return std::move(root_); }

 private:
  Node make(NodeKind kind, const YAML::Mark& mark) {
    Node node;
    node.kind = kind;
    node.place = lines_.at(mark);
    if (++nodes_ > kMostYamlNodes) {
      problems_.add(Code{"yaml-too-many-nodes"}, {{"limit", std::int64_t{kMostYamlNodes}}}, node.place);
      throw Stop();
    }
    return node;
  }

  void check_tag(const YAML::Mark& mark, const std::string& tag) {
    if (!tag.empty() && tag != "?" && tag != "!") {
      problems_.add(Code{"yaml-tag"}, {{"tag", tag}}, lines_.at(mark));
    }
  }

  void open(NodeKind kind, const YAML::Mark& mark, const std::string& tag) {
    check_tag(mark, tag);
    Node node = make(kind, mark);
    if (static_cast<int>(stack_.size()) >= kMostYamlDepth) {
      problems_.add(Code{"yaml-too-deep"}, {{"limit", std::int64_t{kMostYamlDepth}}}, node.place);
      throw Stop();
    }
    stack_.push_back(std::move(node));
    keys_.emplace_back();
  }

  void close() {
    Node node = std::move(stack_.back());
    stack_.pop_back();
    keys_.pop_back();
    add(std::move(node));
  }

  [[nodiscard]] bool is_key_next() const {
    return !stack_.empty() && stack_.back().is_map() &&
           stack_.back().keys.size() == stack_.back().items.size();
  }

  void check_remark() {
    const std::string_view rest = lines_.rest_of(key_mark_);
    const std::size_t colon = rest.find(": ");
    if (colon == std::string_view::npos || !is_lost_to_remark(rest.substr(colon + 1))) {
      return;
    }
    const std::string_view value = rest.substr(rest.find('#', colon));
    const NodeKey& key = stack_.back().keys.back();
    problems_.add(Code{"yaml-hash"},
                  {{"key", key.name}, {"value", std::string(value.substr(0, value.find(' ')))}}, key.place);
  }

  void add(Node node) {
    if (stack_.empty()) {
      root_ = std::move(node);
      return;
    }
    Node& parent = stack_.back();
    if (is_key_next()) {
      add_key(parent, node);
    } else {
      parent.items.push_back(std::move(node));
    }
  }

  void add_key(Node& map, Node& key) {
    if (!key.is_scalar()) {
      problems_.add(Code{"yaml-key-not-text"}, {}, key.place);
    } else if (key.text == "<<") {
      problems_.add(Code{"yaml-alias"}, {{"name", "<<"}}, key.place);
    } else if (const auto [first, is_new] = keys_.back().emplace(key.text, key.place.line); !is_new) {
      problems_.add(Code{"yaml-duplicate-key"}, {{"key", key.text}, {"line", std::int64_t{first->second}}},
                    key.place);
    }
    if (map.keys.size() >= kMostYamlKeys) {
      problems_.add(Code{"yaml-too-many-keys"}, {{"limit", std::int64_t{kMostYamlKeys}}}, key.place);
      throw Stop();
    }
    map.keys.push_back({std::move(key.text), std::move(key.place)});
  }

  const Lines& lines_;
  Problems& problems_;
  std::vector<Node> stack_;
  std::vector<std::map<std::string, int>> keys_;  ///< Of each open map: key → line.
  std::optional<Node> root_;
  YAML::Mark key_mark_;  ///< Of the key that was met last.
  int nodes_ = 0;
};

bool looks_like_utf16(std::string_view text) {
  const bool marked = text.starts_with("\xFF\xFE") || text.starts_with("\xFE\xFF");
  return marked || (text.size() >= 2 && (text[0] == '\0') != (text[1] == '\0'));
}

/// Bytes that no preset may have; false after saying so.
bool check_bytes(std::string_view text, const Lines& lines, Problems& problems) {
  if (looks_like_utf16(text)) {
    problems.add(Code{"yaml-utf16"}, {}, lines.at_byte(0));
    return false;
  }
  std::size_t begin = 0;
  while (begin < text.size()) {
    const std::size_t end = std::min(text.find('\n', begin), text.size());
    if (!language::is_valid_utf8(text.substr(begin, end - begin))) {
      problems.add(Code{"yaml-not-utf8"}, {}, lines.at_byte(begin));
      return false;
    }
    begin = end + 1;
  }
  for (std::size_t i = 0; i < text.size(); ++i) {
    const auto c = static_cast<unsigned char>(text[i]);
    if ((c < 0x20 && c != '\t' && c != '\n' && c != '\r') || c == 0x7F) {
      problems.add(Code{"yaml-control"}, {{"code", fmt::format("U+{:04X}", c)}}, lines.at_byte(i));
      return false;
    }
  }
  return true;
}

void explain(const YAML::Exception& error, const Lines& lines, Problems& problems) {
  if (error.mark.is_null()) {
    problems.add(Code{"yaml-syntax"}, {}, lines.at_byte(0), error.msg);
  } else if (lines.is_indented_by_tab(error.mark.line)) {
    problems.add(Code{"yaml-tab"}, {}, lines.at(error.mark), error.msg);
  } else {
    Diagnosis found = diagnose(lines.text(), error.mark.line, error.mark.column);
    problems.add(found.code, std::move(found.args), lines.place(found.line, found.column), error.msg);
  }
}

}  // namespace

std::optional<Node> parse_yaml(std::string_view text, const std::string& file, Problems& problems) {
  if (text.starts_with("\xEF\xBB\xBF")) {
    text.remove_prefix(3);
  }
  const Lines lines(text, std::make_shared<const std::string>(file));
  if (text.size() > kMostYamlBytes) {
    problems.add(Code{"file-too-large"},
                 {{"path", file},
                  {"bytes", static_cast<std::int64_t>(text.size())},
                  {"limit", static_cast<std::int64_t>(kMostYamlBytes)}},
                 lines.at_byte(0));
    return std::nullopt;
  }
  if (!check_bytes(text, lines, problems)) {
    return std::nullopt;
  }
  TreeBuilder builder(lines, problems);
  try {
    std::istringstream stream{std::string(text)};
    YAML::Parser parser(stream);
    const bool any = parser.HandleNextDocument(builder);
    if (!any) {
      problems.add(Code{"yaml-empty"}, {}, lines.at_byte(0));
      return std::nullopt;
    }
    TreeBuilder rest(lines, problems);
    if (parser.HandleNextDocument(rest)) {
      problems.add(Code{"yaml-many-documents"}, {}, lines.at_byte(0));
    }
  } catch (const YAML::Exception& error) {
    explain(error, lines, problems);
    return std::nullopt;
  } catch (const Stop&) {
    return std::nullopt;
  } catch (const std::exception& error) {
    problems.add(Code{"yaml-syntax"}, {}, lines.at_byte(0), error.what());
    return std::nullopt;
  }
  return builder.take();
}

std::optional<Node> read_yaml(const std::string& path, const Place& named_at, Problems& problems) {
  auto text = read_file(path, kMostYamlBytes);
  if (!text) {
    Error error = std::move(text).error();
    error.where = named_at.file ? named_at.where() : Where{path, 0, 0};
    problems.add(std::move(error));
    return std::nullopt;
  }
  return parse_yaml(*text, path, problems);
}

}  // namespace capsule::preset

#include "base/json_reader.h"

#include <algorithm>
#include <nlohmann/json.hpp>

namespace capsule {
namespace {

// Builds the tree without recursion; false stops the parser.
class TreeBuilder final : public nlohmann::json_sax<nlohmann::json> {
 public:
  explicit TreeBuilder(const JsonLimits& limits) : limits_(limits) {}

  bool null() override { return put({}); }

  bool boolean(bool value) override {
    JsonNode node;
    node.kind = JsonNode::Kind::kBool;
    node.flag = value;
    return put(std::move(node));
  }

  bool number_integer(number_integer_t value) override { return put_number(static_cast<double>(value)); }

  bool number_unsigned(number_unsigned_t value) override { return put_number(static_cast<double>(value)); }

  bool number_float(number_float_t value, const string_t& /*text*/) override { return put_number(value); }

  bool string(string_t& value) override {
    JsonNode node;
    node.kind = JsonNode::Kind::kText;
    node.text = std::move(value);
    return put(std::move(node));
  }

  bool binary(binary_t& /*value*/) override { return false; }

  bool start_object(std::size_t /*elements*/) override { return open(JsonNode::Kind::kMap); }

  bool key(string_t& name) override {
    names_.back() = std::move(name);
    return true;
  }

  bool end_object() override { return close(); }

  bool start_array(std::size_t /*elements*/) override { return open(JsonNode::Kind::kList); }

  bool end_array() override { return close(); }

  bool parse_error(std::size_t position, const std::string& /*token*/,
                   const nlohmann::json::exception& /*error*/) override {
    position_ = position;
    return false;
  }

  [[nodiscard]] bool too_large() const { return too_large_; }

  [[nodiscard]] std::size_t position() const { return position_; }

  [[nodiscard]] JsonNode take() { return std::move(root_); }

 private:
  bool put_number(double value) {
    JsonNode node;
    node.kind = JsonNode::Kind::kNumber;
    node.number = value;
    return put(std::move(node));
  }

  bool put(JsonNode node) {
    if (++nodes_ > limits_.nodes) {
      too_large_ = true;
      return false;
    }
    if (open_.empty()) {
      root_ = std::move(node);
    } else if (open_.back().kind == JsonNode::Kind::kMap) {
      open_.back().members.emplace_back(names_.back(), std::move(node));
    } else {
      open_.back().items.push_back(std::move(node));
    }
    return true;
  }

  bool open(JsonNode::Kind kind) {
    if (open_.size() == limits_.depth) {
      too_large_ = true;
      return false;
    }
    open_.emplace_back().kind = kind;
    names_.emplace_back();
    return true;
  }

  bool close() {
    JsonNode done = std::move(open_.back());
    open_.pop_back();
    names_.pop_back();
    return put(std::move(done));
  }

  const JsonLimits& limits_;
  JsonNode root_;
  std::vector<JsonNode> open_;
  std::vector<std::string> names_;
  std::size_t nodes_ = 0, position_ = 0;
  bool too_large_ = false;
};

}  // namespace

const JsonNode* JsonNode::find(std::string_view name) const {
  const auto found = std::ranges::find(members, name, &std::pair<std::string, JsonNode>::first);
  return found == members.end() ? nullptr : &found->second;
}

Result<JsonNode> read_json(std::string_view utf8, const std::string& file, const JsonLimits& limits) {
  TreeBuilder builder(limits);
  if (nlohmann::json::sax_parse(utf8, &builder)) {
    return builder.take();
  }
  const std::string_view before = utf8.substr(0, std::min(builder.position(), utf8.size()));
  const int line = 1 + static_cast<int>(std::ranges::count(before, '\n'));
  if (builder.too_large()) {
    return fail(Code{"json-too-large"}, {{"path", file}}, {file, 0, 0});
  }
  return fail(Code{"json-syntax"}, {{"path", file}}, {file, line, 0});
}

}  // namespace capsule

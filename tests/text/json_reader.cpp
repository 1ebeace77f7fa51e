#include "tests/text/json_reader.h"

#include <cstdlib>

#include "language/segmentation.h"

namespace capsule::text::test {
namespace {

class Parser {
 public:
  explicit Parser(std::string_view text) : text_(text) {}

  JsonValue value() {
    blank();
    JsonValue out;
    if (peek() == '"') {
      out.text = string();
    } else if (peek() == '[' || peek() == '{') {
      group(out);
    } else {
      const auto end = text_.find_first_of(",]} \n", at_);
      out.number = std::atof(std::string(text_.substr(at_, end - at_)).c_str());
      at_ = end == std::string_view::npos ? text_.size() : end;
    }
    return out;
  }

 private:
  [[nodiscard]] char peek() const { return at_ < text_.size() ? text_[at_] : '\0'; }

  void blank() {
    while (peek() == ' ' || peek() == '\n') {
      ++at_;
    }
  }

  void group(JsonValue& out) {
    const bool object = peek() == '{';
    ++at_;
    for (blank(); at_ < text_.size() && peek() != ']' && peek() != '}'; blank()) {
      if (object) {
        std::string key = string();
        blank();
        ++at_;
        out.members.emplace_back(std::move(key), value());
      } else {
        out.items.push_back(value());
      }
      blank();
      at_ += peek() == ',' ? 1 : 0;
    }
    ++at_;
  }

  std::string string() {
    std::string out;
    for (++at_; at_ < text_.size() && peek() != '"'; ++at_) {
      if (peek() != '\\') {
        out += peek();
        continue;
      }
      ++at_;
      if (peek() == 'u') {
        const auto code =
            static_cast<char32_t>(std::strtoul(std::string(text_.substr(at_ + 1, 4)).c_str(), nullptr, 16));
        out += language::to_utf8(std::u32string(1, code));
        at_ += 4;
      } else {
        out += peek() == 'n' ? '\n' : peek();
      }
    }
    ++at_;
    return out;
  }

  std::string_view text_;
  std::size_t at_ = 0;
};

}  // namespace

JsonValue parse_json(std::string_view text) {
  return Parser(text).value();
}

}  // namespace capsule::text::test

#include "preset/yaml/diagnose.h"

#include <algorithm>
#include <array>
#include <optional>
#include <string>
#include <utility>

namespace capsule::preset {
namespace {

constexpr std::string_view kNoBreakSpace = "\xC2\xA0";
constexpr std::string_view kEscapes = "0abtnvfre \"/\\N_LPxuU\r";

using Found = std::optional<Diagnosis>;

std::vector<std::string_view> lines_of(std::string_view text) {
  std::vector<std::string_view> lines;
  while (!text.empty()) {
    const std::size_t end = std::min(text.find('\n'), text.size());
    std::string_view line = text.substr(0, end);
    if (line.ends_with('\r')) {
      line.remove_suffix(1);
    }
    lines.push_back(line);
    text.remove_prefix(std::min(end + 1, text.size()));
  }
  return lines;
}

std::size_t indent_of(std::string_view line) {
  return std::min(line.find_first_not_of(' '), line.size());
}

bool is_blank(std::string_view line) {
  const std::size_t indent = indent_of(line);
  return indent == line.size() || line[indent] == '#';
}

bool is_word_letter(char c) {
  return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '-' || c == '_';
}

/// Where the words of a line begin, behind its spaces and dashes.
std::size_t words_at(std::string_view line) {
  std::size_t at = indent_of(line);
  while (line.substr(at).starts_with("- ")) {
    at += 2;
    at += indent_of(line.substr(at));
  }
  return at;
}

/// "key:", "- …": where something new begins.
bool begins_entry(std::string_view line) {
  const std::string_view words = line.substr(indent_of(line));
  const std::size_t end =
      static_cast<std::size_t>(std::ranges::find_if_not(words, is_word_letter) - words.begin());
  return words.starts_with("- ") || words == "-" ||
         (end > 0 && end < words.size() && words[end] == ':' &&
          (end + 1 == words.size() || words[end + 1] == ' '));
}

/// Where the value of "key: value" begins; npos when the line is not one.
std::size_t value_at(std::string_view line) {
  const std::size_t begin = words_at(line);
  const std::size_t colon = line.find(": ", begin);
  if (colon == std::string_view::npos ||
      line.substr(begin, colon - begin).find_first_of("\"'{[#") != std::string_view::npos) {
    return std::string_view::npos;
  }
  const std::size_t value = line.find_first_not_of(' ', colon + 1);
  return value;
}

/// "text: |", "- >-": the deeper lines below are a text.
bool opens_block_text(std::string_view line) {
  const std::size_t value = value_at(line);
  std::string_view rest =
      line.substr(std::min(value == std::string_view::npos ? words_at(line) : value, line.size()));
  rest = rest.substr(0, rest.find(" #"));
  return (rest.starts_with('|') || rest.starts_with('>')) &&
         rest.find_first_not_of("-+123456789 ", 1) == std::string_view::npos;
}

/// The lines without the texts written over several of them with | or >, in which anything may stand: they
/// are left empty.
std::vector<std::string_view> without_block_texts(std::vector<std::string_view> lines) {
  std::size_t column = std::string_view::npos;  // of the key or dash that the text belongs to
  for (std::string_view& line : lines) {
    if (column != std::string_view::npos && (indent_of(line) > column || indent_of(line) == line.size())) {
      line = {};
      continue;
    }
    const bool keyed = value_at(line) != std::string_view::npos;
    const std::size_t words = words_at(line);
    column = !is_blank(line) && opens_block_text(line) ? (keyed || words < 2 ? words : words - 2)
                                                       : std::string_view::npos;
  }
  return lines;
}

/// What may follow a backslash between double quotes; x, u and U take hexadecimal digits.
bool is_escape(std::string_view rest) {
  if (rest.empty()) {
    return true;
  }
  const std::size_t digits = rest[0] == 'x' ? 2 : rest[0] == 'u' ? 4 : rest[0] == 'U' ? 8 : 0;
  return kEscapes.find(rest[0]) != std::string_view::npos &&
         rest.substr(1, digits).find_first_not_of("0123456789abcdefABCDEF") == std::string_view::npos;
}

Diagnosis at_place(Code code, std::vector<Arg> args, int line, std::size_t column) {
  return {code, std::move(args), line, static_cast<int>(column)};
}

/// A value may begin here: behind a bracket, or a colon, comma or dash and a space.
bool begins_value(std::string_view line, std::size_t at) {
  const std::size_t before = at == 0 ? std::string_view::npos : line.find_last_not_of(' ', at - 1);
  if (before == std::string_view::npos) {
    return false;
  }
  const char c = line[before];
  return c == '[' || c == '{' || ((c == ',' || c == ':' || c == '-') && before + 1 < at);
}

/// Reads lines from the top, knowing what is open: quotes that are not closed or closed too early, brackets.
class Scanner {
 public:
  Found line(std::string_view line, int number) {
    std::size_t at = 0;
    if (quote_) {
      if (begins_entry(line) && indent_of(line) <= quote_->entry) {
        return quote_open();
      }
      if (Found found = quoted(line, number, at); found || quote_) {
        return found;
      }
    }
    for (; at < line.size(); ++at) {
      const char c = line[at];
      if (c == '#' && (at == 0 || line[at - 1] == ' ')) {
        break;
      }
      const bool quote = c == '"' || c == '\'';
      const bool bracket = c == '{' || c == '[';
      // Only asked of these signs: it looks back over all spaces.
      const bool opens = (quote || bracket) && begins_value(line, at);
      if (opens && quote) {
        quote_ = Quote{{c, number, at}, words_at(line)};
        if (Found found = quoted(line, number, ++at); found || quote_) {
          return found;
        }
        --at;
      } else if (bracket && (opens || !open_.empty())) {
        open_.push_back({c, number, at});
      } else if ((c == '}' || c == ']') && !open_.empty()) {
        open_.pop_back();
      }
    }
    return std::nullopt;
  }

  /// The quote that no line has closed.
  [[nodiscard]] Found quote_open() const {
    return quote_ ? Found(at_place(Code{"yaml-quote-open"}, {}, quote_->line, quote_->column)) : std::nullopt;
  }

  /// A text goes on from the line that was read last.
  [[nodiscard]] bool in_quotes() const { return quote_.has_value(); }

  /// The innermost bracket that was opened above `line`.
  [[nodiscard]] Found bracket(int line) const {
    if (open_.empty() || open_.back().line >= line) {
      return std::nullopt;
    }
    const Sign& last = open_.back();
    return at_place(Code{"yaml-bracket-open"},
                    {{"sign", std::string(1, last.sign)}, {"line", std::int64_t{line} + 1}}, last.line,
                    last.column);
  }

 private:
  struct Sign {
    char sign;
    int line;
    std::size_t column;
  };

  struct Quote : Sign {
    std::size_t entry;  ///< Where the words of its line begin: an entry there or before is none of its text.
  };

  /// Moves `at` behind the closing quote, if it is in this line.
  Found quoted(std::string_view line, int number, std::size_t& at) {
    const char quote = quote_->sign;
    for (; at < line.size(); ++at) {
      if (quote == '"' && line[at] == '\\') {
        if (!is_escape(line.substr(at + 1))) {
          return at_place(Code{"yaml-backslash"}, {}, number, at);
        }
        ++at;
      } else if (line[at] == quote && quote == '\'' && at + 1 < line.size() && line[at + 1] == quote) {
        ++at;
      } else if (line[at] == quote) {
        // Words behind a quote of another line: the text was to end up there.
        const Found above = quote_->line < number ? quote_open() : std::nullopt;
        quote_.reset();
        const Found wrong = behind(line, number, at++);
        return wrong && above ? above : wrong;
      }
    }
    return std::nullopt;
  }

  static Found behind(std::string_view line, int number, std::size_t at) {
    const std::size_t next = line.find_first_not_of(' ', at + 1);
    if (next == std::string_view::npos ||
        std::string_view(",]}:#").find(line[next]) != std::string_view::npos) {
      return std::nullopt;
    }
    return at_place(Code{"yaml-quote-inside"}, {}, number, at);
  }

  std::vector<Sign> open_;
  std::optional<Quote> quote_;
};

Found hard_space(std::string_view line, int number) {
  const std::size_t at = line.find_first_not_of(' ');
  return at != std::string_view::npos && line.substr(at).starts_with(kNoBreakSpace)
             ? Found(at_place(Code{"yaml-nbsp"}, {}, number, at))
             : std::nullopt;
}

/// "duration:3s", "-use: x"
Found missing_space(std::string_view line, int number) {
  const std::size_t begin = words_at(line);
  const std::string_view words = line.substr(std::min(begin, line.size()));
  if (words.size() > 1 && words[0] == '-' && is_word_letter(words[1]) && words[1] != '-') {
    return at_place(Code{"yaml-dash-space"}, {{"text", std::string(words.substr(1))}}, number, begin);
  }
  const std::size_t colon = words.find(':');
  const bool is_key =
      colon != std::string_view::npos && colon > 0 &&
      std::all_of(words.begin(), words.begin() + static_cast<std::ptrdiff_t>(colon), is_word_letter);
  if (!is_key || colon + 1 >= words.size() || words[colon + 1] == ' ' || words[colon + 1] == '/') {
    return std::nullopt;
  }
  return at_place(
      Code{"yaml-colon-space"},
      {{"key", std::string(words.substr(0, colon))}, {"value", std::string(words.substr(colon + 1))}}, number,
      begin);
}

/// "{ title: *x* }"
Found sign_in_brackets(std::string_view line, int number) {
  for (std::size_t at = 0; at < line.size(); ++at) {
    if (std::string_view("*&@`%").find(line[at]) != std::string_view::npos && begins_value(line, at)) {
      return at_place(Code{"yaml-sign"}, {{"sign", std::string(1, line[at])}}, number, at);
    }
  }
  return std::nullopt;
}

/// Plain values with signs that mean something to YAML.
Found unquoted(std::string_view line, int number) {
  const std::size_t value = value_at(line);
  const std::size_t begin = value == std::string_view::npos ? words_at(line) : value;
  if (begin >= line.size()) {
    return std::nullopt;
  }
  const std::string_view rest = line.substr(begin);
  if (std::string_view("*&@`%").find(rest[0]) != std::string_view::npos) {
    return at_place(Code{"yaml-sign"}, {{"sign", std::string(1, rest[0])}}, number, begin);
  }
  const bool plain = std::string_view("\"'{[|>#").find(rest[0]) == std::string_view::npos;
  if (value != std::string_view::npos && plain &&
      (rest.find(": ") != std::string_view::npos || rest.ends_with(':'))) {
    return at_place(Code{"yaml-colon-text"}, {{"text", std::string(rest)}}, number, begin);
  }
  return std::nullopt;
}

/// A line that begins in no column in which a line above it began.
Found odd_indent(const std::vector<std::string_view>& lines, int number) {
  const std::size_t indent = indent_of(lines[static_cast<std::size_t>(number)]);
  std::size_t least = std::string_view::npos;
  std::size_t near = std::string_view::npos;
  for (int above = number - 1; above >= 0; --above) {
    const std::string_view line = lines[static_cast<std::size_t>(above)];
    const std::array<std::size_t, 2> columns{words_at(line), indent_of(line)};
    for (const std::size_t column : columns) {
      if (is_blank(line) || column >= least) {
        continue;
      }
      least = column;
      if (column == indent) {
        return std::nullopt;
      }
      const auto away = [&](std::size_t c) { return c > indent ? c - indent : indent - c; };
      near = near == std::string_view::npos || away(column) < away(near) ? column : near;
    }
  }
  if (near == std::string_view::npos) {
    return std::nullopt;
  }
  return at_place(Code{"yaml-indent"},
                  {{"count", static_cast<std::int64_t>(indent)}, {"near", static_cast<std::int64_t>(near)}},
                  number, indent);
}

/// The last two up to `last` in which something stands, the nearer first.
std::vector<int> nearest_lines(const std::vector<std::string_view>& lines, int last) {
  std::vector<int> near;
  for (int i = last; i >= 0 && near.size() < 2; --i) {
    if (!is_blank(lines[static_cast<std::size_t>(i)])) {
      near.push_back(i);
    }
  }
  return near;
}

}  // namespace

Diagnosis diagnose(std::string_view text, int line, int column) {
  std::vector<std::string_view> lines = without_block_texts(lines_of(text));
  const int last = std::min(line, static_cast<int>(lines.size()) - 1);
  for (const int i : nearest_lines(lines, last)) {
    if (Found found = hard_space(lines[static_cast<std::size_t>(i)], i); found) {
      return *found;
    }
  }
  Scanner scanner;
  for (int i = 0; i <= last; ++i) {
    std::string_view& here = lines[static_cast<std::size_t>(i)];
    const bool goes_on = scanner.in_quotes();
    if (Found found = scanner.line(here, i); found) {
      return *found;
    }
    // The inside of a text is nothing to look for mistakes in.
    here = goes_on ? std::string_view() : here;
  }
  if (Found found = scanner.quote_open(); found) {
    return *found;
  }
  const std::vector<int> said = nearest_lines(lines, last);
  for (const int i : said) {
    const std::string_view here = lines[static_cast<std::size_t>(i)];
    if (Found found = unquoted(here, i); found) {
      return *found;
    }
    if (Found found = missing_space(here, i); found) {
      return *found;
    }
    if (Found found = sign_in_brackets(here, i); found) {
      return *found;
    }
  }
  if (Found found = scanner.bracket(line); found) {
    return *found;
  }
  if (Found found = said.empty() ? std::nullopt : odd_indent(lines, said.front()); found) {
    return *found;
  }
  return {Code{"yaml-syntax"}, {}, line, column};
}

bool is_lost_to_remark(std::string_view rest) {
  const std::size_t at = rest.find_first_not_of(' ');
  return at != std::string_view::npos && at > 0 && rest[at] == '#' && at + 1 < rest.size() &&
         rest[at + 1] != ' ' && rest[at + 1] != '#';
}

}  // namespace capsule::preset

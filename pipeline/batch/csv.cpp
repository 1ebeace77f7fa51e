#include "batch/csv.h"

#include <algorithm>
#include <cstdint>
#include <utility>

namespace capsule::batch {
namespace {

constexpr std::size_t kMostRows = 10'000;
constexpr std::size_t kMostCells = 200;
constexpr std::size_t kMostBytes = 65'536;

/// "sep=;", by which spreadsheets tell each other the separator before the heading.
constexpr std::string_view kSeparatorLine = "sep=";

char separator_of(std::string_view text) {
  const auto count = [&](char c) {
    std::size_t seen = 0;
    bool quoted = false;
    for (const char at : text) {
      quoted = quoted != (at == '"');
      if (!quoted && (at == '\n' || at == '\r')) {
        break;
      }
      seen += !quoted && at == c ? 1 : 0;
    }
    return seen;
  };
  char best = ',';
  for (const char c : {';', '\t'}) {
    best = count(c) > count(best) ? c : best;
  }
  return best;
}

class Reader {
 public:
  Reader(std::string_view text, const std::string& file) : text_(text), file_(file) {
    const bool told = text.starts_with(kSeparatorLine);
    at_ = told ? std::min(text.find_first_of("\r\n"), text.size()) : 0;
    const std::string_view sign = told ? text.substr(kSeparatorLine.size(), at_ - kSeparatorLine.size()) : "";
    if (told) {
      end_line();
    }
    const bool one = sign.size() == 1 && sign != "\"" && sign != " ";
    table_.separator = one ? sign.front() : separator_of(text.substr(at_));
  }

  Result<Table> read() {
    while (at_ < text_.size()) {
      TRY(read_record());
    }
    return std::move(table_);
  }

 private:
  [[nodiscard]] bool at_end_of_line() const {
    return at_ >= text_.size() || text_[at_] == '\n' || text_[at_] == '\r';
  }

  [[nodiscard]] Where here() const { return {file_, line_, column_}; }

  [[nodiscard]] tl::unexpected<Error> too_large(Code code, std::size_t limit) const {
    return fail(code, {{"limit", static_cast<std::int64_t>(limit)}}, here());
  }

  char next() {
    const char c = text_[at_++];
    // Columns count letters: the bytes inside one do not count.
    column_ += (static_cast<unsigned char>(c) & 0xC0U) == 0x80 ? 0 : 1;
    return c;
  }

  void end_line() {
    if (at_ < text_.size() && text_[at_] == '\r') {
      ++at_;
    }
    if (at_ < text_.size() && text_[at_] == '\n') {
      ++at_;
    }
    ++line_;
    column_ = 1;
  }

  Status read_record() {
    Record record;
    record.line = line_;
    while (true) {
      TRY_ASSIGN(Cell cell, read_cell());
      record.cells.push_back(std::move(cell));
      if (record.cells.size() > kMostCells) {
        return too_large(Code{"roster-too-wide"}, kMostCells);
      }
      if (at_end_of_line()) {
        break;
      }
      next();  // the separator
    }
    end_line();
    const bool empty =
        std::all_of(record.cells.begin(), record.cells.end(), [](const Cell& c) { return c.text.empty(); });
    if (!empty) {
      table_.records.push_back(std::move(record));
    }
    // The heading is no row.
    return table_.records.size() > kMostRows + 1 ? Status(too_large(Code{"roster-too-long"}, kMostRows))
                                                 : Status();
  }

  Result<Cell> read_cell() {
    while (at_ < text_.size() && text_[at_] == ' ') {
      next();
    }
    Cell cell{{}, here()};
    if (at_ < text_.size() && text_[at_] == '"') {
      TRY(read_quoted(cell));
    }
    while (!at_end_of_line() && text_[at_] != table_.separator) {
      cell.text += next();
      if (cell.text.size() > kMostBytes) {
        return too_large(Code{"roster-cell-too-long"}, kMostBytes);
      }
    }
    cell.text.erase(cell.text.find_last_not_of(" \t") + 1);
    return cell;
  }

  Status read_quoted(Cell& cell) {
    next();
    while (at_ < text_.size()) {
      if (text_[at_] == '"') {
        next();
        if (at_ >= text_.size() || text_[at_] != '"') {
          return {};
        }
      }
      if (text_[at_] == '\n' || text_[at_] == '\r') {
        end_line();
        cell.text += '\n';
      } else {
        cell.text += next();
      }
      if (cell.text.size() > kMostBytes) {
        return too_large(Code{"roster-cell-too-long"}, kMostBytes);
      }
    }
    return fail(Code{"roster-quote"}, {}, cell.where);
  }

  std::string_view text_;
  const std::string& file_;
  std::size_t at_ = 0;
  int line_ = 1, column_ = 1;
  Table table_;
};

}  // namespace

Result<Table> parse_csv(std::string_view utf8, const std::string& file) {
  return Reader(utf8, file).read();
}

std::string csv_cell(std::string_view text, char separator) {
  std::string out(text);
  // OWASP "CSV injection": what begins like this is run by spreadsheets.
  if (!out.empty() && std::string_view("=+-@\t\r").find(out.front()) != std::string_view::npos) {
    out.insert(out.begin(), '\'');
  }
  if (out.find(separator) == std::string::npos && out.find_first_of(",;\"\n\r\t") == std::string::npos) {
    return out;
  }
  std::string quoted = "\"";
  for (const char c : out) {
    quoted += c == '"' ? "\"\"" : std::string(1, c);
  }
  return quoted + "\"";
}

}  // namespace capsule::batch

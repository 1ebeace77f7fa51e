#include "batch/roster.h"

#include <algorithm>
#include <filesystem>
#include <utility>

#include "base/files.h"
#include "batch/columns.h"
#include "batch/name.h"
#include "language/encoding.h"
#include "language/segmentation.h"
#include "preset/paths.h"

namespace capsule::batch {
namespace {

namespace fs = std::filesystem;

constexpr std::size_t kLargest = std::size_t{16} << 20;

// What .xlsx and .ods, and .xls, begin with.
constexpr std::string_view kZip = "PK\x03\x04";
constexpr std::string_view kCompound = "\xD0\xCF\x11\xE0";

/// One stray bell in one cell is no reason to refuse the list. With a NUL it is UTF-16, where a control's
/// byte is half a letter, or a damaged file; that is for decode_text to say.
void blank_controls(std::string& bytes, const std::string& path, Reporter& reporter) {
  if (bytes.find('\0') != std::string::npos || !language::is_valid_utf8(bytes)) {
    return;
  }
  Where where{path, 1, 0};
  bool told = false;
  for (char& c : bytes) {
    where.column += (static_cast<unsigned char>(c) & 0xC0U) == 0x80 ? 0 : 1;
    if (c == '\n') {
      ++where.line;
      where.column = 0;
    }
    const bool control = c == 0x7F || (c >= 0 && c < 0x20 && c != '\t' && c != '\n' && c != '\r');
    if (control) {
      c = ' ';
      if (!std::exchange(told, true)) {
        reporter.warn({Code{"roster-control"}, {}, where, {}, {}});
      }
    }
  }
}

bool is_file(const preset::VariableInfo& variable) {
  return variable.type == "path" || variable.type == "image";
}

class Binder {
 public:
  Binder(const Columns& columns, const Binding& binding, const std::string& path, Reporter& reporter)
      : columns_(columns), binding_(binding), folder_(fs::path(path).parent_path()), reporter_(reporter) {}

  Row bind(const Record& record, std::size_t number) {
    Row row;
    row.where = record.cells.front().where;
    row.id = columns_.cell(record, "id").text;
    if (row.id.empty()) {
      row.id = std::to_string(number);
    } else if (const auto [first, fresh] = ids_.emplace(row.id, record.line); !fresh) {
      reporter_.warn({Code{"roster-id-twice"},
                      {{"id", row.id}, {"line", static_cast<std::int64_t>(first->second)}},
                      columns_.cell(record, "id").where,
                      {},
                      {}});
    }
    if (const Cell* extra = columns_.extra(record)) {
      row.problems.push_back({Code{"roster-cells"},
                              {{"count", static_cast<std::int64_t>(record.cells.size())},
                               {"limit", static_cast<std::int64_t>(columns_.count())}},
                              extra->where,
                              {},
                              {}});
    }
    for (const Columns::Bound& column : columns_.bound()) {
      if (column.index < record.cells.size()) {
        put(row, column, record.cells[column.index]);
      }
    }
    for (const auto& [name, pattern] : binding_.set) {
      set(row, name, pattern, record);
    }
    require(row, record);
    const std::string name = columns_.name(record);
    row.stem = names_.take(file_word(name.empty() ? row.id : row.id + "-" + name));
    return row;
  }

 private:
  void put(Row& row, const Columns::Bound& column, const Cell& cell) const {
    row.places[column.key] = cell.where;
    if (cell.text.empty()) {
      return;
    }
    row.values[column.key] = is_file(*column.variable) ? beside(cell.text) : cell.text;
    if (is_file(*column.variable)) {
      keep_below(row, cell, cell.text);
    }
  }

  /// A value for every row. What begins with a cell is a file of the list, like the cell itself.
  void set(Row& row, const std::string& name, const std::string& pattern, const Record& record) const {
    const auto variable = std::ranges::find_if(binding_.variables, [&](const preset::VariableInfo& v) {
      return v.name == name.substr(0, name.find('.')) && is_file(v);
    });
    std::string value = columns_.filled(pattern, record);
    for (const Cell* cell : variable == binding_.variables.end() ? std::vector<const Cell*>{}
                                                                 : columns_.mentioned(pattern, record)) {
      keep_below(row, *cell, pattern.starts_with('{') ? value : cell->text);
    }
    const bool own = variable != binding_.variables.end() && pattern.starts_with('{') && !value.empty();
    row.values[name] = own ? beside(value) : std::move(value);
    row.places.try_emplace(name, row.where);
  }

  void keep_below(Row& row, const Cell& cell, const std::string& file) const {
    if (!preset::stays_below(folder_.string(), file)) {
      row.problems.push_back({Code{"roster-path"}, {{"path", file}}, cell.where, {}, {}});
    }
  }

  [[nodiscard]] std::string beside(const std::string& file) const { return (folder_ / file).string(); }

  void require(Row& row, const Record& record) const {
    for (const preset::VariableInfo& variable : binding_.variables) {
      const bool given = std::any_of(row.values.begin(), row.values.end(), [&](const auto& pair) {
        return pair.first.substr(0, pair.first.find('.')) == variable.name && !pair.second.empty();
      });
      if (variable.required && !given) {
        const auto place = row.places.find(variable.name);
        row.problems.push_back({Code{"roster-required"},
                                {{"name", variable.name}},
                                place != row.places.end() ? place->second : record.cells.front().where,
                                {},
                                {}});
      }
    }
  }

  const Columns& columns_;
  const Binding& binding_;
  fs::path folder_;
  Reporter& reporter_;
  Names names_;
  std::map<std::string, int> ids_;  ///< And the lines where they first stand.
};

}  // namespace

Result<Table> read_table(const std::string& path, Reporter& reporter) {
  TRY_ASSIGN(std::string bytes, read_file(path, kLargest));
  if (bytes.starts_with(kZip) || bytes.starts_with(kCompound)) {
    return fail(Code{"roster-workbook"}, {{"path", path}});
  }
  blank_controls(bytes, path, reporter);
  TRY_ASSIGN(const language::DecodedText decoded, language::decode_text(bytes, path));
  TRY_ASSIGN(Table table, parse_csv(decoded.text, path));
  if (table.records.size() < 2) {
    return fail(Code{"roster-empty"}, {{"path", path}});
  }
  return table;
}

Result<Roster> read_roster(const std::string& path, const Binding& binding, Reporter& reporter) {
  TRY_ASSIGN(const Table table, read_table(path, reporter));
  TRY_ASSIGN(const Columns columns, Columns::bind(table, binding, reporter));
  Binder binder(columns, binding, path, reporter);
  Roster roster;
  roster.separator = table.separator;
  for (const Columns::Bound& column : columns.bound()) {
    roster.varying.insert(column.variable->name);
  }
  for (const auto& [name, pattern] : binding.set) {
    if (!columns.mentioned(pattern, table.records.front()).empty()) {
      roster.varying.insert(name.substr(0, name.find('.')));
    }
  }
  if (table.records.size() == 2) {
    roster.varying.clear();
  }
  for (std::size_t i = 1; i < table.records.size(); ++i) {
    roster.rows.push_back(binder.bind(table.records[i], i));
  }
  return roster;
}

}  // namespace capsule::batch

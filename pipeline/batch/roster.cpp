#include "batch/roster.h"

#include <algorithm>
#include <filesystem>
#include <set>
#include <utility>

#include "base/files.h"
#include "batch/name.h"
#include "language/encoding.h"

namespace capsule::batch {
namespace {

namespace fs = std::filesystem;

constexpr std::size_t kLargest = std::size_t{16} << 20;

const preset::VariableInfo* variable_of(const Binding& binding, const std::string& column) {
  const std::string name = column.substr(0, column.find('.'));
  const auto found = std::find_if(binding.variables.begin(), binding.variables.end(),
                                  [&](const auto& v) { return v.name == column || v.name == name; });
  return found == binding.variables.end() ? nullptr : &*found;
}

bool is_file(const preset::VariableInfo& variable) {
  return variable.type == "path" || variable.type == "image";
}

class Binder {
 public:
  Binder(const Table& table, const Binding& binding, const std::string& path)
      : heading_(table.records.front().cells), binding_(binding), folder_(fs::path(path).parent_path()) {}

  void warn_of_columns(Reporter& reporter) const {
    for (const Cell& column : heading_) {
      const bool used = std::any_of(binding_.set.begin(), binding_.set.end(), [&](const auto& pair) {
        return pair.second.find("{" + column.text + "}") != std::string::npos;
      });
      if (column.text != "id" && !used && variable_of(binding_, column.text) == nullptr) {
        reporter.warn({Code{"roster-column"}, {{"name", column.text}}, column.where, {}, {}});
      }
    }
  }

  Row bind(const Record& record, std::size_t number) {
    Row row;
    row.where = record.cells.front().where;
    row.id = cell(record, "id");
    if (row.id.empty()) {
      row.id = std::to_string(number);
    }
    if (record.cells.size() > heading_.size()) {
      row.problems.push_back({Code{"roster-cells"},
                              {{"count", static_cast<std::int64_t>(record.cells.size())},
                               {"limit", static_cast<std::int64_t>(heading_.size())}},
                              record.cells[heading_.size()].where,
                              {},
                              {}});
    }
    for (std::size_t i = 0; i < std::min(heading_.size(), record.cells.size()); ++i) {
      put(row, heading_[i].text, record.cells[i]);
    }
    for (const auto& [name, pattern] : binding_.set) {
      row.values[name] = filled(pattern, record);
      row.places.try_emplace(name, row.where);
    }
    require(row, record);
    row.stem = names_.take(stem_of(row, record));
    return row;
  }

 private:
  [[nodiscard]] std::string cell(const Record& record, const std::string& column) const {
    for (std::size_t i = 0; i < std::min(heading_.size(), record.cells.size()); ++i) {
      if (heading_[i].text == column) {
        return record.cells[i].text;
      }
    }
    return "";
  }

  void put(Row& row, const std::string& column, const Cell& cell) const {
    const preset::VariableInfo* variable = variable_of(binding_, column);
    if (variable == nullptr) {
      return;
    }
    row.places[column] = cell.where;
    if (!cell.text.empty()) {
      row.values[column] = is_file(*variable) ? beside(cell.text) : cell.text;
    }
  }

  [[nodiscard]] std::string beside(const std::string& file) const {
    return fs::path(file).is_absolute() ? file : (folder_ / file).string();
  }

  [[nodiscard]] std::string filled(std::string pattern, const Record& record) const {
    for (const Cell& column : heading_) {
      const std::string mark = "{" + column.text + "}";
      for (auto at = pattern.find(mark); !column.text.empty() && at != std::string::npos;
           at = pattern.find(mark, at)) {
        const std::string value = cell(record, column.text);
        pattern.replace(at, mark.size(), value);
        at += value.size();
      }
    }
    return pattern;
  }

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

  [[nodiscard]] std::string stem_of(const Row& row, const Record& record) const {
    const std::string name = cell(record, "name");
    return file_word(name.empty() ? row.id : row.id + "-" + name);
  }

  const std::vector<Cell>& heading_;
  const Binding& binding_;
  fs::path folder_;
  Names names_;
};

}  // namespace

Result<Roster> read_roster(const std::string& path, const Binding& binding, Reporter& reporter) {
  TRY_ASSIGN(const std::string bytes, read_file(path, kLargest));
  TRY_ASSIGN(const language::DecodedText decoded, language::decode_text(bytes, path));
  TRY_ASSIGN(const Table table, parse_csv(decoded.text, path));
  if (table.records.size() < 2) {
    return fail(Code{"roster-empty"}, {{"path", path}});
  }
  Binder binder(table, binding, path);
  binder.warn_of_columns(reporter);
  Roster roster;
  for (std::size_t i = 1; i < table.records.size(); ++i) {
    roster.rows.push_back(binder.bind(table.records[i], i));
  }
  return roster;
}

}  // namespace capsule::batch

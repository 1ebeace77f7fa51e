#pragma once
#include <map>
#include <string>
#include <vector>

#include "base/report.h"
#include "base/result.h"
#include "batch/csv.h"
#include "preset/preset.h"

namespace capsule::batch {

/// One line of a roster.
struct Row {
  std::string id;                             ///< The cell of the column "id", else the row's number.
  std::string stem;                           ///< For the names of its files; no other row's.
  Where where;                                ///< Where the row begins.
  std::map<std::string, std::string> values;  ///< Of the preset's variables.
  std::map<std::string, Where> places;        ///< Of the values.
  std::vector<Error> problems;                ///< What is wrong with the row by itself.
};

struct Roster {
  std::vector<Row> rows;
};

/// What a roster is bound to.
struct Binding {
  std::vector<preset::VariableInfo> variables;
  /// Values for every row; {column} stands for the cell of that column.
  std::map<std::string, std::string> set;
};

/// CSV file → rows whose columns are the preset's variables ("name", "name.fr"). A column that is none is one
/// warning (kRosterColumn) unless `set` uses it. A required variable that a row leaves empty and a row with
/// more cells than the heading are problems of that row. Files that a row names are looked for beside the
/// roster. kRosterEmpty, and what parse_csv and read_file say.
Result<Roster> read_roster(const std::string& path, const Binding& binding, Reporter& reporter);

}  // namespace capsule::batch

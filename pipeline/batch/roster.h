#pragma once
#include <map>
#include <set>
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
  char separator = ',';  ///< Of its cells.
  /// Variables that have a column or are set from one, whatever its cells hold: in these the films may
  /// differ.
  std::set<std::string> varying;
};

/// What a roster is bound to.
struct Binding {
  std::vector<preset::VariableInfo> variables;
  /// Values for every row; {column} stands for the cell of that column.
  std::map<std::string, std::string> set;
};

/// A CSV file in any encoding that decode_text knows. Control characters, which no text needs, are read as
/// spaces, with one warning ("roster-control"). "roster-empty" without a line below the heading,
/// "roster-workbook" for a spreadsheet's own format, and what parse_csv and read_file say.
Result<Table> read_table(const std::string& path, Reporter& reporter);

/// CSV file → rows whose columns are the preset's variables, by name ("name", "name.fr", in any case), by
/// label or by the usual words for a name, a logo, a colour. A column that is none is one warning
/// ("roster-column", with the variable that it may have meant) unless `set` uses it; a column without a
/// heading is left out, with a warning if it holds anything
/// ("roster-headless"), and so is the second of two that mean the same ("roster-column-twice"); an id that
/// rows share is a warning ("roster-id-twice"). A required variable that a row leaves empty and a row with
/// more cells than the heading are problems of that row. Files that a row names are looked for beside the
/// roster and may not lie elsewhere, which is a problem of that row too ("roster-path"). A required variable
/// without a column is an error for all ("roster-no-column"), and so is {column} in `set` without such a
/// column ("roster-no-such-column"); cells that stand between "|" are "roster-separator"; otherwise errors
/// are read_table's.
Result<Roster> read_roster(const std::string& path, const Binding& binding, Reporter& reporter);

}  // namespace capsule::batch

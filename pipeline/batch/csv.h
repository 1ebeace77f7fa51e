#pragma once
#include <string>
#include <string_view>
#include <vector>

#include "base/result.h"

namespace capsule::batch {

struct Cell {
  std::string text;
  Where where;
};

/// A line of a table, or several where a quoted cell holds line ends.
struct Record {
  int line = 0;
  std::vector<Cell> cells;
};

struct Table {
  char separator = ',';
  std::vector<Record> records;  ///< Empty lines are left out; the first is the heading.
};

/// RFC 4180 as people's tools write it: commas, semicolons or tabs (whichever the heading holds most of),
/// quoted cells with doubled quotes, CR LF, LF or CR, a first line "sep=;". `utf8` without byte order mark. A
/// quote that is not closed: "roster-quote"; above 10 000 rows, 200 cells in one, 65 536 bytes in one:
/// "roster-too-long", "roster-too-wide", "roster-cell-too-long".
Result<Table> parse_csv(std::string_view utf8, const std::string& file);

/// A cell for a table of ours with that separator: quoted where it must be, and never taken for a formula by
/// a spreadsheet.
std::string csv_cell(std::string_view text, char separator);

}  // namespace capsule::batch

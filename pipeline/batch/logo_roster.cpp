#include "batch/logo_roster.h"

#include <algorithm>
#include <filesystem>
#include <optional>

#include "base/ascii.h"
#include "batch/headings.h"
#include "batch/logo.h"
#include "batch/roster.h"
#include "preset/paths.h"

namespace capsule::batch {
namespace {

namespace fs = std::filesystem;

bool ends_in(const std::string& path, std::string_view ending) {
  return ascii::same_word(fs::path(path).extension().string(), ending);
}

std::optional<std::size_t> column_of(const Record& heading, std::string_view column) {
  const auto found = std::ranges::find_if(
      heading.cells, [&](const Cell& cell) { return usual_column(bare_heading(cell.text)) == column; });
  return found == heading.cells.end() ? std::nullopt
                                      : std::optional<std::size_t>(found - heading.cells.begin());
}

const Cell& cell_of(const Record& record, std::optional<std::size_t> column) {
  static const Cell kNone;
  return column && *column < record.cells.size() ? record.cells[*column] : kNone;
}

}  // namespace

bool is_svg(const std::string& path) {
  return ends_in(path, ".svg");
}

bool is_png(const std::string& path) {
  return ends_in(path, ".png");
}

Result<std::vector<WantedLogo>> wanted_logos(const std::string& roster, Reporter& reporter) {
  TRY_ASSIGN(const Table table, read_table(roster, reporter));
  const Record& heading = table.records.front();
  const auto names = column_of(heading, "name");
  const auto files = column_of(heading, "logo");
  if (!names || !files) {
    return fail(Code{"logo-column"}, {{"path", roster}, {"name", names ? "logo" : "name"}});
  }
  const auto colors = column_of(heading, "color");
  std::vector<WantedLogo> wanted;
  for (std::size_t i = 1; i < table.records.size(); ++i) {
    const Cell& name = cell_of(table.records[i], names);
    const Cell& file = cell_of(table.records[i], files);
    const Cell& color = cell_of(table.records[i], colors);
    if (name.text.empty()) {
      continue;
    }
    WantedLogo logo{name.text, logo_color(name.text), "", file.where, {}};
    if (!file.text.empty()) {
      logo.path = (fs::path(roster).parent_path() / file.text).string();
      if (!preset::stays_below(preset::folder_of(roster), file.text) ||
          (!is_png(file.text) && !is_svg(file.text))) {
        logo.problems.push_back({Code{"logo-path"}, {{"path", file.text}}, file.where, {}, {}});
      }
    }
    if (!color.text.empty()) {
      if (auto parsed = parse_color(color.text)) {
        logo.color = *parsed;
      } else {
        Error problem = parsed.error();
        problem.where = color.where;
        logo.problems.push_back(std::move(problem));
      }
    }
    wanted.push_back(std::move(logo));
  }
  return wanted;
}

}  // namespace capsule::batch

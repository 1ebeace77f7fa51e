#pragma once
#include <map>
#include <optional>
#include <string>
#include <vector>

#include "base/report.h"
#include "batch/batch.h"

namespace capsule::batch {

/// What a batch is asked for.
struct Wish {
  std::vector<std::string> presets;              ///< Files, and folders that hold such files.
  std::string roster;                            ///< Empty: a capsule per preset.
  std::vector<std::string> profiles, languages;  ///< Empty: the presets' own.
  std::map<std::string, std::string> set;
  std::vector<std::string> only;  ///< Ids, as people type them; empty: all.
  int limit = 0;                  ///< The first so many rows, or presets where there is no roster; 0: all.
  std::string shard;              ///< "2/4"; empty: all.
  bool draft = false, allow_damaged = false;
};

struct Jobs {
  std::vector<Item> items;
  std::optional<char> separator;  ///< Of the roster.
};

/// The capsules: every row × preset, or every preset, × profile × language. A preset whose own profiles
/// cannot be read for a row is one capsule, which fails, and so is a preset that cannot be read beside
/// others. In a folder, a series' shared file ("_…") and what does not say "capsule:" are no presets.
/// "batch-nothing" for a folder without any, "batch-unknown-id" ("…-near"), "bad-shard", "set-unknown"
/// ("…-near", "set-none"), and what Targets, variables_of and read_roster say. Warns of logos that are not
/// there
/// ("roster-pictures-missing").
Result<Jobs> jobs_of(const Wish& wish, const std::vector<std::string>& data_folders, Reporter& reporter);

/// "report", "report-part", "report-1-2": some of the rows (and a batch that was not `whole`) do not replace
/// the report of all, and each share has its own.
std::string report_stem(const Wish& wish, bool whole = true);

/// The problem as it is told: what the preset's own text says because of a row, at the row.
Error at_row(const Error& problem, const Item& item, language::UiLanguage ui);

}  // namespace capsule::batch

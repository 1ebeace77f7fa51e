#include "batch/jobs.h"

#include <algorithm>
#include <charconv>
#include <filesystem>
#include <set>

#include "base/files.h"
#include "batch/headings.h"
#include "batch/name.h"
#include "batch/roster.h"
#include "batch/targets.h"
#include "language/tag.h"
#include "preset/nearest.h"
#include "preset/paths.h"
#include "render/requests.h"

namespace capsule::batch {
namespace {

namespace fs = std::filesystem;

/// Folders hold brands and profiles too; a preset says "capsule: 1".
bool is_preset(const fs::path& path) {
  constexpr std::size_t kLargest = std::size_t{4} << 20;
  if (!preset::is_yaml(path.string()) || path.filename().string().starts_with('_')) {
    return false;
  }
  const auto text = read_file(path.string(), kLargest);
  return text && (text->starts_with("capsule:") || text->find("\ncapsule:") != std::string::npos);
}

Result<std::vector<std::string>> presets_in(const std::vector<std::string>& given) {
  std::vector<std::string> presets;
  for (const std::string& path : given) {
    std::error_code ec;
    if (!fs::is_directory(path, ec)) {
      presets.push_back(path);
      continue;
    }
    std::vector<std::string> found;
    for (const auto& entry : fs::directory_iterator(path, ec)) {
      if (is_preset(entry.path())) {
        found.push_back(entry.path().string());
      }
    }
    if (found.empty()) {
      return fail(Code{"batch-nothing"}, {{"path", path}});
    }
    std::ranges::sort(found);
    presets.insert(presets.end(), found.begin(), found.end());
  }
  return presets;
}

struct Shard {
  std::size_t number = 0, of = 1;  ///< From 0.
};

Result<Shard> shard_of(const std::string& text) {
  Shard shard;
  if (text.empty()) {
    return shard;
  }
  const char* end = text.data() + text.size();
  const auto first = std::from_chars(text.data(), end, shard.number);
  const bool slash = first.ec == std::errc() && first.ptr != end && *first.ptr == '/';
  const auto second = slash ? std::from_chars(first.ptr + 1, end, shard.of) : first;
  if (!slash || second.ec != std::errc() || second.ptr != end || shard.number < 1 ||
      shard.number > shard.of) {
    return fail(Code{"bad-shard"}, {{"text", text}});
  }
  --shard.number;
  return shard;
}

/// Told before the work, and with the way out.
void warn_of_logos(const Roster& roster, const std::string& path, Reporter& reporter) {
  const std::int64_t missing = std::ranges::count_if(roster.rows, [](const Row& row) {
    const auto logo = row.values.find("logo");
    return logo != row.values.end() && !logo->second.empty() && !preset::existing(logo->second);
  });
  if (missing > 0) {
    reporter.warn({Code{"roster-pictures-missing"}, {{"count", missing}, {"path", path}}, {}, {}, {}});
  }
}

/// What --set names must be variables: told once, and not of every row.
Status check_set(const std::map<std::string, std::string>& set,
                 const std::vector<preset::VariableInfo>& variables) {
  std::vector<std::string> names;
  for (const preset::VariableInfo& variable : variables) {
    names.push_back(variable.name);
  }
  for (const auto& [given, value] : set) {
    const auto dot = given.find('.');
    const bool one = std::ranges::find(names, given) != names.end();
    const bool by_language = dot != std::string::npos && language::canonical_tag(given.substr(dot + 1)) &&
                             std::ranges::find(names, given.substr(0, dot)) != names.end();
    if (one || by_language) {
      continue;
    }
    if (names.empty()) {
      return fail(Code{"set-none"}, {{"name", given}});
    }
    if (const auto near = preset::nearest(given, names)) {
      return fail(Code{"set-unknown-near"}, {{"name", given}, {"near", *near}});
    }
    return fail(Code{"set-unknown"}, {{"name", given}, {"known", preset::join_names(names)}});
  }
  return {};
}

/// "4" for "004", "A-O1" for "A-01". Short ids are all alike, which says nothing.
std::optional<std::string> meant_id(const std::string& id, const std::vector<std::string>& ids) {
  const auto significant = [](const std::string& text) {
    return text.substr(std::min(text.find_first_not_of('0'), text.size()));
  };
  const auto same = std::ranges::find(ids, significant(id), significant);
  if (same != ids.end()) {
    return *same;
  }
  constexpr std::size_t kTelling = 3;
  return id.size() < kTelling ? std::nullopt : preset::nearest(id, ids);
}

class Lister {
 public:
  Lister(const Wish& wish, const std::vector<std::string>& data_folders, Reporter& reporter)
      : wish_(wish), data_folders_(data_folders), reporter_(reporter), targets_(data_folders) {
    for (const std::string& id : wish.only) {
      if (std::string bare = bare_heading(id); !bare.empty()) {
        only_.push_back(std::move(bare));
      }
    }
    // Nothing but commas chooses nothing, and not everything.
    if (only_.empty() && !wish.only.empty()) {
      only_ = wish.only;
    }
  }

  /// What the command line says for all.
  Status check_wish() {
    const std::vector<std::string> any(1);
    std::vector<render::Request> requests;
    for (const std::string& profile : wish_.profiles.empty() ? any : wish_.profiles) {
      for (const std::string& language : wish_.languages.empty() ? any : wish_.languages) {
        requests.push_back({"", profile, language, {}, wish_.draft, wish_.allow_damaged});
      }
    }
    TRY(targets_.of(requests));
    return {};
  }

  /// The capsules of one preset: one, or one a row. With `others` beside it, one that cannot be read is a
  /// capsule that fails.
  Status list(const std::string& preset, bool others) {
    const std::string word = file_word(fs::path(preset).stem().string());
    const auto variables = preset::variables_of(preset, {{}, data_folders_});
    if (variables) {
      TRY(check_set(wish_.set, *variables));
    }
    if (wish_.roster.empty() || (!variables && others)) {
      Item item;
      item.id = fs::path(preset).stem().string();
      item.stem = names_.take(word);
      item.request.set = wish_.set;
      if (!wish_.roster.empty()) {
        item.problems = {variables.error()};
        return add(preset, std::move(item));
      }
      ids_.push_back(item.id);
      if (is_wanted(item.id) && (wish_.limit == 0 || alone_ < wish_.limit)) {
        ++alone_;
        return add(preset, std::move(item));
      }
      return {};
    }
    if (!variables) {
      return fail(variables.error());
    }
    return list_rows(preset, word, *variables);
  }

  /// What is left by --only, --limit and --shard.
  Result<Jobs> take() {
    TRY_ASSIGN(const Shard shard, shard_of(wish_.shard));
    for (const std::string& id : only_) {
      if (std::ranges::find(ids_, id, bare_heading) != ids_.end()) {
        continue;
      }
      if (const auto meant = meant_id(id, ids_)) {
        return fail(Code{"batch-unknown-id-near"}, {{"id", id}, {"nearest", *meant}});
      }
      return fail(Code{"batch-unknown-id"}, {{"id", id}});
    }
    std::vector<Item> mine;
    for (std::size_t i = shard.number; i < jobs_.items.size(); i += shard.of) {
      mine.push_back(std::move(jobs_.items[i]));
    }
    jobs_.items = std::move(mine);
    return std::move(jobs_);
  }

 private:
  Status list_rows(const std::string& preset, const std::string& word,
                   const std::vector<preset::VariableInfo>& variables) {
    TRY_ASSIGN(Roster roster, read_roster(wish_.roster, {variables, wish_.set}, reporter_));
    jobs_.separator = roster.separator;
    warn_of_logos(roster, wish_.roster, reporter_);
    for (const Row& row : roster.rows) {
      ids_.push_back(row.id);
    }
    std::erase_if(roster.rows, [&](const Row& row) { return !is_wanted(row.id); });
    for (Row& row : roster.rows) {
      if (wish_.limit > 0 && &row - roster.rows.data() >= wish_.limit) {
        break;
      }
      Item item;
      item.id = std::move(row.id);
      // Films of several presets may share a folder. A dot, which no word holds, keeps row and preset apart.
      item.stem = names_.take(row.stem + "." + word);
      item.row = row.where;
      item.request.set = std::move(row.values);
      item.request.varying = roster.varying;
      item.places = std::move(row.places);
      item.problems = std::move(row.problems);
      TRY(add(preset, std::move(item)));
    }
    return {};
  }

  [[nodiscard]] bool is_wanted(const std::string& id) const {
    return only_.empty() || std::ranges::find(only_, bare_heading(id)) != only_.end();
  }

  Status add(const std::string& preset, Item item) {
    item.request.preset = preset;
    item.request.draft = wish_.draft;
    item.request.allow_damaged = wish_.allow_damaged;
    const auto requests = render::requests_of(item.request, wish_.profiles, wish_.languages, data_folders_);
    TRY_ASSIGN(const std::vector<Target> targets,
               targets_.of(requests ? *requests : std::vector{item.request}));
    for (const Target& target : targets) {
      jobs_.items.push_back(item);
      jobs_.items.back().request = target.request;
      jobs_.items.back().profile = target.profile;
      jobs_.items.back().language = target.language;
    }
    return {};
  }

  const Wish& wish_;
  const std::vector<std::string>& data_folders_;
  Reporter& reporter_;
  Targets targets_;
  Names names_;
  std::vector<std::string> only_, ids_;
  int alone_ = 0;  ///< Presets taken without a roster.
  Jobs jobs_;
};

}  // namespace

Result<Jobs> jobs_of(const Wish& wish, const std::vector<std::string>& data_folders, Reporter& reporter) {
  TRY_ASSIGN(const std::vector<std::string> presets, presets_in(wish.presets));
  Lister lister(wish, data_folders, reporter);
  TRY(lister.check_wish());
  for (const std::string& preset : presets) {
    TRY(lister.list(preset, presets.size() > 1));
  }
  return lister.take();
}

std::string report_stem(const Wish& wish, bool whole) {
  std::string stem = "report";
  stem += wish.only.empty() && wish.limit == 0 && whole ? "" : "-part";
  stem += wish.shard.empty() ? "" : "-" + wish.shard;
  std::ranges::replace(stem, '/', '-');
  return stem;
}

Error at_row(const Error& problem, const Item& item, language::UiLanguage ui) {
  if (item.row.file.empty() || problem.where.file == item.row.file) {
    return problem;
  }
  return {Code{"roster-row"},
          {{"id", item.id}, {"detail", language::message(problem, ui)}},
          item.row,
          problem.native,
          {}};
}

}  // namespace capsule::batch

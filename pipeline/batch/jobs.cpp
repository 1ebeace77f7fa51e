#include "batch/jobs.h"

#include <algorithm>
#include <charconv>
#include <filesystem>

#include "base/files.h"
#include "batch/name.h"
#include "batch/roster.h"
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

class Lister {
 public:
  Lister(const Wish& wish, const std::vector<std::string>& data_folders, Reporter& reporter)
      : wish_(wish), data_folders_(data_folders), reporter_(reporter) {}

  /// The capsules of one preset: one, or one a row.
  Status list(const std::string& preset) {
    const std::string word = file_word(fs::path(preset).stem().string());
    if (wish_.roster.empty()) {
      Item item;
      item.id = fs::path(preset).stem().string();
      item.stem = names_.take(word);
      item.request.set = wish_.set;
      ids_.push_back(item.id);
      if (is_wanted(item.id) && (wish_.limit == 0 || alone_ < wish_.limit)) {
        ++alone_;
        add(preset, std::move(item));
      }
      return {};
    }
    TRY_ASSIGN(const std::vector<preset::VariableInfo> variables,
               preset::variables_of(preset, {{}, data_folders_}));
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
      add(preset, std::move(item));
    }
    return {};
  }

  /// What is left by --only, --limit and --shard.
  Result<Jobs> take() {
    TRY_ASSIGN(const Shard shard, shard_of(wish_.shard));
    for (const std::string& id : wish_.only) {
      if (std::ranges::find(ids_, id) == ids_.end()) {
        return fail(Code{"batch-unknown-id"}, {{"id", id}});
      }
    }
    std::vector<Item> mine;
    for (std::size_t i = shard.number; i < jobs_.items.size(); i += shard.of) {
      mine.push_back(std::move(jobs_.items[i]));
    }
    jobs_.items = std::move(mine);
    return std::move(jobs_);
  }

 private:
  [[nodiscard]] bool is_wanted(const std::string& id) const {
    return wish_.only.empty() || std::ranges::find(wish_.only, id) != wish_.only.end();
  }

  void add(const std::string& preset, Item item) {
    item.request.preset = preset;
    item.request.draft = wish_.draft;
    item.request.allow_damaged = wish_.allow_damaged;
    const auto requests = render::requests_of(item.request, wish_.profiles, wish_.languages, data_folders_);
    for (const render::Request& request : requests ? *requests : std::vector<render::Request>{item.request}) {
      jobs_.items.push_back(item);
      jobs_.items.back().request = request;
    }
  }

  const Wish& wish_;
  const std::vector<std::string>& data_folders_;
  Reporter& reporter_;
  Names names_;
  std::vector<std::string> ids_;
  int alone_ = 0;  ///< Presets taken without a roster.
  Jobs jobs_;
};

}  // namespace

Result<Jobs> jobs_of(const Wish& wish, const std::vector<std::string>& data_folders, Reporter& reporter) {
  TRY_ASSIGN(const std::vector<std::string> presets, presets_in(wish.presets));
  Lister lister(wish, data_folders, reporter);
  for (const std::string& preset : presets) {
    TRY(lister.list(preset));
  }
  return lister.take();
}

std::string report_stem(const Wish& wish) {
  std::string stem = wish.only.empty() && wish.limit == 0 ? "report" : "report-part";
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

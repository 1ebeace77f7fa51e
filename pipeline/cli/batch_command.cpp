#include <fmt/format.h>

#include <algorithm>
#include <charconv>
#include <filesystem>
#include <memory>
#include <optional>
#include <set>
#include <thread>

#include "base/files.h"
#include "batch/batch.h"
#include "batch/name.h"
#include "batch/roster.h"
#include "cli/cache.h"
#include "cli/commands.h"
#include "cli/memory_plan.h"
#include "preset/variable_labels.h"
#include "text/font.h"

namespace capsule::cli {
namespace {

namespace fs = std::filesystem;

constexpr std::size_t kHead = std::size_t{4} << 20;

/// Folders hold brands and profiles too; a preset says "capsule: 1".
bool is_preset(const fs::path& path) {
  const auto text = read_file(path.string(), kHead);
  return text && (text->starts_with("capsule:") || text->find("\ncapsule:") != std::string::npos);
}

Result<std::vector<std::string>> presets_of(const std::vector<std::string>& given) {
  std::vector<std::string> presets;
  for (const std::string& path : given) {
    std::error_code ec;
    if (!fs::is_directory(path, ec)) {
      presets.push_back(path);
      continue;
    }
    std::vector<std::string> found;
    for (const auto& entry : fs::directory_iterator(path, ec)) {
      if (entry.path().extension() == ".yaml" && is_preset(entry.path())) {
        found.push_back(entry.path().string());
      }
    }
    if (found.empty()) {
      return fail(Code{"batch-nothing"}, {{"path", path}});
    }
    std::sort(found.begin(), found.end());
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

/// The capsules of one preset: one, or one a row.
class Lister {
 public:
  Lister(const BatchArguments& arguments, const Session& session, bool several)
      : arguments_(arguments), session_(session), several_(several) {}

  Status list(const std::string& preset) {
    const std::string stem = fs::path(preset).stem().string();
    if (arguments_.data.empty()) {
      batch::Item item;
      item.id = stem;
      item.stem = names_.take(batch::file_word(stem));
      item.request.set = arguments_.of.set;
      return add(preset, std::move(item));
    }
    const preset::LoadOptions options{{}, session_.data_folders};
    TRY_ASSIGN(const std::vector<preset::VariableInfo> variables, preset::variables_of(preset, options));
    TRY_ASSIGN(const auto labels, preset::variable_labels(preset, options));
    TRY_ASSIGN(
        batch::Roster roster,
        batch::read_roster(arguments_.data, {variables, labels, arguments_.of.set}, *session_.console));
    separator_ = roster.separator;
    warn_of_logos(roster);
    for (batch::Row& row : roster.rows) {
      batch::Item item;
      item.id = std::move(row.id);
      item.stem = names_.take(several_ ? row.stem + "-" + batch::file_word(stem) : row.stem);
      item.row = row.where;
      item.request.set = std::move(row.values);
      item.places = std::move(row.places);
      item.problems = std::move(row.problems);
      TRY(add(preset, std::move(item)));
    }
    return {};
  }

  /// Of the roster, or what spreadsheets take in the language of the messages.
  [[nodiscard]] char separator() const {
    const bool english = session_.console->ui() == language::UiLanguage::kEnglish;
    return separator_.value_or(english ? ',' : ';');
  }

  /// What is left by --only, --limit and --shard.
  Result<std::vector<batch::Item>> chosen() {
    TRY_ASSIGN(const Shard shard, shard_of(arguments_.shard));
    for (const std::string& id : arguments_.only) {
      if (std::none_of(items_.begin(), items_.end(), [&](const auto& i) { return i.id == id; })) {
        return fail(Code{"batch-unknown-id"}, {{"id", id}});
      }
    }
    const auto& only = arguments_.only;
    std::erase_if(items_, [&](const batch::Item& item) {
      return !only.empty() && std::find(only.begin(), only.end(), item.id) == only.end();
    });
    if (arguments_.limit > 0 && items_.size() > static_cast<std::size_t>(arguments_.limit)) {
      items_.resize(static_cast<std::size_t>(arguments_.limit));
    }
    std::vector<batch::Item> mine;
    for (std::size_t i = 0; i < items_.size(); ++i) {
      if (i % shard.of == shard.number) {
        mine.push_back(std::move(items_[i]));
      }
    }
    return mine;
  }

 private:
  /// Told before the work, and with the way out.
  void warn_of_logos(const batch::Roster& roster) const {
    const std::int64_t missing = std::ranges::count_if(roster.rows, [](const batch::Row& row) {
      const auto logo = row.values.find("logo");
      std::error_code ec;
      return logo != row.values.end() && !logo->second.empty() && !fs::exists(logo->second, ec);
    });
    if (missing > 0) {
      session_.console->warn(
          {Code{"roster-pictures-missing"}, {{"count", missing}, {"path", arguments_.data}}, {}, {}, {}});
    }
  }

  Status add(const std::string& preset, batch::Item item) {
    item.request.preset = preset;
    item.request.draft = arguments_.draft;
    item.request.allow_damaged = arguments_.allow_damaged;
    std::vector<std::string> profiles = arguments_.of.profiles;
    if (profiles.empty()) {
      profiles.emplace_back();
    }
    std::vector<std::string> languages = arguments_.of.languages;
    if (languages.empty()) {
      languages.emplace_back();
    }
    for (const std::string& profile : profiles) {
      for (const std::string& language : languages) {
        item.request.profile = profile;
        item.request.language = language;
        items_.push_back(item);
      }
    }
    return {};
  }

  const BatchArguments& arguments_;
  const Session& session_;
  bool several_;
  batch::Names names_;
  std::optional<char> separator_;
  std::vector<batch::Item> items_;
};

/// A problem that the preset's own text has because of a row is told at the row.
Error at_row(const Error& problem, const batch::Item& item, language::UiLanguage ui) {
  if (item.row.file.empty() || problem.where.file == item.row.file) {
    return problem;
  }
  return {Code{"roster-row"},
          {{"id", item.id}, {"detail", language::message(problem, ui)}},
          item.row,
          problem.native,
          {}};
}

void tell(const batch::Outcome& outcome, Console& console) {
  const bool failed = outcome.state == batch::State::kFailed;
  const bool made = outcome.state == batch::State::kMade;
  console.end();
  for (const Error& problem : outcome.problems) {
    console.error(at_row(problem, *outcome.item, console.ui()));
  }
  Json event = Json::object();
  event.set("event", "capsule").set("id", outcome.item->id).set("profile", outcome.profile);
  event.set("state", failed ? "failed" : made ? "made" : "unchanged").set("path", outcome.output);
  event.set("segments", outcome.film.segments).set("reused", outcome.film.reused);
  event.set("composed", outcome.film.composed).set("bytes", outcome.film.bytes);
  console.event(event);
  if (made) {
    console.say("wrote-video", {{"path", outcome.output},
                                {"size", console.megabytes(static_cast<std::uint64_t>(outcome.film.bytes))},
                                {"seconds", fmt::format("{:.1f}", outcome.film.seconds)}});
  } else if (!failed) {
    console.say("batch-unchanged", {{"path", outcome.output}});
  }
}

/// Some of the rows do not replace the report of all, and each share has its own.
std::string report_name(const BatchArguments& arguments, const char* ending) {
  std::string part = arguments.only.empty() && arguments.limit == 0 ? "" : "-part";
  part += arguments.shard.empty() ? "" : "-" + arguments.shard;
  std::ranges::replace(part, '/', '-');
  return "report" + part + ending;
}

Status write_file(const fs::path& path, std::string_view text) {
  TRY_ASSIGN(AtomicFile file, AtomicFile::create(path.string()));
  TRY(file.write(text));
  return file.commit();
}

Status write_reports(const BatchArguments& arguments, const std::string& folder, char separator,
                     const std::vector<batch::Outcome>& outcomes, const Console& console) {
  const auto message = [&](const Error& e) { return language::message(e, console.ui()); };
  TRY(write_file(fs::path(folder) / report_name(arguments, ".csv"),
                 batch::write_report(outcomes, separator, message)));
  return write_file(fs::path(folder) / report_name(arguments, ".html"),
                    batch::write_report_page(outcomes, console.ui(), message));
}

/// A row that was renamed leaves the film of its old name behind; deleting is for people.
void warn_of_superseded(const std::string& folder, const std::vector<batch::Outcome>& outcomes,
                        Console& console) {
  std::set<std::string> present;
  std::map<std::string, std::string> heads;  // "017-" and ".wa-chat.ar.mp4", with a tab between → id
  for (const batch::Outcome& outcome : outcomes) {
    const std::string file = fs::path(outcome.output).filename().string();
    present.insert(file);
    if (file.starts_with(outcome.item->stem) && !outcome.item->row.file.empty()) {
      heads[batch::file_word(outcome.item->id) + "-\t" + file.substr(outcome.item->stem.size())] =
          outcome.item->id;
    }
  }
  std::map<std::string, std::string> left;  // file → id
  std::error_code ec;
  for (const auto& entry : fs::directory_iterator(folder, ec)) {
    const std::string file = entry.path().filename().string();
    const auto dash = file.find('-');
    const auto dot = file.find('.');
    if (present.contains(file) || dash == std::string::npos || dot == std::string::npos) {
      continue;
    }
    if (const auto row = heads.find(file.substr(0, dash + 1) + "\t" + file.substr(dot)); row != heads.end()) {
      left[entry.path().string()] = row->second;
    }
  }
  for (const auto& [path, id] : left) {
    console.warn({Code{"batch-superseded"}, {{"path", path}, {"id", id}}, {}, {}, {}});
  }
}

Status conclude(const std::vector<batch::Outcome>& outcomes, const std::string& report, Console& console) {
  const auto count = [&](batch::State state) {
    return static_cast<std::int64_t>(std::ranges::count(outcomes, state, &batch::Outcome::state));
  };
  console.say("batch-done", {{"made", count(batch::State::kMade)},
                             {"unchanged", count(batch::State::kUnchanged)},
                             {"failed", count(batch::State::kFailed)}});
  if (const std::int64_t failed = count(batch::State::kFailed); failed > 0) {
    return fail(Code{"batch-failed"},
                {{"count", failed}, {"total", static_cast<std::int64_t>(outcomes.size())}, {"path", report}});
  }
  return {};
}

/// The memory that the first capsule takes; the others of a batch are its like.
Status tell_memory_of_first(const std::vector<batch::Item>& items, const render::Environment& environment,
                            const Session& session) {
  if (items.empty()) {
    return {};
  }
  SilentReporter silent;
  render::Environment quiet = environment;
  quiet.reporter = &silent;
  auto first = render::prepare(items.front().request, quiet);
  if (!first) {
    return {};  // It will be told with its row.
  }
  std::vector<render::Prepared> capsules;
  capsules.push_back(std::move(*first));
  return tell_memory(capsules, environment, session);
}

}  // namespace

Status batch_command(const BatchArguments& arguments, const Session& session) {
  Console& console = *session.console;
  TRY_ASSIGN(const std::vector<std::string> presets, presets_of(arguments.presets));
  Lister lister(arguments, session, presets.size() > 1);
  for (const std::string& preset : presets) {
    TRY(lister.list(preset));
  }
  TRY_ASSIGN(const std::vector<batch::Item> items, lister.chosen());
  TRY_ASSIGN(const std::unique_ptr<store::Store> store, open_store(arguments.cache, console));
  text::FontLibrary fonts;
  render::FactsCache facts(store.get());
  const int jobs = arguments.jobs > 0 ? arguments.jobs
                                      : std::max(1, static_cast<int>(std::thread::hardware_concurrency()));
  render::Environment environment{session.data_folders, &fonts, &facts,      &console,
                                  session.stop,         jobs,   store.get(), source::make_still_cache()};
  TRY_ASSIGN(environment.memory, memory_limit_of(arguments.memory));
  TRY(tell_memory_of_first(items, environment, session));
  batch::Options options;
  options.folder = arguments.output.empty() ? (fs::path(presets.front()).parent_path() / "out").string()
                                            : arguments.output;
  options.allow_damaged = arguments.allow_damaged;
  const batch::Listener listener{[&](const batch::Item& item) { console.begin(item.stem); },
                                 [&](const batch::Outcome& outcome) { tell(outcome, console); }};
  auto outcomes = batch::run(items, options, environment, listener);
  console.end();
  if (!outcomes) {
    return fail(std::move(outcomes).error());
  }
  if (arguments.only.empty() && arguments.limit == 0 && arguments.shard.empty()) {
    warn_of_superseded(options.folder, *outcomes, console);
  }
  TRY(write_reports(arguments, options.folder, lister.separator(), *outcomes, console));
  return conclude(*outcomes, (fs::path(options.folder) / report_name(arguments, ".html")).string(), console);
}

}  // namespace capsule::cli

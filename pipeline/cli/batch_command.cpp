#include <fmt/format.h>

#include <algorithm>
#include <charconv>
#include <filesystem>
#include <memory>
#include <set>
#include <thread>

#include "base/files.h"
#include "batch/batch.h"
#include "batch/name.h"
#include "batch/roster.h"
#include "cli/cache.h"
#include "cli/commands.h"
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
    TRY_ASSIGN(batch::Roster roster,
               batch::read_roster(arguments_.data, {variables, arguments_.of.set}, *session_.console));
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

Status write_report(const std::string& folder, const std::vector<batch::Outcome>& outcomes,
                    Console& console) {
  TRY_ASSIGN(AtomicFile file, AtomicFile::create((fs::path(folder) / "report.csv").string()));
  const auto message = [&](const Error& e) { return language::message(e, console.ui()); };
  TRY(file.write(std::string_view(batch::write_report(outcomes, message))));
  return file.commit();
}

Status conclude(const std::vector<batch::Outcome>& outcomes, Console& console) {
  const auto count = [&](batch::State state) {
    return static_cast<std::int64_t>(std::ranges::count(outcomes, state, &batch::Outcome::state));
  };
  console.say("batch-done", {{"made", count(batch::State::kMade)},
                             {"unchanged", count(batch::State::kUnchanged)},
                             {"failed", count(batch::State::kFailed)}});
  if (const std::int64_t failed = count(batch::State::kFailed); failed > 0) {
    return fail(Code{"batch-failed"},
                {{"count", failed}, {"total", static_cast<std::int64_t>(outcomes.size())}});
  }
  return {};
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
  const render::Environment environment{session.data_folders, &fonts, &facts,     &console,
                                        session.stop,         jobs,   store.get()};
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
  TRY(write_report(options.folder, *outcomes, console));
  return conclude(*outcomes, console);
}

}  // namespace capsule::cli

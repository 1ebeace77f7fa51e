#include <fmt/format.h>

#include <algorithm>
#include <filesystem>
#include <map>
#include <memory>
#include <set>
#include <tuple>

#include "base/files.h"
#include "batch/batch.h"
#include "batch/jobs.h"
#include "batch/superseded.h"
#include "cli/cache.h"
#include "cli/commands.h"
#include "cli/memory_plan.h"
#include "cli/size_cap.h"
#include "language/messages.h"
#include "preset/nearest.h"
#include "preset/paths.h"
#include "render/font_digests.h"
#include "source/source.h"
#include "text/font.h"

namespace capsule::cli {
namespace {

namespace fs = std::filesystem;

batch::Wish wish_of(const BatchArguments& a) {
  return {a.presets, a.data,  a.of.profiles, a.of.languages, a.of.set,
          a.only,    a.limit, a.shard,       a.draft,        a.allow_damaged};
}

/// What is said of one row is said with its name; what is said of many, once with the first of them and at
/// the end with all the others.
class RowWarnings {
 public:
  explicit RowWarnings(Console& console) : console_(console), messages_(console.ui()) {}

  void tell(const batch::Outcome& outcome) {
    for (const Error& warning : outcome.warnings) {
      console_.warn_event(warning, outcome.item->id);
      Error plain = warning;
      plain.where = {};
      const std::string& text = messages_.of(plain);
      const auto [place, fresh] = places_.try_emplace(text, said_.size());
      if (fresh) {
        said_.push_back({text, {}});
        if (!console_.json()) {
          console_.warn(batch::at_row(warning, *outcome.item, console_.ui()));
        }
      } else if (auto& ids = said_[place->second].others; ids.empty() || ids.back() != outcome.item->id) {
        ids.push_back(outcome.item->id);
      }
    }
  }

  void conclude() {
    for (const Said& said : said_) {
      if (!said.others.empty() && !console_.json()) {
        console_.warn({Code{"batch-also"},
                       {{"ids", preset::join_names(said.others)}, {"detail", said.text}},
                       {},
                       {},
                       {}});
      }
    }
  }

 private:
  struct Said {
    std::string text;
    std::vector<std::string> others;  ///< Ids behind the first.
  };

  Console& console_;
  language::Messages messages_;
  std::vector<Said> said_;
  std::map<std::string, std::size_t> places_;  ///< In said_, by text.
};

void tell(const batch::Outcome& outcome, RowWarnings& warnings, Console& console) {
  const bool failed = outcome.state == batch::State::kFailed;
  const bool made = outcome.state == batch::State::kMade;
  console.end();
  warnings.tell(outcome);
  for (const Error& problem : outcome.problems) {
    console.error(batch::at_row(problem, *outcome.item, console.ui()));
  }
  Json event = Json::object();
  event.set("event", "capsule").set("id", outcome.item->id).set("profile", outcome.profile);
  event.set("state", failed ? "failed" : made ? "made" : "unchanged").set("path", outcome.output);
  event.set("segments", outcome.film.segments).set("reused", outcome.film.reused);
  event.set("composed", outcome.film.composed).set("bytes", outcome.film.bytes);
  event.set("width", outcome.film.size.width).set("height", outcome.film.size.height);
  event.set("crf", outcome.film.crf).set("trials", outcome.film.trials);
  console.event(event);
  if (made) {
    console.say("wrote-video", {{"path", outcome.output},
                                {"size", console.megabytes(static_cast<std::uint64_t>(outcome.film.bytes))},
                                {"seconds", fmt::format("{:.1f}", outcome.film.seconds)}});
    tell_size_cap(outcome.film, console);
  } else if (!failed) {
    console.say("batch-unchanged", {{"path", outcome.output}});
  }
}

/// Both reports; `stem`: their path without the ending.
Status write_reports(const std::string& stem, char separator, const std::vector<batch::Outcome>& outcomes,
                     const Console& console) {
  language::Messages messages(console.ui());
  const auto message = [&](const Error& e) { return messages.of(e); };
  TRY(write_file(stem + ".csv", batch::write_report(outcomes, separator, message)));
  return write_file(stem + ".html", batch::write_report_page(outcomes, console.ui(), message));
}

std::int64_t count_of(const std::vector<batch::Outcome>& outcomes, batch::State state) {
  return static_cast<std::int64_t>(std::ranges::count(outcomes, state, &batch::Outcome::state));
}

/// Nothing more can be written to the folder: that is no fault of a row.
tl::unexpected<Error> folder_full(const Error& error, const std::string& folder, std::int64_t finished,
                                  std::size_t total) {
  const auto reason = std::ranges::find(error.args, "reason", &Arg::name);
  return fail(Code{"batch-folder"}, {{"path", folder},
                                     reason != error.args.end() ? *reason : Arg{"reason", std::string()},
                                     {"count", finished},
                                     {"total", static_cast<std::int64_t>(total)}});
}

/// Found out before the first film is drawn.
Status check_folder(const std::string& folder, std::size_t films) {
  const auto file = AtomicFile::create((fs::path(folder) / "report.csv").string());
  return file ? Status() : Status(folder_full(file.error(), folder, 0, films));
}

/// What ended the batch before its end, with what is finished.
Status ended_early(const batch::Run& run, const std::string& folder, std::size_t films) {
  const std::int64_t finished =
      count_of(run.outcomes, batch::State::kMade) + count_of(run.outcomes, batch::State::kUnchanged);
  if (run.ended_by->code != Code{"cancelled"}) {
    return folder_full(*run.ended_by, folder, finished, films);
  }
  return finished == 0 ? fail(*run.ended_by)
                       : fail(Code{"cancelled-part"},
                              {{"count", finished}, {"total", static_cast<std::int64_t>(films)}});
}

/// Films that stand in the folder and are no longer those of their rows. `whole`: all rows are known.
void tell_old_films(batch::Run& run, const std::string& folder, bool whole, Console& console) {
  if (whole) {
    for (const auto& [path, id] : batch::superseded(folder, run.outcomes)) {
      console.warn({Code{"batch-superseded"}, {{"path", path}, {"id", id}}, {}, {}, {}});
    }
  }
  for (const auto& [path, id] : batch::outdated(folder, run.outcomes)) {
    const Error warning{Code{"batch-old-film"}, {{"path", path}, {"id", id}}, {}, {}, {}};
    console.warn(warning);
    for (batch::Outcome& outcome : run.outcomes) {
      if (outcome.item->id == id && outcome.state == batch::State::kFailed) {
        outcome.warnings.push_back(warning);
      }
    }
  }
}

Status conclude(const std::vector<batch::Outcome>& outcomes, const std::string& report, Console& console) {
  const auto count = [&](batch::State state) { return count_of(outcomes, state); };
  const std::int64_t failed = count(batch::State::kFailed);
  console.say("batch-done", {{"made", count(batch::State::kMade)},
                             {"unchanged", count(batch::State::kUnchanged)},
                             {"failed", failed}});
  if (failed > 0) {
    const auto total = static_cast<std::int64_t>(outcomes.size());
    return fail(Code{"batch-failed"},
                {{"count", failed}, {"total", total}, {"left", total - failed}, {"path", report}});
  }
  return {};
}

/// Plans for the most that any capsule takes, by the first of each preset, place and language that can be
/// made ready, the other rows being its like; what stands takes nothing. What is left may keep clips where
/// rows differ.
Status share_memory(const std::vector<batch::Item>& items, const batch::Options& options,
                    render::Environment& environment, const Session& session) {
  SilentReporter silent;
  render::Environment quiet = environment;
  quiet.reporter = &silent;
  std::set<std::tuple<std::string, std::string, std::string>> kinds;
  std::vector<render::Prepared> capsules;
  for (const batch::Item& item : items) {
    const render::Request& request = item.request;
    const std::tuple kind(request.preset, request.profile, request.language);
    if (!item.problems.empty() || kinds.contains(kind) || options.standing.contains(&item)) {
      continue;
    }
    // What is wrong with a row is told in its turn.
    if (auto prepared = render::prepare(request, quiet); prepared) {
      kinds.insert(kind);
      capsules.push_back(std::move(*prepared));
    }
  }
  if (capsules.empty()) {
    return {};
  }
  TRY_ASSIGN(render::MemoryPlan plan, most_memory(capsules, environment));
  if (std::ranges::any_of(capsules, [](const auto& c) { return render::waiting_bytes(c) > 0; })) {
    const std::uint64_t clips = memory_for_clips(environment.memory, plan);
    environment.clips = std::make_shared<source::ClipCache>(clips);
    plan.bytes += clips;
  }
  tell_memory(plan, session);
  return {};
}

/// The reports, also of a batch that was ended, and what it came to.
Status finish(batch::Run& run, const batch::Wish& wish, const batch::Jobs& jobs, const std::string& folder,
              Console& console) {
  const bool whole = !run.ended_by.has_value();
  tell_old_films(run, folder, whole && wish.only.empty() && wish.limit == 0 && wish.shard.empty(), console);
  const std::string report = (fs::path(folder) / batch::report_stem(wish, whole)).string();
  // Without a roster, what spreadsheets take in the language of the messages.
  const char usual = console.ui() == language::UiLanguage::kEnglish ? ',' : ';';
  const char separator = jobs.separator.value_or(usual);
  if (whole) {
    TRY(write_reports(report, separator, run.outcomes, console));
    return conclude(run.outcomes, report + ".html", console);
  }
  if (!run.outcomes.empty() && write_reports(report, separator, run.outcomes, console)) {
    console.say("wrote", {{"path", report + ".html"}});
  }
  return ended_early(run, folder, jobs.items.size());
}

}  // namespace

Status batch_command(const BatchArguments& arguments, const Session& session) {
  Console& console = *session.console;
  const batch::Wish wish = wish_of(arguments);
  TRY_ASSIGN(const batch::Jobs jobs, batch::jobs_of(wish, session.data_folders, console));
  TRY_ASSIGN(const std::unique_ptr<store::Store> store, open_store(arguments.cache, console));
  text::FontLibrary fonts;
  fonts.remember(render::font_digests(store.get()));
  render::FactsCache facts(store.get());
  render::Environment environment{session.data_folders,
                                  &fonts,
                                  &facts,
                                  &console,
                                  session.stop,
                                  workers(arguments.jobs),
                                  store.get(),
                                  source::make_still_cache(store.get())};
  TRY_ASSIGN(environment.memory, memory_limit_of(arguments.memory));
  render::Receipts receipts(environment);
  batch::Options options;
  options.folder = arguments.output.empty()
                       ? (fs::path(arguments.presets.front()).parent_path() / "out").string()
                       : arguments.output;
  options.allow_damaged = arguments.allow_damaged;
  options.receipts = &receipts;
  TRY(check_folder(options.folder, jobs.items.size()));
  options.standing = batch::standing(jobs.items, options);
  TRY(share_memory(jobs.items, options, environment, session));
  RowWarnings warnings(console);
  const batch::Listener listener{[&](const batch::Item& item) { console.begin(item.stem); },
                                 [&](const batch::Outcome& outcome) { tell(outcome, warnings, console); }};
  batch::Run run = batch::run(jobs.items, options, environment, listener);
  console.end();
  warnings.conclude();
  return finish(run, wish, jobs, options.folder, console);
}

}  // namespace capsule::cli

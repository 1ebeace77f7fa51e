#include <fmt/format.h>

#include <algorithm>
#include <filesystem>
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

void tell(const batch::Outcome& outcome, Console& console) {
  const bool failed = outcome.state == batch::State::kFailed;
  const bool made = outcome.state == batch::State::kMade;
  console.end();
  for (const Error& problem : outcome.problems) {
    console.error(batch::at_row(problem, *outcome.item, console.ui()));
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

/// Both reports; `stem`: their path without the ending.
Status write_reports(const std::string& stem, char separator, const std::vector<batch::Outcome>& outcomes,
                     const Console& console) {
  const auto message = [&](const Error& e) { return language::message(e, console.ui()); };
  TRY(write_file(stem + ".csv", batch::write_report(outcomes, separator, message)));
  return write_file(stem + ".html", batch::write_report_page(outcomes, console.ui(), message));
}

Status conclude(const std::vector<batch::Outcome>& outcomes, const std::string& report, Console& console) {
  const auto count = [&](batch::State state) {
    return static_cast<std::int64_t>(std::ranges::count(outcomes, state, &batch::Outcome::state));
  };
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
  options.standing = batch::standing(jobs.items, options);
  TRY(share_memory(jobs.items, options, environment, session));
  const batch::Listener listener{[&](const batch::Item& item) { console.begin(item.stem); },
                                 [&](const batch::Outcome& outcome) { tell(outcome, console); }};
  auto outcomes = batch::run(jobs.items, options, environment, listener);
  console.end();
  if (!outcomes) {
    return fail(std::move(outcomes).error());
  }
  if (arguments.only.empty() && arguments.limit == 0 && arguments.shard.empty()) {
    for (const auto& [path, id] : batch::superseded(options.folder, *outcomes)) {
      console.warn({Code{"batch-superseded"}, {{"path", path}, {"id", id}}, {}, {}, {}});
    }
  }
  const std::string report = (fs::path(options.folder) / batch::report_stem(wish)).string();
  // Without a roster, what spreadsheets take in the language of the messages.
  const char usual = console.ui() == language::UiLanguage::kEnglish ? ',' : ';';
  TRY(write_reports(report, jobs.separator.value_or(usual), *outcomes, console));
  return conclude(*outcomes, report + ".html", console);
}

}  // namespace capsule::cli

#include <fmt/format.h>

#include <algorithm>
#include <filesystem>
#include <functional>
#include <memory>

#include "batch/targets.h"
#include "cli/cache.h"
#include "cli/commands.h"
#include "cli/explain.h"
#include "cli/file_watch.h"
#include "cli/memory_plan.h"
#include "cli/outputs.h"
#include "cli/size_cap.h"
#include "cli/sources.h"
#include "preset/preset.h"
#include "render/film.h"
#include "render/font_digests.h"
#include "text/font.h"

namespace capsule::cli {
namespace {

namespace fs = std::filesystem;

render::SinkKind sink_of(const std::string& name) {
  return name == "hash"   ? render::SinkKind::kHash
         : name == "null" ? render::SinkKind::kNull
                          : render::SinkKind::kEncode;
}

void tell(const render::Film& film, const Session& session) {
  Json event = Json::object();
  event.set("event", "done").set("path", film.path).set("frames", film.frames).set("bytes", film.bytes);
  event.set("segments", film.segments).set("reused", film.reused).set("composed", film.composed);
  event.set("readers", film.readers).set("sound_reused", film.sound_reused);
  event.set("width", film.size.width).set("height", film.size.height);
  event.set("crf", film.crf).set("trials", film.trials);
  if (film.sound) {
    event.set("lufs", film.integrated_lufs).set("true_peak", film.true_peak_dbtp);
  }
  session.console->event(event);
  session.console->say("wrote-video",
                       {{"path", film.path},
                        {"size", session.console->megabytes(static_cast<std::uint64_t>(film.bytes))},
                        {"seconds", fmt::format("{:.1f}", film.seconds)}});
}

void tell_hashes(const render::Film& film, const Session& session) {
  std::string text;
  for (std::size_t i = 0; i < film.hashes.size(); ++i) {
    text += fmt::format("{} {}\n", i, film.hashes[i].hex());
  }
  if (!text.empty()) {
    session.console->print(text);
  }
}

/// Told of each capsule and of its film's name before it is drawn.
using Seen = std::function<Status(const render::Prepared&, const std::string&)>;

/// Every target is made ready before the first is drawn: a mistake in the last one should not cost an hour.
Result<std::vector<render::Prepared>> prepare_all(const RenderArguments& arguments,
                                                  const render::Environment& environment, const Seen& seen) {
  TRY_ASSIGN(std::vector<render::Request> requests, requests_of(arguments.of, environment));
  TRY(check_output(arguments.output, requests.size()));
  std::vector<render::Prepared> all;
  for (render::Request& request : requests) {
    request.draft = arguments.draft;
    request.allow_damaged = arguments.allow_damaged;
    TRY_ASSIGN(render::Prepared prepared, render::prepare(request, environment));
    const std::string film =
        output_path(arguments.of.preset, prepared, arguments.output, requests.size() == 1);
    TRY(seen(prepared, film));
    if (sink_of(arguments.sink) == render::SinkKind::kEncode) {
      TRY(batch::check_inputs(prepared, film));
    }
    all.push_back(std::move(prepared));
  }
  return all;
}

/// Everything that was asked for, once.
Status render_all(const RenderArguments& arguments, const Session& session, store::Store* store,
                  const Seen& seen) {
  text::FontLibrary fonts;
  fonts.remember(render::font_digests(store));
  render::FactsCache facts(store);
  render::Environment environment{session.data_folders,    &fonts, &facts, session.console, session.stop,
                                  workers(arguments.jobs), store};
  TRY_ASSIGN(environment.memory, memory_limit_of(arguments.memory));
  TRY_ASSIGN(const std::vector<render::Prepared> all, prepare_all(arguments, environment, seen));
  render::FilmOptions options;
  options.sink = sink_of(arguments.sink);
  options.allow_damaged = arguments.allow_damaged;
  options.from = arguments.from;
  options.until = arguments.until;
  TRY_ASSIGN(const render::MemoryPlan memory, most_memory(all, environment));
  tell_memory(memory, session);
  std::int64_t finished = 0;
  for (const render::Prepared& prepared : all) {
    const std::string output = output_path(arguments.of.preset, prepared, arguments.output, all.size() == 1);
    session.console->begin(fmt::format("{} {}", prepared.profile.id, prepared.language));
    Explainer explainer(*session.console, prepared.timeline.rate);
    options.on_segment = [&](const render::SegmentNews& news) { explainer.add(news); };
    auto film = render::render_film(prepared, output, options, environment);
    session.console->end();
    if (!film && finished > 0 && film.error().code == Code{"cancelled"}) {
      return fail(Code{"cancelled-part"},
                  {{"count", finished}, {"total", static_cast<std::int64_t>(all.size())}});
    }
    if (!film) {
      return fail(std::move(film).error());
    }
    if (options.sink == render::SinkKind::kEncode) {
      ++finished;
      if (arguments.explain) {
        explainer.print();
      }
      tell(*film, session);
      tell_size_cap(*film, *session.console);
    } else {
      tell_hashes(*film, session);
    }
  }
  return {};
}

/// Where a preset's own words usually come from.
std::vector<std::string> usual_folders(const RenderArguments& arguments, const Session& session) {
  std::vector<fs::path> roots{fs::absolute(arguments.of.preset).parent_path()};
  for (const std::string& data : session.data_folders) {
    roots.push_back(fs::path(data) / "presets");
  }
  std::vector<std::string> folders;
  for (const fs::path& root : roots) {
    folders.push_back(root.string());
    for (const char* part : {"brands", "profiles", "scenes", "captions", "fonts"}) {
      folders.push_back((root / part).string());
    }
  }
  return folders;
}

/// What the preset itself leads to, also when it is wrong.
Sightings looked_at(const RenderArguments& arguments, const Session& session) {
  Sightings seen;
  const Lookout lookout(&seen);
  SilentReporter silent;
  (void)preset::load_preset(arguments.of.preset, {arguments.of.set, session.data_folders}, silent);
  return seen;
}

/// Renders again whenever something is saved, until interrupted; mistakes are told and waited out.
Status watch_and_render(const RenderArguments& arguments, const Session& session, store::Store* store) {
  TRY_ASSIGN(FileWatch watch, FileWatch::open());
  Sources sources(usual_folders(arguments, session));
  TRY(sources.watch(watch));
  while (true) {
    sources.begin();
    TRY(sources.add(looked_at(arguments, session), watch));
    const auto seen = [&](const render::Prepared& prepared, const std::string& film) {
      return sources.add(prepared, film, watch);
    };
    const Status rendered = render_all(arguments, session, store, seen);
    if (!rendered && session.stop.stop_requested()) {
      return rendered;
    }
    if (rendered) {
      sources.complete();
    } else {
      session.console->error(rendered.error());
    }
    session.console->say("watching");
    session.console->event(Json::object().set("event", "watching"));
    const auto concerns = [&](const std::string& path) { return sources.concerns(path); };
    TRY_ASSIGN(const bool again, watch.wait(session.stop, concerns));
    if (!again) {
      return {};
    }
  }
}

}  // namespace

Status render_command(const RenderArguments& arguments, const Session& session) {
  TRY_ASSIGN(const std::unique_ptr<store::Store> store, open_store(arguments.cache, *session.console));
  if (arguments.watch) {
    return watch_and_render(arguments, session, store.get());
  }
  return render_all(arguments, session, store.get(),
                    [](const render::Prepared&, const std::string&) -> Status { return {}; });
}

}  // namespace capsule::cli

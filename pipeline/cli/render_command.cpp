#include <fmt/format.h>

#include <algorithm>
#include <filesystem>
#include <functional>
#include <memory>
#include <set>

#include "cli/cache.h"
#include "cli/commands.h"
#include "cli/explain.h"
#include "cli/file_watch.h"
#include "cli/memory_plan.h"
#include "cli/outputs.h"
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

/// What the profile's size cap made of the quality.
void tell_trials(const render::Film& film, const render::Prepared& prepared, const Session& session) {
  const auto cap = static_cast<std::uint64_t>(prepared.profile.max_bytes);
  const auto text_of = [](Size size) { return fmt::format("{}×{}", size.width, size.height); };
  if (film.trials > 1 && film.size != prepared.video.size) {
    session.console->say("size-cap-smaller", {{"limit", session.console->megabytes(cap)},
                                              {"size", text_of(film.size)},
                                              {"wished", text_of(prepared.video.size)},
                                              {"crf", fmt::format("{:g}", film.crf)},
                                              {"count", std::int64_t{film.trials}}});
  } else if (film.trials > 1) {
    session.console->say("size-cap-met", {{"limit", session.console->megabytes(cap)},
                                          {"wished", fmt::format("{:g}", prepared.video.crf)},
                                          {"crf", fmt::format("{:g}", film.crf)},
                                          {"count", std::int64_t{film.trials}}});
  }
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

/// Everything that was asked for, once. `seen` is told of each capsule before it is drawn.
Status render_all(const RenderArguments& arguments, const Session& session, store::Store* store,
                  const std::function<Status(const render::Prepared&)>& seen) {
  text::FontLibrary fonts;
  fonts.remember(render::font_digests(store));
  render::FactsCache facts(store);
  render::Environment environment{session.data_folders,    &fonts, &facts, session.console, session.stop,
                                  workers(arguments.jobs), store};
  TRY_ASSIGN(environment.memory, memory_limit_of(arguments.memory));
  TRY_ASSIGN(std::vector<render::Request> requests, requests_of(arguments.of, environment));
  render::FilmOptions options;
  options.sink = sink_of(arguments.sink);
  options.allow_damaged = arguments.allow_damaged;
  options.from = arguments.from;
  options.until = arguments.until;
  // Every target is made ready before the first is drawn: a mistake in the last one should not cost an hour.
  std::vector<render::Prepared> all;
  TRY(check_output(arguments.output, requests.size()));
  for (render::Request& request : requests) {
    request.draft = arguments.draft;
    request.allow_damaged = arguments.allow_damaged;
    TRY_ASSIGN(render::Prepared prepared, render::prepare(request, environment));
    TRY(seen(prepared));
    all.push_back(std::move(prepared));
  }
  TRY_ASSIGN(const render::MemoryPlan memory, most_memory(all, environment));
  tell_memory(memory, session);
  for (const render::Prepared& prepared : all) {
    const std::string output = output_path(arguments.of.preset, prepared, arguments.output, all.size() == 1);
    session.console->begin(fmt::format("{} {}", prepared.profile.id, prepared.language));
    Explainer explainer(*session.console, prepared.timeline.rate);
    options.on_segment = [&](const render::SegmentNews& news) { explainer.add(news); };
    auto film = render::render_film(prepared, output, options, environment);
    session.console->end();
    if (!film) {
      return fail(std::move(film).error());
    }
    if (options.sink == render::SinkKind::kEncode) {
      if (arguments.explain) {
        explainer.print();
      }
      tell(*film, session);
      tell_trials(*film, prepared, session);
    } else {
      tell_hashes(*film, session);
    }
  }
  return {};
}

/// The folders of the files that a capsule is made of.
std::set<std::string> folders_of(const render::Prepared& prepared) {
  std::set<std::string> folders;
  for (const timeline::MediaFacts& file : prepared.timeline.files) {
    folders.insert(fs::path(file.path).parent_path().string());
  }
  return folders;
}

/// Where a preset's own words come from, whatever it names.
std::vector<fs::path> source_folders(const RenderArguments& arguments, const Session& session) {
  std::vector<fs::path> roots{fs::absolute(arguments.of.preset).parent_path()};
  for (const std::string& data : session.data_folders) {
    roots.push_back(fs::path(data) / "presets");
  }
  std::vector<fs::path> folders;
  for (const fs::path& root : roots) {
    folders.push_back(root);
    for (const char* part : {"brands", "profiles", "scenes", "captions", "fonts"}) {
      folders.push_back(root / part);
    }
  }
  return folders;
}

/// What we write ourselves, and what editors keep beside a file, is no reason to begin again.
bool is_source(const std::string& path, const std::set<std::string>& outputs) {
  const std::string name = fs::path(path).filename().string();
  if (name.starts_with('.') || name.ends_with('~') || name.ends_with(".part") || name.ends_with(".swp")) {
    return false;
  }
  const std::string whole = fs::weakly_canonical(path).string();
  return std::none_of(outputs.begin(), outputs.end(),
                      [&](const std::string& stem) { return whole.starts_with(stem); });
}

/// Renders again whenever something is saved, until interrupted; mistakes are told and waited out.
Status watch_and_render(const RenderArguments& arguments, const Session& session, store::Store* store) {
  TRY_ASSIGN(FileWatch watch, FileWatch::open());
  for (const fs::path& folder : source_folders(arguments, session)) {
    TRY(watch.add(folder.string()));
  }
  std::set<std::string> outputs;
  const auto seen = [&](const render::Prepared& prepared) -> Status {
    for (const std::string& folder : folders_of(prepared)) {
      TRY(watch.add(folder));
    }
    for (const bool single : {false, true}) {
      const fs::path output = output_path(arguments.of.preset, prepared, arguments.output, single);
      outputs.insert(fs::weakly_canonical(output).replace_extension().string() + ".");
    }
    return {};
  };
  while (true) {
    if (const Status rendered = render_all(arguments, session, store, seen); !rendered) {
      if (session.stop.stop_requested()) {
        return rendered;
      }
      session.console->error(rendered.error());
    }
    session.console->say("watching");
    session.console->event(Json::object().set("event", "watching"));
    const auto concerns = [&](const std::string& path) { return is_source(path, outputs); };
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
  return render_all(arguments, session, store.get(), [](const render::Prepared&) -> Status { return {}; });
}

}  // namespace capsule::cli

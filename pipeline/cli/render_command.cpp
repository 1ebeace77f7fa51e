#include <fmt/format.h>

#include <algorithm>
#include <filesystem>
#include <thread>

#include "cli/commands.h"
#include "cli/outputs.h"
#include "render/film.h"
#include "text/font.h"

namespace capsule::cli {
namespace {

render::SinkKind sink_of(const std::string& name) {
  return name == "hash"   ? render::SinkKind::kHash
         : name == "null" ? render::SinkKind::kNull
                          : render::SinkKind::kEncode;
}

int workers(int asked) {
  return asked > 0 ? asked : std::max(1, static_cast<int>(std::thread::hardware_concurrency()));
}

void tell(const render::Film& film, const Session& session) {
  Json event = Json::object();
  event.set("event", "done").set("path", film.path).set("frames", film.frames).set("bytes", film.bytes);
  event.set("segments", film.segments).set("crf", film.crf);
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

}  // namespace

Status render_command(const RenderArguments& arguments, const Session& session) {
  text::FontLibrary fonts;
  render::FactsCache facts;
  const render::Environment environment{session.data_folders, &fonts,       &facts,
                                        session.console,      session.stop, workers(arguments.jobs)};
  TRY_ASSIGN(std::vector<render::Request> requests, requests_of(arguments.of, environment));
  render::FilmOptions options;
  options.sink = sink_of(arguments.sink);
  options.allow_damaged = arguments.allow_damaged;
  options.from = arguments.from;
  options.until = arguments.until;
  // Every target is made ready before the first is drawn: a mistake in the last one should not cost an hour.
  std::vector<render::Prepared> all;
  for (render::Request& request : requests) {
    request.draft = arguments.draft;
    request.allow_damaged = arguments.allow_damaged;
    TRY_ASSIGN(render::Prepared prepared, render::prepare(request, environment));
    all.push_back(std::move(prepared));
  }
  for (const render::Prepared& prepared : all) {
    const std::string output = output_path(arguments.of.preset, prepared, arguments.output, all.size() == 1);
    session.console->begin(fmt::format("{} {}", prepared.profile.id, prepared.language));
    auto film = render::render_film(prepared, output, options, environment);
    session.console->end();
    if (!film) {
      return fail(std::move(film).error());
    }
    if (options.sink == render::SinkKind::kEncode) {
      tell(*film, session);
    } else {
      tell_hashes(*film, session);
    }
  }
  return {};
}

}  // namespace capsule::cli

#include <fmt/format.h>
#include <spawn.h>
#include <sys/wait.h>
#include <unistd.h>

#include <algorithm>
#include <cerrno>
#include <csignal>
#include <cstring>
#include <filesystem>
#include <stop_token>

#include "base/files.h"
#include "cli/commands.h"
#include "cli/memory_plan.h"
#include "cli/outputs.h"
#include "render/film.h"
#include "text/font.h"

namespace capsule::cli {
namespace {

namespace fs = std::filesystem;

/// The newest change below a folder; the epoch where there is none.
fs::file_time_type newest(const fs::path& folder) {
  fs::file_time_type latest = fs::file_time_type::min();
  std::error_code ec;
  for (const auto& entry : fs::recursive_directory_iterator(folder, ec)) {
    if (entry.is_regular_file(ec)) {
      latest = std::max(latest, entry.last_write_time(ec));
    }
  }
  return latest;
}

bool fresh(const fs::path& made, fs::file_time_type source) {
  std::error_code ec;
  const auto time = fs::last_write_time(made, ec);
  return !ec && time >= source;
}

/// The status of a child that ended; it is told to end when `stop` is requested.
int wait_for(pid_t child, const std::stop_token& stop) {
  {
    const std::stop_callback end(stop, [child] { ::kill(child, SIGTERM); });
    siginfo_t ended{};
    // It is left waiting to be asked, so that its number is nobody else's while it may be told.
    while (::waitid(P_PID, static_cast<id_t>(child), &ended, WEXITED | WNOWAIT) < 0 && errno == EINTR) {
    }
  }
  int status = 0;
  while (::waitpid(child, &status, 0) < 0 && errno == EINTR) {
  }
  return status;
}

/// Runs a tool that stands beside this program; its only argument is the file to write. "cancelled" when
/// `stop` was requested.
Status run_tool(const std::string& name, const std::string& output, const std::stop_token& stop) {
  std::error_code ec;
  const std::string tool = (fs::read_symlink("/proc/self/exe", ec).parent_path() / name).string();
  std::string first = tool;
  std::string second = output;
  char* const words[] = {first.data(), second.data(), nullptr};
  // Signals are blocked in our threads, for the one that waits for them; the tool takes its own.
  sigset_t none{};
  sigemptyset(&none);
  posix_spawnattr_t manners{};
  posix_spawnattr_init(&manners);
  posix_spawnattr_setsigmask(&manners, &none);
  posix_spawnattr_setflags(&manners, POSIX_SPAWN_SETSIGMASK);
  pid_t child = 0;
  const int error = ::posix_spawn(&child, tool.c_str(), nullptr, &manners, words, environ);
  posix_spawnattr_destroy(&manners);
  if (error != 0) {
    return fail(
        Code{"tool-failed"},
        {{"tool", tool}, {"reason", std::string(std::strerror(error))}});  // NOLINT(concurrency-mt-unsafe)
  }
  const int status = wait_for(child, stop);
  if (stop.stop_requested()) {
    return fail(Code{"cancelled"});
  }
  if (!WIFEXITED(status) || WEXITSTATUS(status) != 0) {
    return fail(Code{"tool-failed"}, {{"tool", tool}, {"reason", fmt::format("{}", status)}});
  }
  return {};
}

Status make_music(const fs::path& assets, const Session& session) {
  const fs::path music = assets / "made" / "music" / "calm.wav";
  if (fresh(music, newest(assets / "music"))) {
    return {};
  }
  session.console->say("demo-music");
  TRY_ASSIGN(AtomicFile file, AtomicFile::create(music.string()));
  TRY(run_tool("capsule-music", file.part_path(), session.stop));
  return file.commit();
}

/// The drawn scenes become clips through our own engine, once.
Status make_clips(const fs::path& assets, const Session& session, const render::Environment& environment) {
  const fs::path art = assets / "art";
  const auto source = newest(art);
  std::vector<fs::path> presets;
  std::error_code ec;
  for (const auto& entry : fs::directory_iterator(art, ec)) {
    if (entry.path().extension() == ".yaml" && entry.path().stem() != "clip") {
      presets.push_back(entry.path());
    }
  }
  std::sort(presets.begin(), presets.end());
  for (const fs::path& preset : presets) {
    const fs::path clip = assets / "made" / "clips" / (preset.stem().string() + ".mp4");
    if (fresh(clip, source)) {
      continue;
    }
    session.console->say("demo-clip", {{"name", preset.stem().string()}});
    TRY_ASSIGN(
        const render::Prepared prepared,
        render::prepare({preset.string(), (art / "clip.yaml").string(), "", {}, false, false}, environment));
    session.console->begin(preset.stem().string());
    const auto film = render::render_film(prepared, clip.string(), {}, environment);
    session.console->end();
    TRY(film);
  }
  return {};
}

}  // namespace

Status demo_command(const DemoArguments& arguments, const Session& session) {
  if (session.data_folders.empty()) {
    return fail(Code{"data-missing"});
  }
  const fs::path data(session.data_folders.front());
  const int jobs = workers(0);
  {
    text::FontLibrary fonts;
    render::FactsCache facts;
    const render::Environment environment{session.data_folders, &fonts,       &facts,
                                          session.console,      session.stop, jobs};
    TRY(make_music(data / "assets", session));
    TRY(make_clips(data / "assets", session, environment));
  }
  RenderArguments render;
  render.of.preset = (data / "presets" / "series" / "digital-marketing.yaml").string();
  render.of.profiles = {"reel", "yt-16x9"};
  render.of.languages = {"ar", "fr"};
  render.output = arguments.output.empty() ? "out/demo" : arguments.output;
  TRY(render_command(render, session));
  session.console->say("demo-done", {{"folder", fs::absolute(render.output).string()}});
  return {};
}

}  // namespace capsule::cli

#include <pthread.h>
#include <unistd.h>

#include <atomic>
#include <cerrno>
#include <csignal>
#include <cstdlib>
#include <cstring>
#include <filesystem>
#include <thread>

#include "base/log.h"
#include "cli/commands.h"
#include "media/library_log.h"

namespace capsule::cli {
namespace {

namespace fs = std::filesystem;

std::string locale_name() {
  for (const char* name : {"CAPSULE_UI_LANG", "LC_ALL", "LC_MESSAGES", "LANG"}) {
    const char* value = std::getenv(name);  // NOLINT(concurrency-mt-unsafe): before any thread
    if (value != nullptr && *value != '\0') {
      return value;
    }
  }
  return "";
}

/// Signals are taken by a thread of their own, which asks the work to stop; a second one ends the process at
/// once.
class SignalWatch {
 public:
  SignalWatch() {
    sigemptyset(&signals_);
    for (const int s : {SIGINT, SIGTERM, SIGHUP}) {
      sigaddset(&signals_, s);
    }
    pthread_sigmask(SIG_BLOCK, &signals_, nullptr);
    // A write past a file-size limit or into a closed pipe is an error to report, not a death.
    std::signal(SIGXFSZ, SIG_IGN);
    std::signal(SIGPIPE, SIG_IGN);
    watcher_ = std::jthread([this](const std::stop_token& done) { watch(done); });
  }

  ~SignalWatch() {
    watcher_.request_stop();
    pthread_kill(watcher_.native_handle(), SIGHUP);
  }

  SignalWatch(const SignalWatch&) = delete;
  SignalWatch& operator=(const SignalWatch&) = delete;
  SignalWatch(SignalWatch&&) = delete;
  SignalWatch& operator=(SignalWatch&&) = delete;

  [[nodiscard]] std::stop_token token() const { return stop_.get_token(); }

  [[nodiscard]] int received() const { return received_; }

 private:
  void watch(const std::stop_token& done) {
    while (true) {
      int signal = 0;
      sigwait(&signals_, &signal);
      if (done.stop_requested()) {
        return;
      }
      if (received_ != 0) {
        _exit(128 + signal);
      }
      received_ = signal;
      stop_.request_stop();
    }
  }

  sigset_t signals_{};
  std::stop_source stop_;
  std::atomic<int> received_{0};
  std::jthread watcher_;
};

struct Dispatch {
  const Session& session;

  Status operator()(const RenderArguments& a) const { return render_command(a, session); }

  Status operator()(const FrameArguments& a) const { return frame_command(a, session); }

  Status operator()(const SheetArguments& a) const { return sheet_command(a, session); }

  Status operator()(const ProbeArguments& a) const { return probe_command(a, session); }

  Status operator()(const TextArguments& a) const { return text_command(a, session); }

  Status operator()(const SubsArguments& a) const { return subs_command(a, session); }

  Status operator()(const SchemaArguments& /*a*/) const { return schema_command(session); }

  Status operator()(const ProfilesArguments& /*a*/) const { return profiles_command(session); }

  Status operator()(const FontsArguments& /*a*/) const { return fonts_command(session); }

  Status operator()(const DoctorArguments& /*a*/) const { return doctor_command(session); }

  Status operator()(const DemoArguments& a) const { return demo_command(a, session); }

  Status operator()(const BatchArguments& a) const { return batch_command(a, session); }

  Status operator()(const LogoArguments& a) const { return logo_command(a, session); }

  Status operator()(const CacheArguments& a) const { return cache_command(a, session); }

  Status operator()(const PrintArguments& a) const {
    session.console->print(a.text);
    return {};
  }
};

Status dispatch(const Arguments& arguments, const Session& session) {
  try {
    return std::visit(Dispatch{session}, arguments.command);
  } catch (const std::bad_alloc&) {
    return fail(Code{"out-of-memory"});
  } catch (const std::exception& e) {
    return fail(Code{"internal"}, {{"detail", std::string(e.what())}});
  }
}

}  // namespace

std::vector<std::string> data_folders() {
  if (const char* given = std::getenv("CAPSULE_DATA");
      given != nullptr && *given != '\0') {  // NOLINT(concurrency-mt-unsafe)
    return {given};
  }
  std::error_code ec;
  const fs::path program = fs::read_symlink("/proc/self/exe", ec);
  // build/PRESET/bin/capsule in a source tree, PREFIX/bin/capsule when installed.
  for (const fs::path& folder :
       {program.parent_path() / "../../..", program.parent_path() / "../share/capsule"}) {
    if (fs::is_directory(folder / "presets", ec)) {
      return {fs::weakly_canonical(folder, ec).string()};
    }
  }
  return {};
}

int run_program(const std::vector<std::string>& words) {
  const language::UiLanguage asked = asked_language(words, language::ui_language(locale_name()));
  auto parsed = parse_arguments(words, asked);
  Common common = parsed ? parsed->common : Common{asked, false, false, false};
  Console console(common);
  set_log_level(common.verbose ? LogLevel::kVerbose : LogLevel::kNormal);
  media::set_library_log(common.verbose);
  if (!parsed) {
    console.error(parsed.error());
    return static_cast<int>(language::exit_code(parsed.error()));
  }
  const SignalWatch signals;
  Status status = dispatch(*parsed, {&console, data_folders(), signals.token()});
  // Who reads no further has what was wanted.
  if (status && console.lost() != 0 && console.lost() != EPIPE) {
    const std::string reason = std::strerror(console.lost());  // NOLINT(concurrency-mt-unsafe): glibc's is
    status = fail(Code{"stdout-failed"}, {{"reason", reason}});
  }
  if (status) {
    return 0;
  }
  console.error(status.error());
  const language::ExitCode exit = language::exit_code(status.error());
  const bool by_signal = exit == language::ExitCode::kInterrupted && signals.received() != 0;
  return by_signal ? 128 + signals.received() : static_cast<int>(exit);
}

}  // namespace capsule::cli

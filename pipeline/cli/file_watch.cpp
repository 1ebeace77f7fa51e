#include "cli/file_watch.h"

#include <poll.h>
#include <sys/eventfd.h>
#include <sys/inotify.h>
#include <unistd.h>

#include <array>
#include <cerrno>
#include <cstring>
#include <filesystem>

namespace capsule::cli {
namespace {

// Editors write several files, and copying tools one after another.
constexpr int kQuietMilliseconds = 150;
constexpr std::uint32_t kSaved = IN_CLOSE_WRITE | IN_MOVED_TO;

tl::unexpected<Error> watch_error(int error) {
  return fail(Code{"watch-failed"},
              {{"reason", std::string(std::strerror(error))}});  // NOLINT(concurrency-mt-unsafe)
}

}  // namespace

Result<FileWatch> FileWatch::open() {
  FileWatch watch;
  watch.inotify_ = Fd(::inotify_init1(IN_NONBLOCK | IN_CLOEXEC));
  watch.wake_ = Fd(::eventfd(0, EFD_NONBLOCK | EFD_CLOEXEC));
  if (!watch.inotify_.valid() || !watch.wake_.valid()) {
    return watch_error(errno);
  }
  return watch;
}

Status FileWatch::add(const std::string& folder) {
  const int number = ::inotify_add_watch(inotify_.get(), folder.c_str(), kSaved | IN_ONLYDIR);
  if (number >= 0) {
    folders_[number] = folder;
    return {};
  }
  if (errno == ENOENT || errno == ENOTDIR) {
    return {};
  }
  return watch_error(errno);
}

bool FileWatch::drain(const std::function<bool(const std::string&)>& concerns) {
  bool any = false;
  alignas(inotify_event) std::array<char, 16384> buffer{};
  ssize_t got = 0;
  while ((got = ::read(inotify_.get(), buffer.data(), buffer.size())) > 0) {
    for (ssize_t at = 0; at < got;) {
      inotify_event event{};
      std::memcpy(&event, buffer.data() + at, sizeof event);
      const char* name = buffer.data() + at + sizeof event;
      const auto folder = folders_.find(event.wd);
      // An overflow lost the names; anything may have been saved.
      const bool lost = (event.mask & IN_Q_OVERFLOW) != 0;
      any = any || lost ||
            (event.len > 0 && folder != folders_.end() &&
             concerns((std::filesystem::path(folder->second) / name).string()));
      at += static_cast<ssize_t>(sizeof event) + event.len;
    }
  }
  return any;
}

Result<bool> FileWatch::wait(const std::stop_token& stop,
                             const std::function<bool(const std::string&)>& concerns) {
  const std::stop_callback wake(stop, [this] { ::eventfd_write(wake_.get(), 1); });
  bool saved = false;
  while (!stop.stop_requested()) {
    std::array<pollfd, 2> fds{{{inotify_.get(), POLLIN, 0}, {wake_.get(), POLLIN, 0}}};
    const int ready = ::poll(fds.data(), fds.size(), saved ? kQuietMilliseconds : -1);
    if (ready < 0 && errno != EINTR) {
      return watch_error(errno);
    }
    if (ready == 0 && saved) {
      return true;
    }
    saved = drain(concerns) || saved;
  }
  return false;
}

}  // namespace capsule::cli

#include "media/svg.h"

#include <fcntl.h>
#include <poll.h>
#include <spawn.h>
#include <sys/wait.h>
#include <unistd.h>

#include <algorithm>
#include <array>
#include <cerrno>
#include <chrono>
#include <csignal>
#include <cstdlib>
#include <cstring>
#include <filesystem>
#include <iterator>
#include <string>
#include <utility>
#include <vector>

#include "base/files.h"
#include "media/av.h"
#include "media/limits.h"
#include "media/still_file.h"

namespace capsule::media {
namespace {

constexpr int kTooBig = 3;

/// A child that is always waited for: killed first when it is still there.
class Child {
 public:
  explicit Child(pid_t pid) : pid_(pid) {}

  ~Child() {
    if (pid_ > 0) {
      ::kill(pid_, SIGKILL);
      static_cast<void>(wait());
    }
  }

  Child(const Child&) = delete;
  Child& operator=(const Child&) = delete;
  Child(Child&&) = delete;
  Child& operator=(Child&&) = delete;

  int wait() {
    int status = -1;
    while (::waitpid(pid_, &status, 0) < 0 && errno == EINTR) {
    }
    pid_ = -1;
    return status;
  }

 private:
  pid_t pid_;
};

struct Drawing {
  std::size_t bytes = 0;
  bool late = false;
};

Result<std::string> helper_path() {
  std::error_code error;
  const std::filesystem::path self = std::filesystem::read_symlink("/proc/self/exe", error);
  const std::string helper = (self.parent_path() / "capsule-svg").string();
  if (error || ::access(helper.c_str(), X_OK) != 0) {
    return fail(Code{"svg-helper-missing"}, {{"path", helper}});
  }
  return helper;
}

/// What a drawing may depend on of the environment: where the fonts are, as for the rest of the program, and
/// nothing of the person's language (systemLanguage), of fontconfig's, Pango's, FreeType's or GLib's
/// switches. The others are for the loader and the sanitizers.
std::vector<std::string> environment_of_helper() {
  constexpr std::array kKept{"HOME",
                             "XDG_DATA_HOME",
                             "XDG_DATA_DIRS",
                             "XDG_CONFIG_HOME",
                             "XDG_CACHE_HOME",
                             "FONTCONFIG_FILE",
                             "FONTCONFIG_PATH",
                             "FONTCONFIG_SYSROOT",
                             "LD_LIBRARY_PATH",
                             "ASAN_OPTIONS",
                             "LSAN_OPTIONS",
                             "UBSAN_OPTIONS"};
  std::vector<std::string> out{"LC_ALL=C"};
  for (const std::string name : kKept) {
    const char* value = std::getenv(name.c_str());  // NOLINT(concurrency-mt-unsafe): nobody sets variables
    if (value != nullptr) {
      out.push_back(name + "=" + value);
    }
  }
  return out;
}

/// stdin = the file, stdout = the pipe, everything else closed or /dev/null.
Result<pid_t> start(const std::string& helper, int input, int output, Size size) {
  posix_spawn_file_actions_t actions;
  posix_spawn_file_actions_init(&actions);
  posix_spawn_file_actions_adddup2(&actions, input, 0);
  posix_spawn_file_actions_adddup2(&actions, output, 1);
  posix_spawn_file_actions_addopen(&actions, 2, "/dev/null", O_WRONLY, 0);
  posix_spawn_file_actions_addclosefrom_np(&actions, 3);
  std::string name = helper;
  std::string width = std::to_string(size.width);
  std::string height = std::to_string(size.height);
  std::array<char*, 4> arguments{name.data(), width.data(), height.data(), nullptr};
  std::vector<std::string> variables = environment_of_helper();
  std::vector<char*> environment;
  environment.reserve(variables.size() + 1);
  std::ranges::transform(variables, std::back_inserter(environment), [](std::string& v) { return v.data(); });
  environment.push_back(nullptr);
  pid_t pid = -1;
  const int code =
      ::posix_spawn(&pid, helper.c_str(), &actions, nullptr, arguments.data(), environment.data());
  posix_spawn_file_actions_destroy(&actions);
  if (code != 0) {
    return fail(Code{"svg-helper-missing"}, {{"path", helper}}, {}, std::to_string(code));
  }
  return pid;
}

/// Rows from the pipe into the frame until its end, the deadline or the stop.
Drawing collect(int pipe, AVFrame& frame, const std::stop_token& stop) {
  const auto deadline = std::chrono::steady_clock::now() + std::chrono::seconds(kSvgWaitSeconds);
  const std::size_t row = static_cast<std::size_t>(frame.width) * 4;
  const std::size_t total = row * static_cast<std::size_t>(frame.height);
  Drawing drawing;
  while (!stop.stop_requested()) {
    if (std::chrono::steady_clock::now() >= deadline) {
      drawing.late = true;
      break;
    }
    pollfd wait{pipe, POLLIN, 0};
    constexpr int kPollMs = 50;
    if (::poll(&wait, 1, kPollMs) <= 0) {
      continue;
    }
    const std::size_t y = drawing.bytes / row;
    const std::size_t x = drawing.bytes % row;
    std::array<std::uint8_t, 16> surplus{};
    const bool full = drawing.bytes == total;
    std::uint8_t* to =
        full ? surplus.data() : frame.data[0] + static_cast<std::ptrdiff_t>(y) * frame.linesize[0] + x;
    const ssize_t got = ::read(pipe, to, full ? surplus.size() : row - x);
    if (got < 0 && (errno == EINTR || errno == EAGAIN)) {
      continue;
    }
    if (got <= 0) {
      break;
    }
    drawing.bytes += static_cast<std::size_t>(got);
  }
  return drawing;
}

Result<av::FramePtr> new_frame(Size size) {
  av::FramePtr frame(av_frame_alloc());
  if (frame == nullptr) {
    return fail(Code{"out-of-memory"});
  }
  frame->width = size.width;
  frame->height = size.height;
  frame->format = AV_PIX_FMT_RGBA;
  if (av_frame_get_buffer(frame.get(), 64) < 0) {
    return fail(Code{"out-of-memory"});
  }
  return frame;
}

}  // namespace

Result<Frame> draw_svg(const std::string& path, Size size, std::stop_token stop) {
  TRY(check_picture_size(path, size, kMaxPicturePixels));
  TRY_ASSIGN(const std::string helper, helper_path());
  TRY_ASSIGN(const Fd input, open_input(path));
  std::array<int, 2> ends{};
  if (::pipe2(ends.data(), O_CLOEXEC) != 0) {
    return fail(Code{"internal"}, {{"detail", std::string("pipe")}});
  }
  const Fd reading(ends[0]);
  Fd writing(ends[1]);
  TRY_ASSIGN(av::FramePtr frame, new_frame(size));
  TRY_ASSIGN(const pid_t pid, start(helper, input.get(), writing.get(), size));
  Child child(pid);
  writing = Fd();
  const Drawing drawing = collect(reading.get(), *frame, stop);
  if (stop.stop_requested()) {
    return fail(Code{"cancelled"});
  }
  const auto too_complex = [&] {
    return fail(Code{"svg-too-complex"}, {{"path", path}, {"limit", static_cast<std::int64_t>(kSvgSeconds)}});
  };
  if (drawing.late) {
    return fail(Code{"svg-late"}, {{"path", path}, {"limit", static_cast<std::int64_t>(kSvgWaitSeconds)}});
  }
  const int status = child.wait();
  const bool stopped = WIFSIGNALED(status) && (WTERMSIG(status) == SIGXCPU || WTERMSIG(status) == SIGKILL);
  if (stopped || (WIFEXITED(status) && WEXITSTATUS(status) == kTooBig)) {
    return too_complex();
  }
  const std::size_t expected =
      static_cast<std::size_t>(size.width) * static_cast<std::size_t>(size.height) * 4;
  if (status != 0 || drawing.bytes != expected) {
    return fail(Code{"svg-unreadable"}, {{"path", path}});
  }
  Frame out;
  out.shown = size;
  out.alpha = true;
  out.premultiplied = true;
  out.data = std::shared_ptr<AVFrame>(frame.release(), av::free_frame);
  return out;
}

}  // namespace capsule::media

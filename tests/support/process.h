#pragma once
#include <fcntl.h>
#include <sys/resource.h>
#include <sys/wait.h>
#include <unistd.h>

#include <csignal>
#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <functional>
#include <iterator>
#include <string>
#include <vector>

#include "tests/support/temp.h"

namespace capsule::test {

struct Finished {
  int exit = -1;    ///< Exit code, or 128 + the signal that ended it.
  std::string out;  ///< Standard output.
  std::string err;  ///< Standard error.
};

inline std::string slurp(const std::string& path) {
  std::ifstream in(path, std::ios::binary);
  return {std::istreambuf_iterator<char>(in), std::istreambuf_iterator<char>()};
}

/// A program that was started and is not waited for yet.
class Process {
 public:
  /// `in_child` runs between fork and exec: limits, environment.
  explicit Process(const std::vector<std::string>& words, const std::function<void()>& in_child = {}) {
    std::vector<char*> raw;
    for (const std::string& word : words) {
      raw.push_back(const_cast<char*>(word.c_str()));
    }
    raw.push_back(nullptr);
    const std::string out = folder_.path("out");
    const std::string err = folder_.path("err");
    pid_ = ::fork();
    if (pid_ == 0) {
      ::dup2(::open("/dev/null", O_RDONLY), 0);
      ::dup2(::open(out.c_str(), O_WRONLY | O_CREAT, 0600), 1);
      ::dup2(::open(err.c_str(), O_WRONLY | O_CREAT, 0600), 2);
      ::setenv("LC_ALL", "C.UTF-8", 1);
      // Nothing kept by another render, and nothing left in the user's own cache.
      ::setenv("XDG_CACHE_HOME", folder_.path("cache").c_str(), 1);
      if (in_child) {
        in_child();
      }
      ::execvp(raw[0], raw.data());
      ::_exit(127);
    }
  }

  ~Process() {
    if (pid_ > 0) {
      ::kill(pid_, SIGKILL);
      wait();
    }
  }

  Process(const Process&) = delete;
  Process& operator=(const Process&) = delete;
  Process(Process&&) = delete;
  Process& operator=(Process&&) = delete;

  [[nodiscard]] pid_t pid() const { return pid_; }

  /// Standard output so far.
  [[nodiscard]] std::string output() const { return slurp(folder_.path("out")); }

  void signal(int number) const { ::kill(pid_, number); }

  Finished wait() {
    int status = 0;
    ::waitpid(pid_, &status, 0);
    pid_ = -1;
    const int exit = WIFEXITED(status) ? WEXITSTATUS(status) : 128 + WTERMSIG(status);
    return {exit, slurp(folder_.path("out")), slurp(folder_.path("err"))};
  }

 private:
  TempFolder folder_;
  pid_t pid_ = -1;
};

inline Finished run(const std::vector<std::string>& words, const std::function<void()>& in_child = {}) {
  return Process(words, in_child).wait();
}

/// The program under test, which stands beside the tests.
inline std::string capsule_program() {
  return (std::filesystem::read_symlink("/proc/self/exe").parent_path() / "capsule").string();
}

/// The command that gives `words` to the program under test.
inline std::vector<std::string> program_with(std::vector<std::string> words) {
  words.insert(words.begin(), capsule_program());
  return words;
}

inline Finished capsule(const std::vector<std::string>& words, const std::function<void()>& in_child = {}) {
  return run(program_with(words), in_child);
}

}  // namespace capsule::test

#include <doctest/doctest.h>
#include <sys/resource.h>
#include <sys/stat.h>
#include <sys/syscall.h>
#include <sys/wait.h>
#include <unistd.h>

#include <csignal>
#include <cstdint>
#include <filesystem>
#include <string>
#include <utility>
#include <vector>

#include "base/files.h"
#include "tests/support/temp.h"

namespace {

int syncs = 0;

}  // namespace

/// Stands before the system's own in this program, to be counted.
extern "C" int fsync(int fd) {
  ++syncs;
  return static_cast<int>(::syscall(SYS_fsync, fd));
}

namespace capsule {
namespace {

namespace fs = std::filesystem;

int files_in(const fs::path& folder) {
  return static_cast<int>(std::distance(fs::directory_iterator(folder), fs::directory_iterator()));
}

TEST_CASE("a file appears under its name only at commit") {
  const test::TempFolder temp;
  const std::string target = temp.path("نتيجة.mp4");
  auto file = AtomicFile::create(target);
  REQUIRE(file);
  REQUIRE(file->write("whole"));
  CHECK_FALSE(fs::exists(target));
  REQUIRE(file->commit());
  CHECK(read_file(target, 100).value() == "whole");
  CHECK(files_in(temp.folder()) == 1);
}

TEST_CASE("an abandoned file leaves the old output untouched and nothing else") {
  const test::TempFolder temp;
  const std::string target = temp.path("a.mp4");
  {
    auto first = AtomicFile::create(target);
    REQUIRE(first->write("old"));
    REQUIRE(first->commit());
    auto second = AtomicFile::create(target);
    REQUIRE(second->write("half of the new"));
  }
  CHECK(read_file(target, 100).value() == "old");
  CHECK(files_in(temp.folder()) == 1);
}

TEST_CASE("leftovers of a killed writer go with the next run; those of a living one stay") {
  const test::TempFolder temp;
  const std::string target = temp.path("a.mp4");
  const pid_t child = ::fork();
  if (child == 0) {
    auto file = AtomicFile::create(target);
    ::raise(SIGKILL);
  }
  int status = 0;
  REQUIRE(::waitpid(child, &status, 0) == child);
  REQUIRE(files_in(temp.folder()) == 1);
  auto living = AtomicFile::create(target);
  REQUIRE(living);
  CHECK(files_in(temp.folder()) == 1);
  auto other = AtomicFile::create(target);
  REQUIRE(other);
  CHECK(files_in(temp.folder()) == 2);
}

TEST_CASE("a full disk is an output error and leaves nothing") {
  const test::TempFolder temp;
  const pid_t child = ::fork();
  if (child == 0) {
    std::signal(SIGXFSZ, SIG_IGN);
    const rlimit limit{4096, 4096};
    ::setrlimit(RLIMIT_FSIZE, &limit);
    int code = 1;
    {
      auto file = AtomicFile::create(temp.path("big"));
      const auto written = file->write(std::string(100000, 'x'));
      code = !written && written.error().code == Code{"output-failed"} ? 0 : 1;
    }
    ::_exit(code);
  }
  int status = 0;
  REQUIRE(::waitpid(child, &status, 0) == child);
  CHECK(WIFEXITED(status));
  CHECK(WEXITSTATUS(status) == 0);
  CHECK(files_in(temp.folder()) == 0);
}

TEST_CASE("an output that cannot be made is an output error") {
  const test::TempFolder temp;
  fs::create_directory(temp.path("folder"));
  CHECK(AtomicFile::create(temp.path("folder")).error().code == Code{"output-failed"});
  CHECK(AtomicFile::create("/proc/none/a.mp4").error().code == Code{"output-failed"});
  CHECK(AtomicFile::create(temp.path(std::string(300, 'n'))).has_value());
}

TEST_CASE("only regular files are inputs, and a FIFO never blocks") {
  const test::TempFolder temp;
  REQUIRE(::mkfifo(temp.path("fifo").c_str(), 0600) == 0);
  CHECK(open_input(temp.path("fifo")).error().code == Code{"file-not-regular"});
  CHECK(open_input("/dev/zero").error().code == Code{"file-not-regular"});
  CHECK(open_input(temp.folder().string()).error().code == Code{"file-not-regular"});
  CHECK(open_input(temp.path("none")).error().code == Code{"file-not-found"});
  CHECK(open_input(std::string("a\0b", 3)).error().code == Code{"file-not-found"});
}

TEST_CASE("a file over the limit is refused with both numbers") {
  const test::TempFolder temp;
  temp.write("big", std::string(100, 'x'));
  CHECK(read_file(temp.path("big"), 100).value().size() == 100);
  const auto refused = read_file(temp.path("big"), 99);
  REQUIRE_FALSE(refused);
  CHECK(refused.error().code == Code{"file-too-large"});
  CHECK(std::get<std::int64_t>(refused.error().args.at(1).value) == 100);
}

TEST_CASE("names are shown without hidden controls") {
  CHECK(escape_for_display("جمعية نور.mp4") == "جمعية نور.mp4");
  CHECK(escape_for_display("a\xE2\x80\xAEgpj.exe") == "a\\u202Egpj.exe");
  CHECK(escape_for_display("a\nb") == "a\\u000Ab");
  CHECK(escape_for_display("\xFF\xC0\xAF") == "\\xFF\\xC0\\xAF");
  CHECK(escape_for_display("\xED\xA0\x80") == "\\xED\\xA0\\x80");
}

TEST_CASE("a file is put on the disk once, before its name appears; what is written later goes there too") {
  const test::TempFolder temp;
  auto file = AtomicFile::create(temp.path("a.mp4"));
  REQUIRE(file);
  REQUIRE(file->write("one"));
  const int before = syncs;
  REQUIRE(file->settle());
  CHECK(syncs == before + 1);
  CHECK_FALSE(fs::exists(temp.path("a.mp4")));
  REQUIRE(file->settle());
  CHECK(syncs == before + 1);
  REQUIRE(file->write(" two"));
  AtomicFile moved = std::move(*file);
  REQUIRE(moved.settle());
  CHECK(syncs == before + 2);
  REQUIRE(moved.commit());
  CHECK(syncs == before + 3);  // the folder
  CHECK(read_file(temp.path("a.mp4"), 100).value() == "one two");
}

}  // namespace
}  // namespace capsule

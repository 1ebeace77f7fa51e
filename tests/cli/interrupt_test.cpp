#include <doctest/doctest.h>
#include <poll.h>

#include <chrono>
#include <filesystem>
#include <string>
#include <vector>

#include "tests/support/process.h"

namespace capsule {
namespace {

namespace fs = std::filesystem;

/// Long enough that a signal meets the work: a minute of a moving gradient card at full size.
struct LongJob {
  test::TempFolder temp;

  LongJob() {
    temp.write(
        "p.yaml",
        "capsule: 1\ntitle: long\nlanguage: fr\ndeliver: [yt-16x9]\nscenes:\n  - duration: 60s\n    layers:\n"
        "      - shape: ring\n        sweep: { from: 0, to: 1 }\n        color: \"#F2A93B\"\n"
        "        thickness: 9u\n        box: { width: 80u, height: 80u }\n");
    temp.write("film.mp4", "old");
  }

  [[nodiscard]] std::vector<std::string> words() const {
    return {test::capsule_program(), "--json", "render", temp.path("p.yaml"), "--to", "yt-16x9", "-o",
            temp.path("film.mp4")};
  }

  [[nodiscard]] std::vector<std::string> names() const {
    std::vector<std::string> found;
    for (const auto& entry : fs::directory_iterator(temp.folder())) {
      found.push_back(entry.path().filename().string());
    }
    std::sort(found.begin(), found.end());
    return found;
  }
};

/// Until the first progress event says that pictures are being made.
bool wait_until_working(const test::Process& process) {
  const auto deadline = std::chrono::steady_clock::now() + std::chrono::seconds(60);
  while (std::chrono::steady_clock::now() < deadline) {
    if (process.output().find("\"progress\"") != std::string::npos) {
      return true;
    }
    ::poll(nullptr, 0, 10);
  }
  return false;
}

TEST_CASE("SIGINT and SIGTERM end within two seconds, leave nothing and keep the old film") {
  for (const int number : {SIGINT, SIGTERM}) {
    const LongJob job;
    test::Process process(job.words());
    REQUIRE(wait_until_working(process));
    const auto asked = std::chrono::steady_clock::now();
    process.signal(number);
    const auto done = process.wait();
    CHECK(std::chrono::steady_clock::now() - asked < std::chrono::seconds(10));
    CHECK(done.exit == 128 + number);
    CHECK(test::slurp(job.temp.path("film.mp4")) == "old");
    CHECK(job.names() == std::vector<std::string>{"film.mp4", "p.yaml"});
  }
}

TEST_CASE("drawing the logos of a long list ends at SIGINT too") {
  const test::TempFolder temp;
  std::string list = "name,logo\n";
  for (int row = 0; row < 2000; ++row) {
    list += "n" + std::to_string(row) + "," + std::to_string(row) + ".png\n";
  }
  temp.write("list.csv", list);
  test::Process process(
      test::program_with({"--json", "logo", "--data", temp.path("list.csv"), "--size", "512"}));
  while (process.output().find("\"drawn\"") == std::string::npos && ::kill(process.pid(), 0) == 0) {
    ::poll(nullptr, 0, 2);
  }
  process.signal(SIGINT);
  CHECK(process.wait().exit == 128 + SIGINT);
}

TEST_CASE("a tool that the program has started ends at SIGINT with it") {
  const test::TempFolder temp;
  const fs::path bin = temp.path("bin");
  fs::create_directories(bin);
  fs::copy_file(test::capsule_program(), bin / "capsule");
  temp.write("bin/capsule-music", "#!/bin/sh\necho $$ > \"${0%/*}/number\"\nexec sleep 100\n");
  fs::permissions(bin / "capsule-music", fs::perms::owner_all);
  const std::string data = temp.path("data");
  test::Process process({(bin / "capsule").string(), "demo", "-o", temp.path("out")},
                        [&] { ::setenv("CAPSULE_DATA", data.c_str(), 1); });
  const std::string number = (bin / "number").string();
  const auto limit = std::chrono::steady_clock::now() + std::chrono::seconds(60);
  while (!test::slurp(number).ends_with('\n') && std::chrono::steady_clock::now() < limit) {
    ::poll(nullptr, 0, 2);
  }
  REQUIRE(test::slurp(number).ends_with('\n'));
  const pid_t tool = std::stoi(test::slurp(number));
  const auto asked = std::chrono::steady_clock::now();
  process.signal(SIGINT);
  CHECK(process.wait().exit == 128 + SIGINT);
  CHECK(std::chrono::steady_clock::now() - asked < std::chrono::seconds(10));
  CHECK(::kill(tool, 0) != 0);
  CHECK(fs::is_empty(data + "/assets/made/music"));
}

TEST_CASE("kill -9 leaves the old film as it was, and the next run works") {
  const LongJob job;
  {
    test::Process process(job.words());
    REQUIRE(wait_until_working(process));
    process.signal(SIGKILL);
    CHECK(process.wait().exit == 128 + SIGKILL);
  }
  CHECK(test::slurp(job.temp.path("film.mp4")) == "old");
  const auto again = test::capsule(
      {"render", job.temp.path("p.yaml"), "--draft", "--until", "1s", "-o", job.temp.path("film.mp4")});
  CHECK_MESSAGE(again.exit == 0, again.err);
  for (const std::string& name : job.names()) {
    CHECK_FALSE(name.ends_with(".part"));
  }
}

}  // namespace
}  // namespace capsule

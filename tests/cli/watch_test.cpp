#include <doctest/doctest.h>
#include <unistd.h>

#include <algorithm>
#include <chrono>
#include <csignal>
#include <string>

#include "tests/support/process.h"

namespace capsule {
namespace {

/// Waits for the number of times that a text stands in what a process said; false after a minute.
bool comes(const test::Process& process, const std::string& text, int times) {
  const auto limit = std::chrono::steady_clock::now() + std::chrono::minutes(1);
  while (std::chrono::steady_clock::now() < limit) {
    const std::string out = process.output();
    int seen = 0;
    for (auto at = out.find(text); at != std::string::npos; at = out.find(text, at + 1)) {
      ++seen;
    }
    if (seen >= times) {
      return true;
    }
    ::usleep(2000);
  }
  return false;
}

const std::string kPreset = R"(capsule: 1
title: "watch"
language: fr
deliver: [tiny.yaml]
scenes:
  - duration: 1s
    layers:
      - text: "WORD"
        size: 30u
)";

std::string preset(const std::string& word) {
  std::string text = kPreset;
  return text.replace(text.find("WORD"), 4, word);
}

struct Watched {
  test::TempFolder temp;

  Watched() {
    temp.write("tiny.yaml",
               "profile: tiny\nsize: [160, 90]\nrate: 30\nsafe: { x: 4, y: 4, width: 152, height: 82 }\n"
               "x264_preset: ultrafast\n");
    temp.write("p.yaml", preset("Un"));
  }

  [[nodiscard]] std::vector<std::string> words() const {
    return {test::capsule_program(), "render", temp.path("p.yaml"), "--watch", "--json", "-o",
            temp.path("film.mp4")};
  }
};

TEST_CASE("a save renders again, a mistake is waited out, and Ctrl+C ends well") {
  const Watched watched;
  test::Process process(watched.words());
  REQUIRE(comes(process, "\"event\":\"watching\"", 1));
  const std::string first = test::slurp(watched.temp.path("film.mp4"));
  CHECK(first.size() > 1000);

  watched.temp.write("p.yaml", preset("Deux"));
  REQUIRE(comes(process, "\"event\":\"watching\"", 2));
  const std::string second = test::slurp(watched.temp.path("film.mp4"));
  CHECK(second != first);

  watched.temp.write("p.yaml", "capsule: 1\nnonsense: [");
  REQUIRE(comes(process, "\"event\":\"watching\"", 3));
  CHECK(process.output().find("\"event\":\"error\"") != std::string::npos);
  CHECK(test::slurp(watched.temp.path("film.mp4")) == second);

  // As editors do: written beside it, then renamed over it.
  watched.temp.write(".p.yaml.new", preset("Un"));
  std::filesystem::rename(watched.temp.path(".p.yaml.new"), watched.temp.path("p.yaml"));
  REQUIRE(comes(process, "\"event\":\"watching\"", 4));
  CHECK(test::slurp(watched.temp.path("film.mp4")) == first);

  process.signal(SIGINT);
  const auto finished = process.wait();
  CHECK(finished.exit == 0);
  // Its own films and what it keeps were no reason to render again.
  CHECK(std::count(finished.out.begin(), finished.out.end(), '\n') < 60);
  CHECK(finished.out.find("\"event\":\"watching\"") != std::string::npos);
}

}  // namespace
}  // namespace capsule

#include <doctest/doctest.h>
#include <unistd.h>

#include <algorithm>
#include <chrono>
#include <csignal>
#include <string>

#include "tests/support/process.h"

namespace capsule {
namespace {

int count_of(const std::string& out, const std::string& text) {
  int seen = 0;
  for (auto at = out.find(text); at != std::string::npos; at = out.find(text, at + 1)) {
    ++seen;
  }
  return seen;
}

/// Waits for the number of times that a text stands in what a process said; false after a minute.
bool comes(const test::Process& process, const std::string& text, int times) {
  const auto limit = std::chrono::steady_clock::now() + std::chrono::minutes(1);
  while (std::chrono::steady_clock::now() < limit) {
    if (count_of(process.output(), text) >= times) {
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

/// A preset that takes captions, a brand and its series from other folders, and a film beside it under its
/// own stem.
struct Spread {
  test::TempFolder temp;

  Spread() {
    temp.write("one/tiny.yaml",
               "profile: tiny\nsize: [160, 90]\nrate: 30\nsafe: { x: 4, y: 4, width: 152, height: 82 }\n"
               "x264_preset: ultrafast\n");
    temp.write("one/a.yaml",
               "capsule: 1\nextends: base/_series.yaml\nbrand: brand/my.yaml\n"
               "cues: { file: subtitles/fr.srt }\nscenes:\n  - duration: 1s\n"
               "    layers: [ { text: Un, size: 30u, color: primary } ]\n");
    temp.write("one/base/_series.yaml", "capsule: 1\ntitle: watch\nlanguage: fr\ndeliver: [tiny.yaml]\n");
    brand("#204080");
    captions("Bonjour");
  }

  void brand(const std::string& color) const {
    temp.write("one/brand/my.yaml", "name: house\ncolors: { primary: \"" + color + "\" }\n");
  }

  void captions(const std::string& text) const {
    temp.write("one/subtitles/fr.srt", "1\n00:00:00,200 --> 00:00:00,800\n" + text + "\n");
  }
};

TEST_CASE("a save counts in every folder that the preset leads to, and the films beside it never do") {
  const Spread spread;
  const std::string folder = spread.temp.path("one");
  test::Process process({test::capsule_program(), "render", "a.yaml", "--watch", "--json", "-o", "a.mp4"},
                        [&] { (void)!::chdir(folder.c_str()); });
  const auto film = [&] { return test::slurp(spread.temp.path("one/a.mp4")); };
  REQUIRE(comes(process, "\"event\":\"watching\"", 1));
  std::string last = film();
  REQUIRE(last.size() > 1000);
  const std::string preset = test::slurp(spread.temp.path("one/a.yaml"));
  int round = 1;
  const auto renders = [&](const char* what) {
    CAPTURE(what);
    REQUIRE(comes(process, "\"event\":\"watching\"", ++round));
    CHECK(film() != last);
    last = film();
  };
  spread.captions("Salut");
  renders("captions");
  spread.brand("#802040");
  renders("brand");
  spread.temp.write("one/base/_series.yaml", "capsule: 1\ntitle: seen\nlanguage: fr\ndeliver: [tiny.yaml]\n");
  renders("series");
  spread.temp.write("one/a.yaml", preset + "  - duration: 1s\n    layers: [ { text: Deux } ]\n");
  renders("preset");
  std::filesystem::remove(spread.temp.path("one/subtitles/fr.srt"));
  spread.temp.write("one/a.yaml", preset);
  REQUIRE(comes(process, "\"event\":\"watching\"", ++round));
  CHECK(film() == last);
  spread.captions("Revenu");
  renders("captions that were missed");
  process.signal(SIGINT);
  const auto finished = process.wait();
  CHECK(finished.exit == 0);
  CHECK(count_of(finished.out, "\"event\":\"watching\"") == round);
}

}  // namespace
}  // namespace capsule

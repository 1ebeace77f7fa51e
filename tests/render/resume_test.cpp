#include <doctest/doctest.h>
#include <unistd.h>

#include <algorithm>
#include <csignal>
#include <random>
#include <set>
#include <string>
#include <vector>

#include "tests/render/project.h"
#include "tests/support/events.h"

namespace capsule {
namespace {

namespace fs = std::filesystem;
using test::field;
using test::lines_with;

struct Rendered {
  std::string bytes, manifest, poster, done;
  std::set<std::string> made, reused;  ///< Keys of segments.
};

std::set<std::string> keys(const std::string& out, const std::string& reused) {
  std::set<std::string> found;
  for (const std::string& line : lines_with(out, "\"event\":\"segment\"")) {
    if (field(line, "reused") == reused) {
      found.insert(field(line, "key"));
    }
  }
  return found;
}

class Workbench {
 public:
  test::Project project;

  [[nodiscard]] std::vector<std::string> words(const std::string& cache) const {
    std::vector<std::string> w{"render", project.temp.path("p.yaml"), "--json", "--jobs", "2", "-o",
                               output()};
    if (cache.empty()) {
      w.emplace_back("--no-cache");
    } else {
      w.insert(w.end(), {"--cache", project.temp.path(cache)});
    }
    return w;
  }

  [[nodiscard]] Rendered render(const std::string& cache) const {
    const auto finished = test::capsule(words(cache));
    REQUIRE_MESSAGE(finished.exit == 0, finished.out);
    Rendered r;
    r.bytes = test::slurp(output());
    r.manifest = test::slurp(project.temp.path("film.manifest.json"));
    r.poster = test::slurp(project.temp.path("film.poster.jpg"));
    r.made = keys(finished.out, "false");
    r.reused = keys(finished.out, "true");
    r.done = lines_with(finished.out, "\"event\":\"done\"").at(0);
    return r;
  }

  [[nodiscard]] std::string output() const { return project.temp.path("film.mp4"); }

  [[nodiscard]] std::vector<fs::path> entries(const std::string& cache) const {
    std::vector<fs::path> found;
    for (const auto& entry : fs::recursive_directory_iterator(project.temp.path(cache))) {
      const bool kept = entry.is_regular_file() && entry.path().has_extension();
      if (kept && entry.path().extension() != ".TAG" && entry.path().extension() != ".record") {
        found.push_back(entry.path());
      }
    }
    std::sort(found.begin(), found.end());
    return found;
  }
};

void check_same(const Rendered& a, const Rendered& b) {
  CHECK(a.bytes == b.bytes);
  CHECK(a.manifest == b.manifest);
  CHECK(a.poster == b.poster);
}

TEST_CASE("from any mixture of kept and fresh parts comes the film that a fresh render gives") {
  const Workbench bench;
  const Rendered fresh = bench.render("");
  REQUIRE(fresh.bytes.size() > 10000);
  check_same(bench.render("cache"), fresh);

  SUBCASE("a run that finds everything draws nothing and opens no clip") {
    const Rendered again = bench.render("cache");
    check_same(again, fresh);
    CHECK(again.made.empty());
    CHECK(again.reused.size() >= 8);
    CHECK(field(again.done, "composed") == "0");
    CHECK(field(again.done, "readers") == "0");
    CHECK(field(again.done, "sound_reused") == "true");
    CHECK(field(fresh.done, "composed") != "0");
    CHECK(field(fresh.done, "readers") != "0");
  }

  SUBCASE("entries that are gone or damaged are made again, and only those") {
    std::mt19937 random(4);
    for (int round = 0; round < 3; ++round) {
      std::size_t lost = 0;
      for (const fs::path& entry : bench.entries("cache")) {
        const unsigned fate = random() % 4;
        if (fate == 0) {
          fs::remove(entry);
        } else if (fate == 1) {
          fs::resize_file(entry, fs::file_size(entry) / 2);
        }
        lost += fate < 2 && entry.extension() == ".segment" ? 1 : 0;
      }
      const Rendered mixed = bench.render("cache");
      check_same(mixed, fresh);
      CHECK(mixed.made.size() == lost);
      CHECK(mixed.made.size() + mixed.reused.size() == fresh.made.size());
    }
  }
}

TEST_CASE("a corrected caption: its segments are made again, and the reason is named") {
  Workbench bench;
  const Rendered before = bench.render("cache");
  bench.project.words["cue1"] = "Corrigée";
  bench.project.write();
  auto words = bench.words("cache");
  words.emplace_back("--explain");
  words.erase(std::find(words.begin(), words.end(), "--json"));
  const auto explained = test::capsule(words);
  REQUIRE_MESSAGE(explained.exit == 0, explained.err);
  CHECK(explained.err.find("made again: the text of the caption at 0:02.6") != std::string::npos);
  const auto reused = lines_with(explained.err, "reused").size();
  CHECK(reused >= before.made.size() - 2);
  CHECK(reused < before.made.size());
  const Rendered fresh = bench.render("");
  CHECK(test::slurp(bench.output()) == fresh.bytes);
  CHECK(fresh.bytes != before.bytes);
}

TEST_CASE("killed at any moment, the next run makes nothing twice and gives the same bytes") {
  const Workbench bench;
  const Rendered fresh = bench.render("");
  std::mt19937 random(20);
  for (int round = 0; round < 3; ++round) {
    const std::string cache = "killed-" + std::to_string(round);
    CAPTURE(round);
    std::string seen;
    {
      test::Process process(test::program_with(bench.words(cache)));
      const std::size_t enough = random() % fresh.made.size();
      const auto spin = random() % 3000;
      while (lines_with(process.output(), "\"event\":\"segment\"").size() < enough &&
             ::kill(process.pid(), 0) == 0) {
        ::usleep(500);
      }
      ::usleep(static_cast<useconds_t>(spin));
      process.signal(SIGKILL);
      seen = process.wait().out;
    }
    const std::set<std::string> finished = keys(seen, "false");
    const Rendered after = bench.render(cache);
    check_same(after, fresh);
    for (const std::string& key : finished) {
      CHECK(after.reused.contains(key));
      CHECK_FALSE(after.made.contains(key));
    }
  }
}

TEST_CASE("a cache that cannot be written is said once, and the film is made") {
  const Workbench bench;
  bench.project.temp.write("cache", "a file where a folder should be");
  const auto finished = test::capsule(bench.words("cache"));
  CHECK(finished.exit == 0);
  CHECK(lines_with(finished.out, "cache-unwritable").size() == 1);
  CHECK(fs::exists(bench.output()));
}

TEST_CASE("a letter that no font has is told again although nothing is drawn") {
  Workbench bench;
  bench.project.words["word"] = "Bon\xF0\x93\x82\x80";  // an Egyptian hieroglyph
  bench.project.write();
  for (int run = 0; run < 2; ++run) {
    CAPTURE(run);
    const auto finished = test::capsule(bench.words("cache"));
    REQUIRE(finished.exit == 0);
    CHECK(lines_with(finished.out, "\"event\":\"warning\"").size() ==
          lines_with(finished.out, "glyphs-missing").size());
    CHECK(lines_with(finished.out, "glyphs-missing").size() == 1);
  }
}

TEST_CASE("the size cap is met in at most five encodings, and found again at once") {
  Workbench bench;
  const auto size = static_cast<std::int64_t>(bench.render("").bytes.size());
  bench.project.temp.write("small.yaml",
                           bench.project.profile + "max_bytes: " + std::to_string(size * 2 / 3) + "\n");
  const Rendered capped = bench.render("cache");
  CHECK(static_cast<std::int64_t>(capped.bytes.size()) <= size * 2 / 3);
  CHECK(static_cast<std::int64_t>(capped.bytes.size()) >= size / 3);
  const int trials = std::stoi(field(capped.done, "trials"));
  CHECK(trials > 1);
  CHECK(trials <= 5);
  // Most of them are of a part of the film.
  CHECK(std::stoi(field(capped.done, "composed")) < 3 * std::stoi(field(capped.done, "frames")));
  const Rendered again = bench.render("cache");
  check_same(again, capped);
  CHECK(again.made.empty());
  CHECK(field(again.done, "composed") == "0");
}

TEST_CASE("a cap that would spoil the picture makes it smaller, and says so") {
  Workbench bench;
  const std::string profile = bench.project.profile + "audio_rate: 48\n";
  bench.project.temp.write("small.yaml", profile);
  const auto cap = static_cast<std::int64_t>(bench.render("").bytes.size()) * 2 / 5;
  bench.project.temp.write("small.yaml",
                           profile + "max_bytes: " + std::to_string(cap) + "\nsmaller: [80, 54]\n");
  const Rendered capped = bench.render("cache");
  CHECK(static_cast<std::int64_t>(capped.bytes.size()) <= cap);
  const std::string height = field(capped.done, "height");
  CHECK((height == "80" || height == "54"));
  const auto told = test::run({"ffprobe", "-v", "error", "-select_streams", "v", "-show_entries",
                               "stream=height", "-of", "csv=p=0", bench.output()});
  CHECK(told.out == height + "\n");
  CHECK(std::stod(field(capped.done, "crf")) <= 38);
  CHECK(std::stoi(field(capped.done, "trials")) <= 5);
  const Rendered again = bench.render("cache");
  check_same(again, capped);
  CHECK(again.made.empty());
  auto words = bench.words("cache");
  words.erase(std::find(words.begin(), words.end(), "--json"));
  const auto said = test::capsule(words);
  CHECK(said.err.find("×" + height) != std::string::npos);
}

TEST_CASE("a cap that cannot be met is an error, and what stood there stays") {
  Workbench bench;
  const Rendered before = bench.render("cache");
  const auto refused_under = [&](const std::string& cap) {
    bench.project.temp.write("small.yaml", bench.project.profile + "max_bytes: " + cap + "\nsmaller: [80]\n");
    const auto refused = test::capsule(bench.words("cache"));
    CHECK(refused.exit == 5);
    const auto errors = lines_with(refused.out, "\"event\":\"error\"");
    REQUIRE(errors.size() == 1);
    CHECK(field(errors[0], "kilobytes") == "1");
    return errors[0];
  };
  const std::string loud = refused_under("3000");
  CHECK(field(loud, "code") == "size-cap-sound");
  CHECK(field(loud, "limit") == "3.00");
  // Room for the sound, and for hardly a picture.
  const double sound = std::stod(field(loud, "size"));
  const std::string full = refused_under(std::to_string(static_cast<int>(1000 * sound) + 2500));
  CHECK(field(full, "code") == "size-cap-missed");
  CHECK(std::stod(field(full, "size")) > std::stod(field(full, "limit")));
  CHECK(test::slurp(bench.output()) == before.bytes);
  CHECK(test::slurp(bench.project.temp.path("film.manifest.json")) == before.manifest);
}

TEST_CASE("a cap is met in the same way by any number of workers, with a store and without") {
  Workbench bench;
  const auto cap = bench.render("").bytes.size() / 2;
  bench.project.temp.write(
      "small.yaml", bench.project.profile + "max_bytes: " + std::to_string(cap) + "\nsmaller: [90, 72]\n");
  const Rendered fresh = bench.render("");
  CHECK(fresh.bytes.size() <= cap);
  check_same(bench.render("cache"), fresh);
  auto words = bench.words("");
  *(std::find(words.begin(), words.end(), "--jobs") + 1) = "1";
  REQUIRE(test::capsule(words).exit == 0);
  CHECK(test::slurp(bench.output()) == fresh.bytes);
}

TEST_CASE("a batch tells what a cap took from a film, and its report has the picture's size") {
  const Workbench bench;
  const std::string profile = bench.project.profile + "audio_rate: 48\n";
  bench.project.temp.write("small.yaml", profile);
  const auto cap = bench.render("").bytes.size() * 2 / 5;
  bench.project.temp.write("small.yaml",
                           profile + "max_bytes: " + std::to_string(cap) + "\nsmaller: [80, 54]\n");
  std::vector<std::string> words{"batch", bench.project.temp.path("p.yaml"), "-o",
                                 bench.project.temp.path("out"), "--no-cache"};
  const auto told = test::capsule(words);
  REQUIRE_MESSAGE(told.exit == 0, told.err);
  CHECK(lines_with(told.err, "instead of 192×108").size() == 1);
  const std::string report = test::slurp(bench.project.temp.path("out/report.csv"));
  CHECK(lines_with(report, ",crf,picture,").size() == 1);
  CHECK(lines_with(report, "x80,").size() + lines_with(report, "x54,").size() == 1);
}

TEST_CASE("memory: too little is refused before anything is drawn, a little means fewer workers") {
  const Workbench bench;
  auto words = bench.words("");
  words.insert(words.end(), {"--memory", "40M"});
  const auto refused = test::capsule(words);
  CHECK(refused.exit == 5);
  CHECK(refused.out.find("memory-too-small") != std::string::npos);
  CHECK_FALSE(fs::exists(bench.output()));
  words.back() = "160M";
  const auto tight = test::capsule(words);
  REQUIRE_MESSAGE(tight.exit == 0, tight.out);
  const std::string plan = lines_with(tight.out, "\"event\":\"plan\"").at(0);
  CHECK(field(plan, "workers") == "1");
  const std::string bytes = test::slurp(bench.output());
  CHECK(bytes == bench.render("").bytes);
}

}  // namespace
}  // namespace capsule

#include <doctest/doctest.h>
#include <unistd.h>

#include <algorithm>
#include <csignal>
#include <map>
#include <string>
#include <vector>

#include "batch/csv.h"
#include "tests/support/corpus.h"
#include "tests/support/events.h"
#include "tests/support/process.h"

namespace capsule {
namespace {

namespace fs = std::filesystem;
using test::field;
using test::lines_with;

struct Capsule {
  std::string state;
  int segments = 0, reused = 0, composed = 0;
};

/// Four scenes of which only the first and the last name the association.
struct Workshop {
  test::TempFolder temp;

  Workshop() {
    temp.write("tiny.yaml",
               "profile: tiny\nsize: [160, 90]\nrate: 15\nsafe: { x: 4, y: 4, width: 152, height: 82 }\n"
               "x264_preset: ultrafast\nmax_gop: 2s\n");
    temp.write("who.yaml", R"(capsule: 1
title: "{name}"
language: ar-MA
deliver: [tiny.yaml]
variables:
  name: { type: text, required: true, max_chars: 20 }
  phone: { type: text }
  logo: { type: image }
scenes:
  - duration: 2s
    layers: [ { text: "{name}", size: 20u } ]
  - duration: 3s
    layers: [ { shape: rect, color: "#204080", box: { on: canvas, start: 0, end: 0, top: 0, bottom: 0 } } ]
  - duration: 2s
    layers: [ { text: { ar: "معاً" }, size: 30u } ]
  - duration: 2s
    layers: [ { text: "{phone}", size: 20u } ]
)");
    roster(kGood);
  }

  void roster(const std::string& rows) const { temp.write("roster.csv", "id,name,phone,colour\n" + rows); }

  [[nodiscard]] std::vector<std::string> words(const std::vector<std::string>& more = {}) const {
    std::vector<std::string> w{
        "batch",   temp.path("who.yaml"), "--data", temp.path("roster.csv"), "-o", temp.path("out"), "--json",
        "--cache", temp.path("cache")};
    w.insert(w.end(), more.begin(), more.end());
    return w;
  }

  [[nodiscard]] test::Finished run(const std::vector<std::string>& more = {}) const {
    return test::capsule(words(more));
  }

  [[nodiscard]] static std::map<std::string, Capsule> capsules(const test::Finished& finished) {
    std::map<std::string, Capsule> found;
    for (const std::string& line : lines_with(finished.out, "\"event\":\"capsule\"")) {
      found[field(line, "id")] = {field(line, "state"), std::stoi(field(line, "segments")),
                                  std::stoi(field(line, "reused")), std::stoi(field(line, "composed"))};
    }
    return found;
  }

  [[nodiscard]] std::map<std::string, std::string> films() const {
    std::map<std::string, std::string> found;
    for (const auto& entry : fs::directory_iterator(temp.path("out"))) {
      if (entry.path().extension() == ".mp4") {
        found[entry.path().filename().string()] = test::slurp(entry.path().string());
      }
    }
    return found;
  }

  static constexpr const char* kGood = "1,نور,0500000001,red\n2,أمل,0500000002,blue\n3,بذور,0500000003,\n";
};

TEST_CASE("what capsules share is made once; a second run makes nothing; a new name makes its own parts") {
  const Workshop shop;
  const auto first = shop.run();
  REQUIRE_MESSAGE(first.exit == 0, first.out);
  auto capsules = Workshop::capsules(first);
  REQUIRE(capsules.size() == 3);
  CHECK(capsules["1"].reused == 0);
  for (const char* id : {"2", "3"}) {
    CHECK(capsules[id].state == "made");
    CHECK(capsules[id].segments - capsules[id].reused == 2);
  }
  const auto films = shop.films();
  REQUIRE(films.size() == 3);
  CHECK(films.contains("1-نور.tiny.ar.mp4"));
  CHECK(lines_with(first.out, "roster-column").size() == 1);

  const auto again = shop.run();
  CHECK(again.exit == 0);
  for (const auto& [id, capsule] : Workshop::capsules(again)) {
    CHECK(capsule.state == "unchanged");
  }
  CHECK(shop.films() == films);

  shop.roster("1,نور,0500000001,red\n2,أمل الغد,0500000002,blue\n3,بذور,0500000003,\n");
  fs::remove(shop.temp.path("out/3-بذور.tiny.ar.mp4"));
  const auto corrected = shop.run();
  CHECK(corrected.exit == 0);
  capsules = Workshop::capsules(corrected);
  CHECK(capsules["1"].state == "unchanged");
  CHECK(capsules["2"].state == "made");
  CHECK(capsules["2"].segments - capsules["2"].reused == 1);
  CHECK(capsules["3"].state == "made");
  CHECK(capsules["3"].composed == 0);
  CHECK(shop.films().at("3-بذور.tiny.ar.mp4") == films.at("3-بذور.tiny.ar.mp4"));
}

TEST_CASE("a bad row is told at its line and column and stops no other") {
  const Workshop shop;
  shop.roster("1,نور,05,\n2,,06,\n3,اسم أطول مما يسمح به القالب بكثير,07,\n4,أمل,08,\n");
  const auto finished = shop.run();
  CHECK(finished.exit == 6);
  auto capsules = Workshop::capsules(finished);
  CHECK(capsules["1"].state == "made");
  CHECK(capsules["2"].state == "failed");
  CHECK(capsules["3"].state == "failed");
  CHECK(capsules["4"].state == "made");
  const auto missing = lines_with(finished.out, "roster-required");
  REQUIRE(missing.size() == 1);
  CHECK(field(missing[0], "line") == "3");
  CHECK(field(missing[0], "column") == "3");
  const auto too_long = lines_with(finished.out, "text-too-long");
  REQUIRE(too_long.size() == 1);
  CHECK(field(too_long[0], "line") == "4");
  CHECK(field(too_long[0], "column") == "3");
  const std::string report = test::slurp(shop.temp.path("out/report.csv"));
  CHECK(lines_with(report, "made").size() == 2);
  CHECK(lines_with(report, "failed").size() == 2);
  CHECK(lines_with(report, "1,2,").size() == 1);
  CHECK(shop.films().size() == 2);
}

TEST_CASE("killed half-way, it goes on, and the films are those of a batch left in peace") {
  const Workshop peaceful;
  REQUIRE(peaceful.run().exit == 0);
  const Workshop shop;
  {
    auto words = shop.words();
    words.insert(words.begin(), test::capsule_program());
    test::Process process(words);
    while (lines_with(process.output(), "\"event\":\"capsule\"").empty() && ::kill(process.pid(), 0) == 0) {
      ::usleep(500);
    }
    process.signal(SIGKILL);
    process.wait();
  }
  const auto after = shop.run();
  CHECK(after.exit == 0);
  CHECK(Workshop::capsules(after)["1"].state == "unchanged");
  CHECK(shop.films() == peaceful.films());
}

TEST_CASE("shares of the rows make up the whole, and rows can be chosen") {
  const Workshop shop;
  CHECK(Workshop::capsules(shop.run({"--shard", "1/2"})).size() == 2);
  CHECK(Workshop::capsules(shop.run({"--shard", "2/2"})).size() == 1);
  CHECK(shop.films().size() == 3);
  const auto all = Workshop::capsules(shop.run());
  CHECK(all.size() == 3);
  for (const auto& [id, capsule] : all) {
    CHECK(capsule.state == "unchanged");
  }
  CHECK(Workshop::capsules(shop.run({"--only", "3,1"})).size() == 2);
  CHECK(Workshop::capsules(shop.run({"--limit", "1"})).size() == 1);
  CHECK(shop.run({"--only", "9"}).exit == 2);
  CHECK(shop.run({"--shard", "3/2"}).exit == 2);
}

TEST_CASE("presets in a folder, without a list") {
  const Workshop shop;
  shop.temp.write("set/tiny.yaml", test::slurp(shop.temp.path("tiny.yaml")));
  for (const char* name : {"a", "b"}) {
    shop.temp.write(std::string("set/") + name + ".yaml",
                    std::string("capsule: 1\ntitle: \"x\"\nlanguage: fr\ndeliver: [tiny.yaml]\nscenes:\n"
                                "  - duration: 1s\n    layers: [ { text: \"") +
                        name + "\", size: 20u } ]\n");
  }
  const auto finished =
      test::capsule({"batch", shop.temp.path("set"), "-o", shop.temp.path("out"), "--json"});
  CHECK(finished.exit == 0);
  CHECK(Workshop::capsules(finished).size() == 2);
  CHECK(shop.films().size() == 2);
}

/// Draws the logos that a roster names: a letter of the name on the association's colour.
void draw_logos(const test::TempFolder& temp, std::size_t rows) {
  const auto table = batch::parse_csv(test::slurp(temp.path("roster.csv")), "roster.csv");
  REQUIRE(table);
  const std::string emblem = std::string(CAPSULE_SOURCE_DIR) + "/tests/batch/data/emblem.yaml";
  for (std::size_t i = 1; i <= std::min(rows, table->records.size() - 1); ++i) {
    const auto& cells = table->records[i].cells;
    const std::string name = cells[1].text.substr(cells[1].text.find(' ') + 1, 2);
    const std::string logo = temp.path(cells[6].text);
    fs::create_directories(fs::path(logo).parent_path());
    const auto drawn = test::capsule({"frame", emblem, "--set", "letter=" + name, "--set",
                                      "color=" + cells[5].text, "--at", "0", "-o", logo});
    REQUIRE_MESSAGE(drawn.exit == 0, drawn.err);
  }
}

TEST_CASE("the roster of a workshop: names, phones and logos of associations") {
  const auto corpus = test::corpus();
  if (!corpus) {
    return;
  }
  const fs::path roster = fs::path(*corpus) / "../content/roster.csv";
  const fs::path data(CAPSULE_SOURCE_DIR);
  if (!fs::exists(roster) || !fs::exists(data / "assets/made/clips/lesson.mp4")) {
    MESSAGE("SKIPPED: the roster, or the clips that `capsule demo` draws, are not there");
    return;
  }
  const test::TempFolder temp;
  fs::copy_file(roster, temp.path("roster.csv"));
  draw_logos(temp, 3);
  const std::vector<std::string> words{"batch",   (data / "presets/workshop/association-intro.yaml").string(),
                                       "--data",  temp.path("roster.csv"),
                                       "--set",   "place={commune}",
                                       "--limit", "3",
                                       "--draft", "--json",
                                       "--to",    "wa-chat",
                                       "-o",      temp.path("out"),
                                       "--cache", temp.path("cache")};
  const auto first = test::capsule(words);
  REQUIRE_MESSAGE(first.exit == 0, first.out);
  auto capsules = Workshop::capsules(first);
  REQUIRE(capsules.size() == 3);
  for (const char* id : {"002", "003"}) {
    CHECK(capsules[id].reused > 0);
  }
  const auto again = test::capsule(words);
  for (const auto& [id, capsule] : Workshop::capsules(again)) {
    CHECK(capsule.state == "unchanged");
  }
}

}  // namespace
}  // namespace capsule

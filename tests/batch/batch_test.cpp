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

/// Runs a batch until its first capsule is told, and kills it there.
void kill_behind_first(const std::vector<std::string>& words) {
  test::Process process(test::program_with(words));
  while (lines_with(process.output(), "\"event\":\"capsule\"").empty() && ::kill(process.pid(), 0) == 0) {
    ::usleep(500);
  }
  process.signal(SIGKILL);
  process.wait();
}

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
  CHECK(films.contains("1-نور.who.tiny.ar.mp4"));
  CHECK(lines_with(first.out, "roster-column").size() == 1);

  const auto again = shop.run();
  CHECK(again.exit == 0);
  for (const auto& [id, capsule] : Workshop::capsules(again)) {
    CHECK(capsule.state == "unchanged");
  }
  CHECK(shop.films() == films);

  shop.roster("1,نور,0500000001,red\n2,أمل الغد,0500000002,blue\n3,بذور,0500000003,\n");
  fs::remove(shop.temp.path("out/3-بذور.who.tiny.ar.mp4"));
  const auto corrected = shop.run();
  CHECK(corrected.exit == 0);
  capsules = Workshop::capsules(corrected);
  CHECK(capsules["1"].state == "unchanged");
  CHECK(capsules["2"].state == "made");
  CHECK(capsules["2"].segments - capsules["2"].reused == 1);
  CHECK(capsules["3"].state == "made");
  CHECK(capsules["3"].composed == 0);
  CHECK(shop.films().at("3-بذور.who.tiny.ar.mp4") == films.at("3-بذور.who.tiny.ar.mp4"));
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
  kill_behind_first(shop.words());
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
  CHECK(lines_with(test::slurp(shop.temp.path("out/report.csv")), ",unchanged,").size() == 3);
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

TEST_CASE("two processes share out the rows over one store and one folder") {
  const Workshop alone;
  REQUIRE(alone.run().exit == 0);
  const Workshop shop;
  const auto share = [&](const char* which) { return test::program_with(shop.words({"--shard", which})); };
  test::Process first(share("1/2"));
  test::Process second(share("2/2"));
  CHECK(first.wait().exit == 0);
  CHECK(second.wait().exit == 0);
  CHECK(shop.films() == alone.films());
  CHECK(lines_with(test::slurp(shop.temp.path("out/report-1-2.csv")), "made").size() == 2);
  CHECK(lines_with(test::slurp(shop.temp.path("out/report-2-2.csv")), "made").size() == 1);
}

TEST_CASE("a row that is renamed tells of the film that bears its old name") {
  const Workshop shop;
  REQUIRE(lines_with(shop.run().out, "batch-superseded").empty());
  shop.roster("1,نور,0500000001,\n2,أمل الغد,0500000002,\n3,بذور,0500000003,\n");
  CHECK(lines_with(shop.run({"--only", "1"}).out, "batch-superseded").empty());
  const auto told = lines_with(shop.run().out, "batch-superseded");
  REQUIRE(told.size() == 1);
  CHECK(told[0].find("2-أمل.who.tiny.ar.mp4") != std::string::npos);
  CHECK(shop.films().size() == 4);
}

TEST_CASE("the reports open in a spreadsheet and in a browser, and believe no cell") {
  const Workshop shop;
  shop.temp.write("roster.csv", "id;name;phone\n1;<b>&نور;=1+1\n2;;06\n");
  CHECK(shop.run({"--set", "phone={phone}"}).exit == 6);
  const std::string table = test::slurp(shop.temp.path("out/report.csv"));
  CHECK(table.starts_with("\xEF\xBB\xBFid;line;profile;"));
  CHECK(lines_with(table, ";failed;").size() == 1);
  const std::string page = test::slurp(shop.temp.path("out/report.html"));
  CHECK(page.find("<b>&") == std::string::npos);
  CHECK(page.find("<script") == std::string::npos);
  CHECK(page.find("src=\"1-b-%D9%86%D9%88%D8%B1.who.tiny.ar.poster.jpg\"") != std::string::npos);
  CHECK(page.find("href=\"1-b-%D9%86%D9%88%D8%B1.who.tiny.ar.mp4\"") != std::string::npos);
  CHECK(fs::exists(shop.temp.path("out/1-b-نور.who.tiny.ar.poster.jpg")));
  CHECK(page.find("class=\"failed\"") != std::string::npos);
}

TEST_CASE("logos that are not there are told before the work, with the command that draws them") {
  const Workshop shop;
  shop.temp.write("roster.csv", "id,name,logo\n1,نور,logos/1.png\n2,أمل,\n");
  const auto without = shop.run();
  CHECK(without.exit == 6);
  REQUIRE(lines_with(without.out, "roster-pictures-missing").size() == 1);
  CHECK(without.out.find("roster-pictures-missing") < without.out.find("\"capsule\""));
  REQUIRE(test::capsule({"logo", "--data", shop.temp.path("roster.csv")}).exit == 0);
  const auto with = shop.run();
  CHECK(with.exit == 0);
  CHECK(lines_with(with.out, "roster-pictures-missing").empty());
}

/// The proving case of the batch, small: the workshop's roster, its capsule, logos drawn by the program.
struct Proof {
  test::TempFolder temp;

  explicit Proof(const fs::path& roster) {
    const std::string all = test::slurp(roster.string());
    std::size_t end = 0;
    for (int line = 0; line < 4; ++line) {
      end = all.find('\n', end) + 1;
    }
    temp.write("roster.csv", all.substr(0, end));
    temp.write("small.yaml",
               "profile: small\nsize: [144, 256]\nrate: 10\nsafe: { x: 6, y: 6, width: 132, height: 244 }\n"
               "x264_preset: ultrafast\nmax_gop: 4s\n");
  }

  /// Photos in place of the clips, whose decoding would be most of the time.
  [[nodiscard]] std::vector<std::string> words() const {
    const std::string source = CAPSULE_SOURCE_DIR;
    std::vector<std::string> w{"batch",   source + "/presets/workshop/association-intro.yaml",
                               "--data",  temp.path("roster.csv"),
                               "--set",   "place={commune}",
                               "--to",    temp.path("small.yaml"),
                               "-o",      temp.path("out"),
                               "--cache", temp.path("cache"),
                               "--json"};
    for (const char* picture : {"photo", "clip", "clip2", "group"}) {
      w.insert(w.end(), {"--set", std::string(picture) + "=" + source + "/assets/readme/demo.jpg"});
    }
    return w;
  }

  [[nodiscard]] std::map<std::string, Capsule> run() const {
    const auto finished = test::capsule(words());
    CHECK_MESSAGE(finished.exit == 0, finished.out);
    return Workshop::capsules(finished);
  }
};

TEST_CASE("the workshop: logos drawn, three capsules, killed half-way, gone on, one name corrected") {
  const auto corpus = test::corpus();
  if (!corpus) {
    return;
  }
  const fs::path roster = fs::path(*corpus) / "../content/roster.csv";
  if (!fs::exists(roster) || !fs::exists(std::string(CAPSULE_SOURCE_DIR) + "/assets/made/music/calm.wav")) {
    MESSAGE("SKIPPED: the roster, or the music that `capsule demo` plays, are not there");
    return;
  }
  const Proof proof(roster);
  REQUIRE(test::capsule({"logo", "--data", proof.temp.path("roster.csv")}).exit == 0);
  kill_behind_first(proof.words());
  auto capsules = proof.run();
  REQUIRE(capsules.size() == 3);
  CHECK(capsules["001"].state == "unchanged");
  CHECK(capsules["003"].state == "made");
  CHECK(capsules["003"].reused > 0);

  std::string text = test::slurp(proof.temp.path("roster.csv"));
  const std::string old = "بذور الخير";
  REQUIRE(text.find(old) != std::string::npos);
  proof.temp.write("roster.csv", text.replace(text.find(old), old.size(), "بذور الخير القروية"));
  capsules = proof.run();
  for (const char* id : {"001", "002"}) {
    CHECK(capsules[id].state == "unchanged");
  }
  CHECK(capsules["003"].state == "made");
  CHECK(capsules["003"].reused > 0);
}

}  // namespace
}  // namespace capsule

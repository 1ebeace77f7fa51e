#include <doctest/doctest.h>
#include <unistd.h>

#include <algorithm>
#include <chrono>
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

/// Until the first capsule is told, or for a minute: one that ends without says so by what it left.
void wait_for_first(const test::Process& process) {
  const auto limit = std::chrono::steady_clock::now() + std::chrono::minutes(1);
  while (lines_with(process.output(), "\"event\":\"capsule\"").empty() &&
         std::chrono::steady_clock::now() < limit) {
    ::usleep(500);
  }
}

/// Runs a batch until its first capsule is told, and kills it there.
void kill_behind_first(const std::vector<std::string>& words) {
  test::Process process(test::program_with(words));
  wait_for_first(process);
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

  /// Forty rows.
  void many() const {
    std::string rows;
    for (int row = 1; row <= 40; ++row) {
      rows += std::to_string(row) + ",نور " + std::to_string(row) + ",05,\n";
    }
    roster(rows);
  }

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
  CHECK(Workshop::capsules(shop.run({"--only", "1, 3"})).size() == 2);
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

TEST_CASE("a draft stands beside the finished film") {
  const Workshop shop;
  REQUIRE(shop.run().exit == 0);
  const auto films = shop.films();
  const std::string report = test::slurp(shop.temp.path("out/report.csv"));
  CHECK(shop.run({"--draft", "--limit", "1"}).exit == 0);
  auto after = shop.films();
  CHECK(after.erase("1-نور.who.tiny.ar.draft.mp4") == 1);
  CHECK(after == films);
  CHECK(test::slurp(shop.temp.path("out/report.csv")) == report);
  CHECK(fs::exists(shop.temp.path("out/report-part.csv")));
}

TEST_CASE("interrupted, it says how many films are finished, reports them, and goes on") {
  const Workshop shop;
  shop.many();
  test::Process process(test::program_with(shop.words()));
  wait_for_first(process);
  process.signal(SIGINT);
  const auto ended = process.wait();
  REQUIRE(ended.exit == 130);
  const auto done = static_cast<int>(lines_with(ended.out, "\"event\":\"capsule\"").size());
  REQUIRE(done < 40);
  const auto told = lines_with(ended.out, "cancelled-part");
  REQUIRE(told.size() == 1);
  CHECK(field(told[0], "count") == std::to_string(done));
  CHECK(field(told[0], "total") == "40");
  CHECK(static_cast<int>(shop.films().size()) == done);
  const std::string report = test::slurp(shop.temp.path("out/report-part.csv"));
  CHECK(static_cast<int>(lines_with(report, ",made,").size()) == done);
  CHECK_FALSE(fs::exists(shop.temp.path("out/report.csv")));
  for (const auto& entry : fs::directory_iterator(shop.temp.path("out"))) {
    CHECK(entry.path().extension() != ".part");
  }
}

TEST_CASE("a folder that cannot be written ends the batch before a film is drawn") {
  const Workshop shop;
  shop.temp.write("out", "a file");
  const auto finished = shop.run();
  CHECK(finished.exit == 4);
  CHECK(Workshop::capsules(finished).empty());
  REQUIRE(lines_with(finished.out, "batch-folder").size() == 1);
  CHECK(lines_with(finished.out, "\"event\":\"error\"").size() == 1);
  CHECK(lines_with(finished.out, "batch-folder")[0].find("roster.csv") == std::string::npos);
}

TEST_CASE("a disk that fills up ends the batch at once, as a fault of no row") {
  const Workshop shop;
  shop.many();
  // Room for some films and not for all.
  const std::string script = "mount -t tmpfs -o size=48k none \"$0\" && exec \"$@\"";
  fs::create_directories(shop.temp.path("out"));
  std::vector<std::string> words{"unshare", "-rm", "sh", "-c", script, shop.temp.path("out")};
  if (test::run({"unshare", "-rm", "sh", "-c", script, shop.temp.path("out"), "true"}).exit != 0) {
    MESSAGE("SKIPPED: no small disk can be mounted here");
    return;
  }
  for (const std::string& word : test::program_with(shop.words())) {
    words.push_back(word);
  }
  const auto finished = test::run(words);
  CHECK_MESSAGE(finished.exit == 4, finished.out);
  CHECK(lines_with(finished.out, "\"state\":\"failed\"").empty());
  CHECK(Workshop::capsules(finished).size() < 40);
  REQUIRE(lines_with(finished.out, "batch-folder").size() == 1);
  CHECK(lines_with(finished.out, "batch-folder")[0].find("No space left") != std::string::npos);
}

TEST_CASE("warnings name their rows, on the screen and in both reports") {
  const Workshop shop;
  shop.temp.write("who.yaml", test::slurp(shop.temp.path("who.yaml")) +
                                  "  - duration: 1s\n    layers: [ { logo: \"{logo}\" } ]\n");
  shop.temp.write("roster.csv", "id,name,phone\n1,نور,\n2,أمل,06\n3,بذور,\n4,أمان,\n");
  auto words = shop.words();
  std::erase(words, "--json");
  words.insert(words.end(), {"--ui-lang", "en"});
  const auto finished = test::capsule(words);
  CHECK(finished.exit == 0);
  const auto phone = lines_with(finished.err, "“phone” is not given");
  REQUIRE(phone.size() == 2);
  CHECK(phone[0].find("roster.csv:2:") != std::string::npos);
  CHECK(phone[1].find("the same for 3, 4:") != std::string::npos);
  const auto logo = lines_with(finished.err, "“logo” is not given");
  REQUIRE(logo.size() == 2);
  CHECK(logo[0].find("row 1:") != std::string::npos);
  CHECK(logo[1].find("the same for 2, 3, 4:") != std::string::npos);
  const std::string table = test::slurp(shop.temp.path("out/report.csv"));
  CHECK(lines_with(table, "“phone” is not given").size() == 3);
  const std::string page = test::slurp(shop.temp.path("out/report.html"));
  CHECK(page.find("roster.csv:4:") != std::string::npos);
  // Of each row, for programs, also where nothing was made.
  const auto again = lines_with(shop.run().out, "“phone” is not given");
  REQUIRE(again.size() == 3);
  CHECK(field(again[1], "id") == "3");
}

TEST_CASE("a film that stays behind a row which fails is told and reported") {
  const Workshop shop;
  REQUIRE(shop.run().exit == 0);
  shop.temp.write("roster.csv", "id,name,phone,logo\n1,نور,0500000001,\n2,أمل,2,gone.png\n3,بذور,3,\n");
  const auto finished = shop.run();
  CHECK(finished.exit == 6);
  const auto told = lines_with(finished.out, "batch-old-film");
  REQUIRE(told.size() == 1);
  CHECK(told[0].find("2-أمل.who.tiny.ar.mp4") != std::string::npos);
  CHECK(lines_with(test::slurp(shop.temp.path("out/report.csv")), "2-أمل.who.tiny.ar.mp4").size() == 1);
}

TEST_CASE("a logo that is garbage is told at its cell, and a colour that is none is told once") {
  const Workshop shop;
  std::string text = test::slurp(shop.temp.path("who.yaml"));
  text.replace(text.find("  logo: {"), 2, "  color: { type: color, default: \"#204080\" }\n  ");
  text.replace(text.find("\"#204080\", box"), 9, "\"{color}\"");
  text += "  - duration: 1s\n    layers: [ { logo: \"{logo}\" }, { shape: rect, color: \"{color}\" } ]\n";
  shop.temp.write("who.yaml", text);
  shop.temp.write("logos/1.png", "no picture at all");
  shop.temp.write("logos/2.png", "");
  shop.temp.write("roster.csv",
                  "id,name,color,logo\n1,نور,,logos/1.png\n2,أمل,#204080,logos/2.png\n3,بذور,zz,\n");
  const auto finished = shop.run();
  CHECK(finished.exit == 6);
  const auto errors = lines_with(finished.out, "\"event\":\"error\"");
  const auto at = [&](int line) {
    std::vector<std::string> found;
    for (const std::string& error : errors) {
      if (error.find("\"line\":" + std::to_string(line) + ",") != std::string::npos) {
        found.push_back(field(error, "column"));
      }
    }
    return found;
  };
  using Columns = std::vector<std::string>;
  CHECK(at(2) == Columns{"8"});
  CHECK(at(3) == Columns{"15"});
  CHECK(at(4) == Columns{"8"});
}

TEST_CASE(
    "a logo that is garbage is told at its cell, whichever way its name is written, and through a link") {
  const Workshop shop;
  shop.temp.write("who.yaml", test::slurp(shop.temp.path("who.yaml")) +
                                  "  - duration: 1s\n    layers: [ { logo: \"{logo}\" } ]\n");
  shop.temp.write("e\u0301toile.png", "no picture at all");
  fs::create_symlink("e\u0301toile.png", shop.temp.path("link.png"));
  shop.temp.write("roster.csv", "id,name,logo\n1,نور,\u00E9toile.png\n2,أمل,link.png\n");
  const auto finished = shop.run();
  CHECK(finished.exit == 6);
  auto errors = lines_with(finished.out, "\"event\":\"error\"");
  std::erase_if(errors, [](const std::string& error) { return field(error, "code") == "batch-failed"; });
  REQUIRE(errors.size() == 2);
  for (const std::string& error : errors) {
    CHECK_MESSAGE(field(error, "column") == "7", error);
  }
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

#include "batch/jobs.h"

#include <doctest/doctest.h>

#include <map>
#include <set>
#include <string>
#include <vector>

#include "batch/superseded.h"
#include "tests/support/process.h"
#include "tests/support/recorder.h"

namespace capsule::batch {
namespace {

namespace fs = std::filesystem;

struct Folder {
  test::TempFolder temp;
  test::Recorder recorder;

  Folder() {
    for (const std::string profile : {"a", "b"}) {
      temp.write(profile + ".yaml",
                 "profile: " + profile +
                     "\nsize: [160, 90]\nrate: 15\nsafe: { x: 4, y: 4, width: 152, height: 82 }\n");
    }
    preset("who.yaml", "name: { required: true }");
    temp.write("list.csv", "id,name\n1,نور\n2,أمل\n3,بذور\n");
  }

  void preset(const std::string& name, const std::string& variables) const {
    temp.write(name, "capsule: 1\ntitle: x\nlanguage: ar-MA\ndeliver: [a.yaml, b.yaml]\nvariables:\n  " +
                         variables + "\nscenes:\n  - duration: 1s\n    layers: [ { text: \"{name}\" } ]\n");
  }

  [[nodiscard]] Wish wish() const {
    Wish wish;
    wish.presets = {temp.path("who.yaml")};
    wish.roster = temp.path("list.csv");
    return wish;
  }

  std::vector<std::string> stems(const Wish& wish) {
    const auto jobs = jobs_of(wish, {CAPSULE_SOURCE_DIR}, recorder);
    REQUIRE(jobs);
    std::vector<std::string> found;
    for (const Item& item : jobs->items) {
      found.push_back(item.stem + " " + fs::path(item.request.profile).stem().string());
    }
    return found;
  }
};

using Stems = std::vector<std::string>;

TEST_CASE("every row gets a film for each place of the preset, under a name with row and preset") {
  Folder folder;
  folder.temp.write("list.csv", "id,name\n1,نور\n2,\n");
  CHECK(folder.stems(folder.wish()) == Stems{"1-نور.who a", "1-نور.who b", "2.who "});
  Wish asked = folder.wish();
  asked.profiles = {folder.temp.path("b.yaml")};
  CHECK(folder.stems(asked) == Stems{"1-نور.who b", "2.who b"});
}

TEST_CASE("--limit and --only choose rows, with all their films") {
  Folder folder;
  Wish wish = folder.wish();
  wish.limit = 2;
  CHECK(folder.stems(wish) == Stems{"1-نور.who a", "1-نور.who b", "2-أمل.who a", "2-أمل.who b"});
  wish.only = {"3"};
  CHECK(folder.stems(wish) == Stems{"3-بذور.who a", "3-بذور.who b"});
  CHECK(report_stem(wish) == "report-part");
  wish.only = {"9"};
  CHECK(jobs_of(wish, {}, folder.recorder).error().code == Code{"batch-unknown-id"});
}

TEST_CASE("a variable that is needed but has a value of its own may be missing from the list") {
  Folder folder;
  folder.preset("who.yaml", "name: { required: yes, default: \"جمعيتنا\" }");
  folder.temp.write("list.csv", "id,phone\n1,05\n");
  const auto jobs = jobs_of(folder.wish(), {CAPSULE_SOURCE_DIR}, folder.recorder);
  REQUIRE(jobs);
  CHECK(jobs->items.front().problems.empty());
  folder.preset("who.yaml", "name: { required: yes }");
  CHECK(jobs_of(folder.wish(), {CAPSULE_SOURCE_DIR}, folder.recorder).error().code ==
        Code{"roster-no-column"});
}

TEST_CASE("a folder's presets, in either spelling of the ending, without what its episodes share") {
  Folder folder;
  folder.temp.write("series/_series.yaml", "capsule: 1\nlanguage: fr\n");
  folder.temp.write("series/1.yaml", "capsule: 1\nextends: _series.yaml\nscenes: []\n");
  folder.temp.write("series/2.yml", "capsule: 1\nscenes: []\n");
  folder.temp.write("series/brand.yaml", "name: x\n");
  Wish wish;
  wish.presets = {folder.temp.path("series")};
  wish.profiles = {"wa-chat"};
  CHECK(folder.stems(wish) == Stems{"1 wa-chat", "2 wa-chat"});
}

TEST_CASE("the film of an old name is found; films of other presets, places and rows are not") {
  Folder folder;
  for (const char* film : {"1-قديم.who.a.ar", "1-نور.who.a.ar", "1-قديم.short.a.ar", "1-قديم.who.b.ar",
                           "2-قديم.who.a.ar", "1-قديم.who-long.a.ar"}) {
    folder.temp.write(std::string("out/") + film + ".mp4", "x");
  }
  Item item;
  item.id = "1";
  item.stem = "1-نور.who";
  item.row = {"list.csv", 2, 1};
  Outcome outcome;
  outcome.item = &item;
  outcome.state = State::kMade;
  outcome.output = folder.temp.path("out/1-نور.who.a.ar.mp4");
  const auto left = superseded(folder.temp.path("out"), {outcome});
  REQUIRE(left.size() == 1);
  CHECK(left.begin()->first == folder.temp.path("out/1-قديم.who.a.ar.mp4"));
}

TEST_CASE("the film of an old name is found for ids with a dash, too") {
  Folder folder;
  for (const char* film : {"A-1-قديم", "A-1-نور", "A-قديم", "A-أمل", "2026-01-قديم", "B-2-قديم"}) {
    folder.temp.write("out/" + std::string(film) + ".who.a.ar.mp4", "x");
  }
  folder.temp.write("out/A-1-قديم.who.a.ar.poster.jpg", "x");
  std::vector<Item> items(4);
  std::vector<Outcome> outcomes;
  const char* const rows[][2] = {{"A-1", "A-1-نور"}, {"A", "A-أمل"}, {"2026-01", "2026-01-نور"}, {"B-2", ""}};
  for (std::size_t i = 0; i < items.size(); ++i) {
    items[i].id = rows[i][0];
    items[i].row = {"list.csv", 2, 1};
    Outcome outcome;
    outcome.item = &items[i];
    // What the film of a row that failed is called is not known.
    outcome.state = rows[i][1][0] != 0 ? State::kMade : State::kFailed;
    outcome.output =
        rows[i][1][0] != 0 ? folder.temp.path(std::string("out/") + rows[i][1] + ".who.a.ar.mp4") : "";
    outcomes.push_back(outcome);
  }
  const std::map<std::string, std::string> expected{
      {folder.temp.path("out/A-1-قديم.who.a.ar.mp4"), "A-1"},
      {folder.temp.path("out/A-قديم.who.a.ar.mp4"), "A"},
      {folder.temp.path("out/2026-01-قديم.who.a.ar.mp4"), "2026-01"}};
  CHECK(superseded(folder.temp.path("out"), outcomes) == expected);
}

TEST_CASE("a film that stands for a row that failed is found by name, place and language") {
  Folder folder;
  for (const char* film : {"1.who.a.ar", "1.who.b.ar", "1.who.a.fr", "1.who.a.ar.draft", "2.who.a.ar"}) {
    folder.temp.write("out/" + std::string(film) + ".mp4", "x");
  }
  std::vector<Item> items(2);
  items[0].id = "1";
  items[0].stem = "1.who";
  items[1].id = "2";
  items[1].stem = "2.who";
  Outcome failed;
  failed.item = items.data();
  Outcome made;
  made.item = &items[1];
  made.state = State::kMade;
  const std::string out = folder.temp.path("out");
  CHECK(outdated(out, {failed, made}).size() == 3);
  failed.profile = "a";
  CHECK(outdated(out, {failed}).size() == 2);
  failed.language = "ar";
  CHECK(outdated(out, {failed}) == std::map<std::string, std::string>{{out + "/1.who.a.ar.mp4", "1"}});
  items[0].request.draft = true;
  CHECK(outdated(out, {failed}) == std::map<std::string, std::string>{{out + "/1.who.a.ar.draft.mp4", "1"}});
}

TEST_CASE("a place is made once, whatever it is called; two that end in one name are told before any work") {
  Folder folder;
  Wish wish = folder.wish();
  wish.limit = 1;
  wish.profiles = {"wa-chat", "whatsapp", "wa-chat"};
  wish.languages = {"ar", "ar-MA"};
  CHECK(folder.stems(wish) == Stems{"1-نور.who wa-chat"});
  folder.temp.write("other/a.yaml", test::slurp(folder.temp.path("a.yaml")));
  wish.profiles = {folder.temp.path("a.yaml"), folder.temp.path("other/../a.yaml"),
                   folder.temp.path("b.yaml")};
  CHECK(folder.stems(wish) == Stems{"1-نور.who a", "1-نور.who b"});
  wish.profiles = {folder.temp.path("a.yaml"), folder.temp.path("other/a.yaml")};
  const auto clash = jobs_of(wish, {CAPSULE_SOURCE_DIR}, folder.recorder);
  REQUIRE_FALSE(clash);
  CHECK(clash.error().code == Code{"targets-clash"});
  const std::string said = language::message(clash.error(), language::UiLanguage::kEnglish);
  CHECK(said.find(wish.profiles[0]) != std::string::npos);
  CHECK(said.find(wish.profiles[1]) != std::string::npos);
  CHECK(said.find(".a.ar.mp4") != std::string::npos);
  wish.profiles = {"reel"};
  wish.languages = {"fr", "fr-MA"};
  CHECK(jobs_of(wish, {CAPSULE_SOURCE_DIR}, folder.recorder).error().code == Code{"targets-clash"});
  // A preset's own list, too.
  folder.temp.write("who.yaml",
                    "capsule: 1\ntitle: x\nlanguage: fr\ndeliver: [a.yaml, other/a.yaml]\n"
                    "variables:\n  name: {}\nscenes:\n  - duration: 1s\n    layers: []\n");
  CHECK(jobs_of(folder.wish(), {CAPSULE_SOURCE_DIR}, folder.recorder).error().code == Code{"targets-clash"});
}

TEST_CASE("what is wrong on the command line is told once, and of no row") {
  Folder folder;
  const auto code = [&](const Wish& wish) {
    const auto jobs = jobs_of(wish, {CAPSULE_SOURCE_DIR}, folder.recorder);
    return jobs ? Code{"internal"} : jobs.error().code;
  };
  Wish place = folder.wish();
  place.profiles = {"wa-chat", "xqzvw"};
  CHECK(code(place) == Code{"profile-unknown"});
  Wish language = folder.wish();
  language.languages = {"xx"};
  CHECK(code(language) == Code{"bad-language-tag"});
  Wish set = folder.wish();
  set.set = {{"nmae", "1"}};
  CHECK(code(set) == Code{"set-unknown-near"});
  set.roster.clear();
  CHECK(code(set) == Code{"set-unknown-near"});
  set.set = {{"name.fr", "x"}};
  CHECK(code(set) == Code{"internal"});
}

TEST_CASE("--only takes ids as people type them, and says which was meant") {
  Folder folder;
  folder.temp.write("list.csv", "id,name\n001,نور\n002,أمل\n004,بذور\n");
  Wish wish = folder.wish();
  wish.profiles = {folder.temp.path("a.yaml")};
  wish.only = {"002", " 004\u200F", ""};
  CHECK(folder.stems(wish) == Stems{"002-أمل.who a", "004-بذور.who a"});
  wish.only = {" ", ""};
  CHECK(jobs_of(wish, {CAPSULE_SOURCE_DIR}, folder.recorder).error().code == Code{"batch-unknown-id"});
  for (const char* id : {"4", "O04"}) {
    wish.only = {id};
    const auto jobs = jobs_of(wish, {CAPSULE_SOURCE_DIR}, folder.recorder);
    REQUIRE_FALSE(jobs);
    CHECK(jobs.error().code == Code{"batch-unknown-id-near"});
    CHECK(std::get<std::string>(jobs.error().args[1].value) == "004");
  }
  wish.only = {"9"};
  CHECK(jobs_of(wish, {CAPSULE_SOURCE_DIR}, folder.recorder).error().code == Code{"batch-unknown-id"});
}

TEST_CASE("of several presets, one that cannot be read fails alone") {
  Folder folder;
  folder.temp.write("broken.yaml", "capsule: 1\nvariables: [\n");
  Wish wish = folder.wish();
  wish.profiles = {folder.temp.path("a.yaml")};
  wish.presets = {folder.temp.path("broken.yaml"), folder.temp.path("who.yaml")};
  const auto jobs = jobs_of(wish, {CAPSULE_SOURCE_DIR}, folder.recorder);
  REQUIRE(jobs);
  REQUIRE(jobs->items.size() == 4);
  CHECK(jobs->items[0].id == "broken");
  CHECK(jobs->items[0].problems.size() == 1);
  CHECK(jobs->items[1].problems.empty());
  wish.presets.resize(1);
  CHECK_FALSE(jobs_of(wish, {CAPSULE_SOURCE_DIR}, folder.recorder).has_value());
}

TEST_CASE("batches of two presets share a folder without harm") {
  const Folder folder;
  for (const char* name : {"long.yaml", "short.yaml"}) {
    folder.preset(name, "name: { required: true }");
    const auto made = test::capsule({"batch", folder.temp.path(name), "--data", folder.temp.path("list.csv"),
                                     "--limit", "1", "-o", folder.temp.path("out"), "--json"});
    CHECK_MESSAGE(made.exit == 0, made.out);
    CHECK(made.out.find("batch-superseded") == std::string::npos);
  }
  std::set<std::string> films;
  for (const auto& entry : fs::directory_iterator(folder.temp.path("out"))) {
    if (entry.path().extension() == ".mp4") {
      films.insert(entry.path().filename().string());
    }
  }
  CHECK(films == std::set<std::string>{"1-نور.long.a.ar.mp4", "1-نور.long.b.ar.mp4", "1-نور.short.a.ar.mp4",
                                       "1-نور.short.b.ar.mp4"});
}

}  // namespace
}  // namespace capsule::batch

#include "batch/jobs.h"

#include <doctest/doctest.h>

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
  outcome.output = folder.temp.path("out/1-نور.who.a.ar.mp4");
  const auto left = superseded(folder.temp.path("out"), {outcome});
  REQUIRE(left.size() == 1);
  CHECK(left.begin()->first == folder.temp.path("out/1-قديم.who.a.ar.mp4"));
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

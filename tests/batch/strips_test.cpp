#include <doctest/doctest.h>

#include <filesystem>
#include <map>
#include <string>
#include <vector>

#include "tests/support/events.h"
#include "tests/support/film.h"
#include "tests/support/process.h"

namespace capsule {
namespace {

namespace fs = std::filesystem;
using test::field;
using test::lines_with;

/// A clip under the name of an association, which stands in the upper corner all the time.
struct Corner {
  test::TempFolder temp;

  Corner() {
    test::run(
        "ffmpeg -v error -nostdin -f lavfi -i testsrc2=size=320x180:rate=25:duration=5 -c:v libx264 "
        "-preset ultrafast -pix_fmt yuv420p " +
        temp.path("clip.mp4"));
    temp.write("small.yaml",
               "profile: small\nsize: [320, 180]\nrate: 25\nsafe: { x: 4, y: 4, width: 312, height: 172 }\n"
               "x264_preset: veryfast\nmax_gop: 2s\n");
    temp.write("who.yaml", R"(capsule: 1
title: "{name}"
language: ar-MA
deliver: [small.yaml]
variables:
  name: { type: text, required: true }
overlays:
  - text: "{name}"
    size: 9u
    box: { top: 0, end: 0, width: 40%, height: 12% }
scenes:
  - { media: clip.mp4, duration: 5s }
cues: [ { from: 0.5s, to: 2s, text: { ar: "معاً" } } ]
)");
    temp.write("roster.csv", "id,name\n1,نور\n2,أمل\n3,بذور\n");
  }

  [[nodiscard]] test::Finished run(const std::string& folder,
                                   const std::vector<std::string>& more = {}) const {
    std::vector<std::string> words{
        "batch", temp.path("who.yaml"), "--data",  temp.path("roster.csv"),     "--json",
        "-o",    temp.path(folder),     "--cache", temp.path(folder + "-cache")};
    words.insert(words.end(), more.begin(), more.end());
    return test::capsule(words);
  }

  [[nodiscard]] std::map<std::string, std::string> films(const std::string& folder) const {
    std::map<std::string, std::string> found;
    for (const auto& entry : fs::directory_iterator(temp.path(folder))) {
      if (entry.path().extension() == ".mp4") {
        found[entry.path().filename().string()] = test::slurp(entry.path().string());
      }
    }
    return found;
  }

  /// Entries of the store with encoded pictures.
  [[nodiscard]] int parts(const std::string& folder) const {
    int count = 0;
    for (const auto& entry : fs::recursive_directory_iterator(temp.path(folder + "-cache"))) {
      count += entry.path().extension() == ".segment" ? 1 : 0;
    }
    return count;
  }
};

/// Parts of films that were encoded.
int made(const test::Finished& finished) {
  int count = 0;
  for (const std::string& line : lines_with(finished.out, "\"state\":\"made\"")) {
    count += std::stoi(field(line, "segments")) - std::stoi(field(line, "reused"));
  }
  return count;
}

TEST_CASE("what stands over a clip and varies is coded apart: the rest of the picture once for all rows") {
  const Corner corner;
  const auto first = corner.run("out", {"--only", "1"});
  REQUIRE_MESSAGE(first.exit == 0, first.out);
  const int strips = corner.parts("out") - made(first);
  CHECK(strips > 0);
  CHECK(strips == made(first));
  const auto all = corner.run("out");
  REQUIRE(all.exit == 0);
  CHECK(corner.parts("out") - made(all) - made(first) == strips);
  const auto films = corner.films("out");
  REQUIRE(films.size() == 3);
  for (const auto& [name, bytes] : films) {
    CHECK(test::run("ffmpeg -v error -xerror -i '" + corner.temp.path("out/" + name) + "' -f null - 2>&1")
              .empty());
  }
}

TEST_CASE("a film's bytes do not depend on which row made the common strip, nor on workers and memory") {
  const Corner corner;
  REQUIRE(corner.run("one").exit == 0);
  REQUIRE(corner.run("two", {"--only", "3", "--jobs", "1"}).exit == 0);
  REQUIRE(corner.run("two", {"--jobs", "1", "--memory", "350M"}).exit == 0);
  CHECK(corner.films("one") == corner.films("two"));
}

TEST_CASE(
    "a name that leaves its box is whole, and its film's bytes do not depend on who came first either") {
  const Corner corner;
  std::string preset = test::slurp(corner.temp.path("who.yaml"));
  preset.replace(preset.find("height: 12%"), 11, "height: 2%");
  preset.replace(preset.find("size: 9u"), 8, "size: 16u\n    min_size: 16u");
  corner.temp.write("who.yaml", preset);
  REQUIRE(corner.run("one").exit == 0);
  REQUIRE(corner.run("two", {"--only", "3"}).exit == 0);
  REQUIRE(corner.run("two").exit == 0);
  const auto films = corner.films("one");
  CHECK(films == corner.films("two"));
  for (const auto& [name, bytes] : films) {
    // Drawn by render, which divides nothing.
    const std::string row = name.substr(2, name.find('.') - 2);
    const std::string folder = "alone" + name.substr(0, 1);
    REQUIRE(test::capsule({"render", corner.temp.path("who.yaml"), "--set", "name=" + row, "-o",
                           corner.temp.path(folder), "--no-cache"})
                .exit == 0);
    const std::string alone = corner.films(folder).begin()->first;
    const std::string told =
        test::run("ffmpeg -i '" + corner.temp.path("one/" + name) + "' -i '" +
                  corner.temp.path(folder + "/" + alone) + "' -filter_complex psnr -f null - 2>&1");
    const auto at = told.find("min:");
    REQUIRE(at != std::string::npos);
    CHECK(std::stod(told.substr(at + 4)) > 30);
  }
}

TEST_CASE("the first cell in a column that was empty makes its own film again and no other") {
  const Corner corner;
  const auto list = [&](const std::string& second) {
    corner.temp.write("roster.csv", "id,name,place\n1,نور,\n2,أمل," + second + "\n3,بذور,\n");
  };
  std::string preset = test::slurp(corner.temp.path("who.yaml"));
  preset.replace(preset.find("overlays:"), 9,
                 "  place: { type: text, default: فاس }\noverlays:\n  - text: \"{place}\"\n    size: 6u\n"
                 "    box: { top: 0, start: 0, width: 30%, height: 12% }");
  corner.temp.write("who.yaml", preset);
  list("");
  REQUIRE(corner.run("out").exit == 0);
  const auto before = corner.films("out");
  list("طنجة");
  REQUIRE(corner.run("out").exit == 0);
  const auto after = corner.films("out");
  REQUIRE(before.size() == 3);
  int changed = 0;
  for (const auto& [name, bytes] : before) {
    changed += after.at(name) == bytes ? 0 : 1;
  }
  CHECK(changed == 1);
}

TEST_CASE("a list of one row has nothing to share: its film is that of render") {
  const Corner corner;
  corner.temp.write("roster.csv", "id,name\n1,نور\n");
  REQUIRE(corner.run("one").exit == 0);
  const auto alone = test::capsule({"render", corner.temp.path("who.yaml"), "--set", "name=نور", "-o",
                                    corner.temp.path("alone"), "--no-cache"});
  REQUIRE_MESSAGE(alone.exit == 0, alone.err);
  CHECK(corner.films("one").begin()->second == corner.films("alone").begin()->second);
}

}  // namespace
}  // namespace capsule

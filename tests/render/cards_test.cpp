#include <doctest/doctest.h>

#include <set>
#include <sstream>
#include <string>
#include <vector>

#include "tests/support/process.h"

namespace capsule {
namespace {

/// Two cards that come in, stand and pass into each other, then a moving photo.
struct Cards {
  test::TempFolder temp;

  Cards() {
    const auto made = test::run({"ffmpeg", "-v", "error", "-y", "-f", "lavfi", "-i",
                                 "gradients=size=640x360:seed=3", "-frames:v", "1", temp.path("photo.png")});
    REQUIRE_MESSAGE(made.exit == 0, made.err);
    temp.write("small.yaml",
               "profile: small\nsize: [320, 180]\nrate: 30\nsafe: { x: 10, y: 10, width: 300, height: 160 }\n"
               "x264_preset: medium\nmax_rate: 900\n");
    temp.write("p.yaml", R"(capsule: 1
title: { ar: "بطاقتان" }
language: ar-MA
deliver: [small.yaml]
scenes:
  - media: photo.png
    duration: 3s
    layers:
      - text: { ar: "السلام عليكم" }
        size: 16u
        enter: { fade: 0.4s }
  - media: photo.png
    duration: 3s
    blur: 20%
    enter: { crossfade: 0.5s }
  - media: photo.png
    duration: 2s
    motion: { ken-burns: { from: 1, to: 1.2 } }
)");
  }

  void render(const std::string& jobs, const std::string& name) const {
    const auto made =
        test::capsule({"render", temp.path("p.yaml"), "--jobs", jobs, "--no-cache", "-o", temp.path(name)});
    REQUIRE_MESSAGE(made.exit == 0, made.err);
  }

  /// One hash for each decoded picture.
  [[nodiscard]] std::vector<std::string> pictures(const std::string& name) const {
    const auto decoded = test::run({"ffmpeg", "-v", "error", "-xerror", "-err_detect", "explode", "-i",
                                    temp.path(name), "-map", "0:v", "-f", "framemd5", "-"});
    REQUIRE_MESSAGE(decoded.exit == 0, decoded.err);
    CHECK(decoded.err.empty());
    std::vector<std::string> hashes;
    std::istringstream lines(decoded.out);
    for (std::string line; std::getline(lines, line);) {
      if (!line.empty() && line[0] != '#') {
        hashes.push_back(line.substr(line.rfind(' ') + 1));
      }
    }
    return hashes;
  }
};

TEST_CASE("cards that stand are repeats of one picture, in a file that holds what its profile promises") {
  const Cards cards;
  cards.render("1", "one.mp4");
  const auto shown = cards.pictures("one.mp4");
  REQUIRE(shown.size() == 240);
  const auto different = [&](int begin, int end) {
    return std::set<std::string>(shown.begin() + begin, shown.begin() + end).size();
  };
  // At rest once x264 has settled on them, until the next scene comes in.
  CHECK(different(50, 90) == 1);
  CHECK(different(90, 105) == 15);
  CHECK(different(150, 180) == 1);
  CHECK(different(185, 235) > 40);
  cards.render("4", "four.mp4");
  CHECK(test::slurp(cards.temp.path("one.mp4")) == test::slurp(cards.temp.path("four.mp4")));
}

}  // namespace
}  // namespace capsule

#include "preset/paths.h"

#include "tests/preset/project.h"

namespace capsule::preset::test {
namespace {

namespace fs = std::filesystem;

TEST_CASE(
    "a file of the command line that is not there is told with the one that was meant, folder and all") {
  Project p;
  p.write("logos/nour.png", "x");
  const std::string preset = "capsule: 1\nvariables: { logo: { type: image } }\nscenes: [ { layers: [] } ]\n";
  CHECK(p.bad(preset, {{"logo", p.path("logos/nuor.png")}}) ==
        Lines{"p.yaml:2:14: The file logos/nuor.png is not there; did you mean logos/nour.png?"});
  // Relative to the working folder, which is not the preset's.
  const std::string relative = fs::relative(p.path("logos")).string();
  const auto near = p.load("p.yaml", {{"logo", relative + "/nuor.png"}});
  REQUIRE_FALSE(near);
  CHECK(near.error().causes.front().code == Code{"path-missing-near"});
  CHECK(std::get<std::string>(near.error().causes.front().args[1].value) == relative + "/nour.png");
  const auto none = p.load("p.yaml", {{"logo", relative + "/else.jpg"}});
  REQUIRE_FALSE(none);
  CHECK(none.error().causes.front().code == Code{"file-not-found"});
}

TEST_CASE("a file is there under either composition of its letters") {
  Project p;
  p.write("e\u0301quipe.png", "x");
  CHECK(existing(p.path("\u00E9quipe.png")) == p.path("e\u0301quipe.png"));
  CHECK(existing(p.path("e\u0301quipe.png")) == p.path("e\u0301quipe.png"));
  CHECK_FALSE(existing(p.path("equipe.png")));
  CHECK_FALSE(existing(""));
}

TEST_CASE("a scene's entry may be a variable's word") {
  Project p;
  const auto preset = [](const std::string& how) {
    return "capsule: 1\nvariables: { how: { default: " + how +
           " } }\nscenes:\n  - layers: []\n    duration: 1s\n    enter: \"{how}\"\n";
  };
  CHECK(p.good(preset("cut")).scenes.front().enter.kind == TransitionKind::kCut);
  CHECK(p.bad(preset("wipe")).size() == 1);
}

}  // namespace
}  // namespace capsule::preset::test

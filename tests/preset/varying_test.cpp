#include "tests/preset/project.h"

namespace capsule::preset::test {
namespace {

constexpr const char* kHead =
    "capsule: 1\nbrand: brands/test-kit.yaml\ntitle: \"{name}\"\n"
    "variables: { name: { type: text }, place: { type: text } }\n"
    "scenes:\n";

TEST_CASE("layers that say what varies are marked, however the words reach them; others are not") {
  Project p;
  p.varying = {"name"};
  const Preset preset =
      p.good(std::string(kHead) +
                 "  - duration: 2s\n"
                 "    layers:\n"
                 "      - { text: \"{name}\" }\n"
                 "      - { text: \"{place}\" }\n"
                 "      - { text: { ar: \"من {name}\", fr: x } }\n"
                 "      - { text: \"{title}\" }\n"
                 "      - { stack: column, children: [ { text: a }, { text: \"{name}\" } ] }\n"
                 "      - { stack: column, children: [ { text: a }, { text: \"{place}\" } ] }\n"
                 "      - { text: b }\n"
                 "  - use: title-card\n    with: { title: \"{name}\", kicker: \"{place}\" }\n",
             {{"name", "نور"}, {"place", "الرباط"}});
  std::vector<bool> marked;
  for (const Layer& layer : preset.scenes[0].layers) {
    marked.push_back(layer.varies);
  }
  CHECK(marked == std::vector<bool>{true, false, true, true, true, false, false});
  int in_template = 0;
  for (const Layer& layer : preset.scenes[1].layers) {
    in_template += layer.varies ? 1 : 0;
  }
  CHECK(in_template == 1);
}

TEST_CASE("without variables that vary nothing is marked") {
  Project p;
  const Preset preset = p.good(
      std::string(kHead) + "  - { duration: 2s, layers: [ { text: \"{name}\" } ] }\n", {{"name", "نور"}});
  CHECK_FALSE(preset.scenes[0].layers[0].varies);
}

}  // namespace
}  // namespace capsule::preset::test

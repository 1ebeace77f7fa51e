#include "tests/preset/project.h"

namespace capsule::preset::test {
namespace {

TEST_CASE(
    "a template gives duration, transition and layers; the scene's words win and its layers come on top") {
  Project p;
  const Preset preset = p.good(
      "capsule: 1\nbrand: brands/test-kit.yaml\nscenes:\n"
      "  - use: title-card\n    with: { title: { ar: \"عنوان\", fr: Titre }, ground: accent }\n"
      "  - use: title-card\n    duration: 5s\n    enter: cut\n    with: { title: T, kicker: K }\n"
      "    layers: [ { text: top } ]\n");
  REQUIRE(preset.scenes.size() == 2);
  const Scene& first = preset.scenes[0];
  CHECK(first.duration == Time(3, 1));
  CHECK(first.enter.kind == TransitionKind::kCrossfade);
  REQUIRE(first.layers.size() == 3);  // No kicker: its layer is left out, silently.
  CHECK(std::get<ShapeLayer>(first.layers[0].content).paint.color == Color{0x20, 0x20, 0x20, 128});
  CHECK(*text_of(first.layers[1]).text.find("fr") == "Titre");
  CHECK(text_of(first.layers[1]).text.where.file == p.path("p.yaml"));
  CHECK(*text_of(first.layers[2]).text.find("ar") == "06 12 34 56 78");
  const Scene& second = preset.scenes[1];
  CHECK(second.duration == Time(5, 1));
  CHECK(second.enter.kind == TransitionKind::kCut);
  REQUIRE(second.layers.size() == 5);
  CHECK(*text_of(second.layers[4]).text.find("ar") == "top");
  CHECK(p.reporter.warnings.empty());
}

TEST_CASE("repeat: places by index, widths by share, what an item lacks drops its layer") {
  Project p;
  const Preset preset = p.good(with_scenes(
      "  - use: bars\n    with:\n      bars:\n        - { label: { ar: \"أ\", fr: A }, value: 20 }\n"
      "        - { label: B, value: 80, note: n }\n        - { label: C, value: 40 }\n"));
  const auto& layers = preset.scenes.at(0).layers;
  REQUIRE(layers.size() == 7);
  std::vector<double> widths;
  std::vector<double> tops;
  std::vector<std::string> ids;
  for (const Layer& layer : layers) {
    ids.push_back(layer.id);
    if (std::holds_alternative<ShapeLayer>(layer.content)) {
      widths.push_back(layer.box.width->percent);
      tops.push_back(layer.box.top->units);
      CHECK(layer.box.height == Length{0, 7});
      CHECK(layer.box.top->percent == 12);
    }
  }
  REQUIRE(widths.size() == 3);
  CHECK(widths[0] == doctest::Approx(15));
  CHECK(widths[1] == doctest::Approx(60));
  CHECK(widths[2] == doctest::Approx(30));
  CHECK(tops == std::vector<double>{0, 14, 28});
  CHECK(ids ==
        std::vector<std::string>{"bar-1", "label-1", "bar-2", "label-2", "note-2", "bar-3", "label-3"});
  CHECK(layers[2].from == Time(9, 10));
  CHECK(*text_of(layers[1]).text.find("fr") == "A");
}

TEST_CASE("a list's items have the keys that the template names") {
  Project p;
  p.tells(with_scenes("  - use: bars\n    with:\n      bars: [ { lable: a, value: 2 } ]\n"),
          "p.yaml:5:15: There is no “lable” here; did you mean “label”?");
  p.tells(with_scenes("  - use: bars\n    with: { bars: 3 }\n"),
          "p.yaml:4:19: “bars” takes a list: one line per entry, each beginning with “- ”.");
}

TEST_CASE("a template inside layers is placed in time") {
  Project p;
  const Preset preset =
      p.good(with_scenes("  - duration: 8s\n    layers:\n      - { use: lower-third, with: { name: N }, "
                         "from: 1s, until: 5s }\n"));
  const Layer& layer = preset.scenes.at(0).layers.at(0);
  CHECK(layer.from == Time(1, 1));
  CHECK(layer.until == Time(9, 2));
  CHECK(layer.lifts_captions);
  CHECK(std::get<StackLayer>(layer.content).children.size() == 1);
}

TEST_CASE("an absent variable makes a parameter absent") {
  Project p;
  const Preset preset = p.good(
      "capsule: 1\nvariables: { role: {} }\nscenes:\n  - layers:\n"
      "      - { use: lower-third, with: { name: N, role: \"{role}\" } }\n");
  CHECK(std::get<StackLayer>(preset.scenes.at(0).layers.at(0).content).children.size() == 1);
  CHECK(p.reporter.warnings.size() == 1);
}

TEST_CASE("a project's own templates come first and see only their parameters") {
  Project p;
  p.write("scenes/title-card.yaml",
          "template: title-card\nparameters: { title: {}, side: { type: choice, choices: [left, right], "
          "default: left } }\n"
          "layers:\n  - { text: \"own {title}\", when: side = right }\n  - { text: \"{secret}\" }\n");
  p.tells(
      "capsule: 1\nvariables: { secret: { default: x } }\nscenes:\n"
      "  - use: title-card\n    with: { side: right }\n",
      "scenes/title-card.yaml:5:13: Nothing is called “secret” here; declare it under variables, or use one "
      "of these names: side, title, brand.name, brand.slogan, brand.logo, brand.phone, brand.page, "
      "brand.site, brand.email, brand.address, brand.whatsapp, brand.facebook, brand.instagram, "
      "brand.youtube, brand.tiktok, brand.telegram, brand.hours, brand.partners, episode, title.");
}

TEST_CASE("a template may not call itself, nor texts multiply") {
  Project p;
  const Lines endless = p.bad(with_scenes("  - use: endless\n"));
  REQUIRE(endless.size() == 1);
  CHECK(endless[0].find("endless.yaml:3:10: “endless” is used inside itself") != std::string::npos);

  std::string ten;
  for (int i = 0; i < 100; ++i) {
    ten += "{x}";
  }
  std::string scenes =
      "capsule: 1\nvariables: { x: { default: aaaaaaaaaa } }\nscenes:\n  - use: grow1\n    with: { x: \"" +
      ten + "\" }\n";
  for (int i = 1; i < 8; ++i) {
    p.write("scenes/grow" + std::to_string(i) + ".yaml",
            "template: grow" + std::to_string(i) + "\nparameters: { x: {} }\nlayers:\n  - use: grow" +
                std::to_string(i + 1) + "\n    with: { x: \"" + ten + "\" }\n");
  }
  p.write("scenes/grow8.yaml", "template: grow8\nparameters: { x: {} }\nlayers: [ { text: \"{x}\" } ]\n");
  const Lines grown = p.bad(scenes);
  CHECK(grown.front().find("grows beyond 20") != std::string::npos);
}

TEST_CASE("lists inside lists end at the limit of layers") {
  Project p;
  std::string list = "[";
  for (int i = 0; i < 100; ++i) {
    list += "a, ";
  }
  list += "a]";
  p.write("scenes/many.yaml",
          "template: many\nparameters: { a: { type: list }, b: { type: list } }\nlayers:\n"
          "  - repeat: a\n    layers:\n      - { repeat: b, text: \"{item}\" }\n");
  const Lines lines = p.bad(with_scenes("  - use: many\n    with: { a: " + list + ", b: " + list + " }\n"));
  REQUIRE(lines.size() == 1);
  CHECK(lines[0].find("more than 5") != std::string::npos);
}

TEST_CASE("extends: maps merge, lists replace, scenes by id") {
  Project p;
  p.write("a.jpg", "x");
  p.write("_series.yaml",
          "capsule: 1\ntitle: { ar: \"سلسلة\", fr: Série }\ndeliver: [wa-chat]\n"
          "audio: { clips: muted }\nvariables: { name: { default: N } }\nscenes:\n"
          "  - { id: hook, media: a.jpg, duration: 4s }\n  - { id: title, use: title-card, with: { title: "
          "Old, kicker: \"{episode}\" } }\n");
  const Preset preset = p.good(
      "capsule: 1\nextends: _series.yaml\nepisode: 3\ntitle: { ar: \"حلقة\" }\n"
      "variables: { more: { default: M } }\nscenes:\n  title: { with: { title: New } }\n  hook: { duration: "
      "2s }\n");
  CHECK(preset.title.find("fr") == nullptr);
  CHECK(preset.audio.clips_db == kMuted);
  REQUIRE(preset.scenes.size() == 2);
  CHECK(preset.scenes[0].duration == Time(2, 1));
  const auto& layers = preset.scenes[1].layers;
  CHECK(*text_of(layers.at(1)).text.find("ar") == "New");
  CHECK(*text_of(layers.at(2)).text.find("ar") == "3");

  p.tells("capsule: 1\nextends: _series.yaml\nscenes: { hok: { duration: 1s } }\n",
          "p.yaml:3:11: The inherited preset has no scene with id “hok”. It has: hook, title.");
  p.write("p.yaml", "capsule: 1\nextends: p.yaml\nscenes: []\n");
  const auto looped = p.load();
  REQUIRE_FALSE(looped);
  CHECK(looped.error().causes.at(0).code == Code{"extends-too-deep"});
}

}  // namespace
}  // namespace capsule::preset::test

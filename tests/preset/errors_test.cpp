#include "tests/preset/project.h"

namespace capsule::preset::test {
namespace {

TEST_CASE("a misspelt key is told with the nearest one") {
  Project p;
  p.tells("capsule: 1\ntitel: x\nscenes: [ { layers: [] } ]\n",
          "p.yaml:2:1: There is no “titel” here; did you mean “title”?");
}

TEST_CASE("columns count characters, not bytes") {
  Project p;
  p.tells("capsule: 1\ntitle: { ar: \"مرحبا بكم\", klingon: x }\nscenes: []\n",
          "p.yaml:2:27: “title” is one text or one per language; “klingon” is not a language (ar, fr, zgh, "
          "en …).");
}

TEST_CASE("a key that stands twice names its first line") {
  Project p;
  p.tells("capsule: 1\nscenes: []\ntitle: a\ntitle: b\n",
          "p.yaml:4:1: “title” stands twice in the same block, first on line 3; keep one.");
}

TEST_CASE("a duration without a unit") {
  Project p;
  p.tells(with_scenes("  - layers: []\n    duration: 3\n"),
          "p.yaml:4:15: “duration”: “3” is not written as it should be; write 3s.");
}

TEST_CASE("numbers out of range name key, value and range") {
  Project p;
  CHECK(p.bad(with_scenes("  - layers:\n"
                          "      - { text: a, opacity: 2.5 }\n"
                          "      - { text: a, size: 1e309u }\n"
                          "      - { text: a, size: 900u }\n"
                          "      - { text: a, line_height: .nan }\n"
                          "      - { text: a, from: -5s }\n"
                          "      - { text: a, line_height: 1/0 }\n"
                          "      - { text: a, max_lines: 0x7fffffffffffffff }\n")) ==
        Lines{"p.yaml:4:29: “opacity” is 2.5; it must lie between 0% and 100%.",
              "p.yaml:5:26: “size”: “1e309u” cannot be read; write it like 6u.",
              "p.yaml:6:26: “size” is 900u; it must lie between 0.5u and 100u.",
              "p.yaml:7:33: “line_height”: “.nan” cannot be read; write it like 2.5.",
              "p.yaml:8:26: “from” is -5s; it must lie between 0s and 1800s.",
              "p.yaml:9:33: “line_height”: “1/0” cannot be read; write it like 2.5.",
              "p.yaml:10:31: “max_lines”: “0x7fffffffffffffff” cannot be read; write it like 2.5."});
}

TEST_CASE("a missing file names the nearest one") {
  Project p;
  p.write("photos/team.jpg", "x");
  p.tells(with_scenes("  - media: photos/taem.jpg\n"),
          "p.yaml:3:12: The file photos/taem.jpg is not there; did you mean photos/team.jpg?");
}

TEST_CASE("an unknown template and an unknown parameter") {
  Project p;
  CHECK(p.bad(with_scenes("  - use: titel-card\n"
                          "  - use: title-card\n    with: { title: a, kiker: b }\n"
                          "  - use: title-card\n")) ==
        Lines{"p.yaml:3:10: There is no scene template “titel-card”; did you mean “title-card”?",
              "p.yaml:5:23: The template “title-card” has no “kiker”; did you mean “kicker”?",
              "p.yaml:6:5: The template “title-card” needs “title”; add it under with."});
}

TEST_CASE("an unknown name in a text, and one that was not quoted") {
  Project p;
  CHECK(p.bad("capsule: 1\nvariables: { name: { default: x } }\nscenes:\n"
              "  - layers:\n      - text: \"{nmae}\"\n      - text: {name}\n") ==
        Lines{"p.yaml:5:15: Nothing is called “nmae” here; did you mean “name”?",
              "p.yaml:6:15: “text”: a value that begins with a brace needs quotes; write \"{name}\"."});
}

TEST_CASE("colours and choices are suggested") {
  Project p;
  CHECK(p.bad(with_scenes("  - layers:\n"
                          "      - { shape: rect, color: primry }\n"
                          "      - { shape: rectt }\n"
                          "      - { media: dot.svg, fit: stretch }\n")) ==
        Lines{"p.yaml:4:31: “color”: “primry” is not a colour; did you mean “primary”?",
              "p.yaml:5:18: “shape” cannot be “rectt”; did you mean “rect”?",
              "p.yaml:6:32: “fit” cannot be “stretch”; choose one of: cover, contain, blur-fill."});
}

TEST_CASE("variables: required, too long, unknown on the command line") {
  Project p;
  const std::string text =
      "capsule: 1\nvariables:\n  name: { required: true, max_chars: 5 }\n  phone: {}\nscenes: []\n";
  p.tells(text, "p.yaml:3:3: “name” is required and not given; add --set name=… or a default.");
  CHECK(p.bad(text, {{"name", "سبعة أحرف"}}) ==
        Lines{"p.yaml:3:3: “name” has 9 characters; at most 5 fit. Shorten it."});
  CHECK(p.bad(text, {{"name", "abc"}, {"fone", "1"}}) ==
        Lines{"--set fone: the preset has no such variable; did you mean “phone”?"});
}

TEST_CASE("all problems of several files at once, in order") {
  Project p;
  p.write("brand.yaml", "name: a\ncolors: { primary: turquoise }\n");
  const Lines lines =
      p.bad("capsule: 2\nbrand: brand.yaml\nscenes:\n  - { layers: [ { txet: a } ], durtion: 3s }\n");
  CHECK(
      lines ==
      Lines{"p.yaml:1:10: This program reads presets of version 1; this file says 2. Write “capsule: 1”.",
            "p.yaml:4:19: There is no “txet” here; did you mean “text”?",
            "p.yaml:4:32: There is no “durtion” here; did you mean “duration”?",
            "brand.yaml:2:20: “primary”: “turquoise” is not a colour; write a brand colour (white, black, "
            "accent, "
            "ink, "
            "paper, primary) or one like “#0F4C4A”, with “ 70%” behind it where it should be see-through."});
}

TEST_CASE("layers without a kind or with two, scenes that show nothing, ids taken twice") {
  Project p;
  CHECK(p.bad(with_scenes("  - { id: a, duration: 2s }\n"
                          "  - { id: a, layers: [ { opacity: 1 }, { text: x, shape: rect } ] }\n")) ==
        Lines{"p.yaml:3:5: This scene shows nothing; give it use, media or layers.",
              "p.yaml:4:11: The id “a” is taken by the scene on line 3; choose another.",
              "p.yaml:4:24: It is not said what this layer is; it needs one of: media, text, shape, logo, "
              "qr, progress, "
              "stack, use, layers.",
              "p.yaml:4:51: “text” and “shape” cannot stand in the same place; make two of them."});
}

TEST_CASE("a list where a text is wanted, and the like") {
  Project p;
  CHECK(p.bad("capsule: 1\ntitle: [a, b]\naudio: calm.flac\noverlays: logo\nscenes: []\n") ==
        Lines{"p.yaml:2:8: “title” takes one value, not a list or a block.",
              "p.yaml:3:8: “audio” takes words with values, such as { music: … }. The words: music, voice, "
              "clips.",
              "p.yaml:4:11: “overlays” takes a list: one line per entry, each beginning with “- ”."});
}

TEST_CASE("a file that is not there, or empty") {
  Project p;
  const auto missing = p.load("nowhere.yaml");
  REQUIRE_FALSE(missing);
  CHECK(missing.error().code == Code{"file-not-found"});
  p.tells("", "p.yaml:1:1: The file is empty; begin with “capsule: 1”.");
  p.tells("capsule: 1\n", "p.yaml:1:1: “scenes” is missing here; add it.");
}

TEST_CASE("problems stand for the exit code of their kind") {
  Project p;
  p.write("p.yaml", "capsule: 1\nscenes: [ { layers: [], durtion: 1s } ]\n");
  const auto preset = p.load();
  REQUIRE_FALSE(preset);
  CHECK(preset.error().code == Code{"preset-invalid"});
  CHECK(language::exit_code(preset.error()) == language::ExitCode::kInput);
  for (const auto ui : {language::UiLanguage::kArabic, language::UiLanguage::kFrench}) {
    CHECK(language::message(preset.error().causes.front(), ui).find("duration") != std::string::npos);
  }
}

}  // namespace
}  // namespace capsule::preset::test

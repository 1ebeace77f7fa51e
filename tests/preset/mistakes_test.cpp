#include <fstream>

#include "tests/preset/project.h"

// What people who never saw YAML write: each answer says what to write instead.
namespace capsule::preset::test {
namespace {

struct Mistake {
  std::string kind, preset;
  Lines told;
};

/// mistakes.txt: a preset a case, behind it "→ " and what is said of it; "== " opens a kind, "--" a case.
std::vector<Mistake> mistakes() {
  constexpr std::string_view kKind = "== ";
  constexpr std::string_view kTold = "→ ";
  std::vector<Mistake> out;
  std::ifstream file(CAPSULE_SOURCE_DIR "/tests/preset/mistakes.txt");
  for (std::string line; std::getline(file, line);) {
    if (line.starts_with(kKind)) {
      out.push_back({line.substr(kKind.size()), {}, {}});
    } else if (line == "--") {
      out.push_back({out.back().kind, {}, {}});
    } else if (line.starts_with(kTold)) {
      out.back().told.push_back(line.substr(kTold.size()));
    } else if (!out.empty() && !line.empty()) {
      out.back().preset += line + "\n";
    }
  }
  return out;
}

TEST_CASE("a mistake of the list is told where it stands, with what to write instead, and nothing else is") {
  const std::vector<Mistake> all = mistakes();
  CHECK(all.size() >= 21);
  for (const Mistake& mistake : all) {
    CAPTURE(mistake.kind);
    CAPTURE(mistake.preset);
    Project p;
    CHECK(p.bad(mistake.preset) == mistake.told);
  }
}

TEST_CASE("entries of a list that are not what their template reads are told where they stand") {
  Project p;
  const auto chart = [&](const std::string& points) {
    return p.bad(with_scenes("  - use: bar-chart\n    with: { title: t, points: " + points + " }\n"));
  };
  CHECK(chart("[ { label: a, value: 124 pers } ]") ==
        Lines{"p.yaml:4:52: “value”: “124 pers” cannot be read; write it like 124."});
  CHECK(chart("[ [a, 3] ]") ==
        Lines{"p.yaml:4:33: An entry of “points” is written like { label: …, value: … }."});
}

TEST_CASE("a text block, a list over several lines and a remark in place of a value are no mistakes") {
  Project p;
  p.good("capsule: 1\nbrand:  # later\nscenes: [ { layers: [] } ]\n");
  p.good(
      "capsule: 1\ntitle: |\n  قال: \"أهلاً\" ثم: مضى\n  - a:b\nscenes: [\n  { layers: [ { text: \"a: 'b' c\" "
      "} ] },\n"
      "  { layers: [ { text: 'it''s', color: \"#FF0000\" } ] } ]\n");
}

TEST_CASE("times as people write them") {
  Project p;
  const auto told = [&](const std::string& written, const std::string& meant) {
    CAPTURE(written);
    CHECK(p.bad(with_scenes("  - layers: []\n    duration: \"" + written + "\"\n")) ==
          Lines{"p.yaml:4:15: “duration”: “" + written + "” is not written as it should be; write " + meant +
                "."});
  };
  told("3 sec", "3s");
  told("3 secondes", "3s");
  told("3 ثوان", "3s");
  told("٣s", "3s");
  told("2,5s", "2.5s");
  told("٢٫٥ ث", "2.5s");
  told("00:03", "3s");
  told("1:02,5", "62.5s");
  told("00:00:01,500", "1.5s");
  told("2", "2s");
}

TEST_CASE("colours by their everyday names") {
  Project p;
  for (const std::string word : {"rouge", "أحمر", "Red"}) {
    CHECK(p.bad(with_scenes("  - layers: [ { text: a, color: " + word + " } ]\n"))
              .front()
              .ends_with("“" + word + "” is not a colour; did you mean “#C62828”?"));
  }
}

TEST_CASE("a name is the same name however its letters are composed") {
  Project p;
  const std::string composed = "f\u00EAte";
  const std::string apart = "fe\u0302te";
  p.write(apart + "/" + composed + ".jpg", "x");
  p.write("x/" + composed + ".jpg", "x");
  p.write("x/" + apart + ".jpg", "x");
  const auto path = [&](const std::string& name) {
    const Preset preset = p.good(with_scenes("  - media: \"" + name + "\"\n    duration: 2s\n"));
    return std::get<MediaLayer>(preset.scenes.front().layers.front().content)
        .path.by_language.begin()
        ->second;
  };
  CHECK(path(composed + "/" + apart + ".jpg") == p.path(apart + "/" + composed + ".jpg"));
  CHECK(path("x/" + apart + ".jpg") == p.path("x/" + apart + ".jpg"));
  CHECK(path("x/" + composed + ".jpg") == p.path("x/" + composed + ".jpg"));
  p.write("out/a.jpg", "x");
  p.tells(with_scenes("  - media: 'out\\a.jpg'\n    duration: 2s\n"),
          "p.yaml:3:12: out\\a.jpg: folders are separated by / and not by \\; write out/a.jpg.");
}

}  // namespace
}  // namespace capsule::preset::test

#include "tests/preset/project.h"

// What people who never saw YAML write: each answer says what to write instead.
namespace capsule::preset::test {
namespace {

std::string with_title(const std::string& line) {
  return "capsule: 1\n" + line + "\nscenes: [ { layers: [] } ]\n";
}

TEST_CASE("a text with a colon, with quotes inside, with a quote left open") {
  Project p;
  CHECK(p.bad(with_title("title: جمعية: نحن معكم")) ==
        Lines{"p.yaml:2:8: A text with a colon needs quotes; write \"جمعية: نحن معكم\"."});
  CHECK(p.bad(with_title("title: \"جمعية \"النور\" للتنمية\"")) ==
        Lines{"p.yaml:2:15: The text ends at this quotation mark, but more words follow. Write quotation "
              "marks inside a "
              "text as « » or \\\"."});
  CHECK(p.bad(with_title("title: 'l'association'")) ==
        Lines{"p.yaml:2:10: The text ends at this quotation mark, but more words follow. Write quotation "
              "marks inside a "
              "text as « » or \\\"."});
  CHECK(p.bad("capsule: 1\ntitle: \"تجربة\nscenes:\n  - media: \"a.mp4\"\n") ==
        Lines{"p.yaml:2:8: The quotation mark that opens here is not closed on this line; close it at the "
              "end of the "
              "text."});
  CHECK(p.bad(with_title("title: *مهم* جداً")) ==
        Lines{"p.yaml:2:8: A text that begins with * needs quotes around it."});
  CHECK(p.bad(with_title("title: \"C:\\Users\"")) ==
        Lines{"p.yaml:2:11: In a text between \"…\" a \\ has a special meaning; in a path write / instead."});
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

TEST_CASE("spaces that are missing, odd, or not spaces") {
  Project p;
  CHECK(p.bad(with_scenes("  - media: a.mp4\n    duration:3s\n    fit: cover\n")) ==
        Lines{"p.yaml:4:5: A space is missing behind the colon; write “duration: 3s”."});
  CHECK(p.bad(with_scenes("  -media: a.mp4\n    duration: 3s\n")) ==
        Lines{"p.yaml:3:3: A space is missing behind the dash; write “- media: a.mp4”."});
  CHECK(p.bad(with_scenes("  - media: a.mp4\n   duration: 3s\n")) ==
        Lines{"p.yaml:4:4: This line begins with 3 spaces, where no line above begins; with 4 it would stand "
              "under one of "
              "them."});
  CHECK(p.bad(with_scenes("  - media: a.mp4\n\xC2\xA0\xC2\xA0  duration: 3s\n    fit: cover\n")) ==
        Lines{"p.yaml:4:1: A no-break space (U+00A0, often pasted from a web page or from Word) stands "
              "before the words; "
              "replace it with ordinary spaces."});
  CHECK(
      p.bad("capsule: 1\ndeliver: [wa-chat\nscenes: []\n") ==
      Lines{
          "p.yaml:2:10: The [ that opens here is not closed before line 3, or a comma is missing between two "
          "entries."});
}

TEST_CASE("a text block and a list over several lines are no mistakes") {
  Project p;
  p.good(
      "capsule: 1\ntitle: |\n  قال: \"أهلاً\" ثم: مضى\n  - a:b\nscenes: [\n  { layers: [ { text: \"a: 'b' c\" "
      "} ] },\n"
      "  { layers: [ { text: 'it''s', color: \"#FF0000\" } ] } ]\n");
}

TEST_CASE("what YAML would lose in silence") {
  Project p;
  CHECK(
      p.bad(with_scenes("  - layers:\n      - text: a\n        color: #FF0000\n")) ==
      Lines{"p.yaml:5:9: “color”: what follows # is a remark and is not read; write “color: \"#FF0000\"”."});
  CHECK(p.bad(with_title("title: !مهم")) ==
        Lines{"p.yaml:2:8: The tag ! is not allowed; remove it. A text that begins with ! needs quotes."});
  CHECK(p.bad("capsule: 1\nscenes:\n") ==
        Lines{"p.yaml:2:1: Nothing is written under “scenes”; fill it in."});
  p.good("capsule: 1\nbrand:  # later\nscenes: [ { layers: [] } ]\n");
}

TEST_CASE("times, decimals and gains as people write them") {
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
  CHECK(p.bad("capsule: 1\naudio: { clips: 6 }\nscenes: [ { layers: [] } ]\n") ==
        Lines{"p.yaml:2:17: “clips”: “6” is not written as it should be; write 6 dB."});
  CHECK(p.bad("capsule: 1\naudio: { clips: -6db }\nscenes: [ { layers: [] } ]\n") ==
        Lines{"p.yaml:2:17: “clips”: “-6db” is not written as it should be; write -6 dB."});
  CHECK(p.bad(with_scenes("  - layers: []\n    duration: soon\n")) ==
        Lines{"p.yaml:4:15: “duration”: “soon” cannot be read; write it like 2.5s."});
}

TEST_CASE("colours by their everyday names") {
  Project p;
  for (const std::string word : {"rouge", "أحمر", "Red"}) {
    CHECK(p.bad(with_scenes("  - layers: [ { text: a, color: " + word + " } ]\n"))
              .front()
              .ends_with("“" + word + "” is not a colour; did you mean “#C62828”?"));
  }
}

TEST_CASE("a transition without its time, places without brackets, values beside use") {
  Project p;
  CHECK(p.bad(with_scenes("  - layers: []\n    enter: fade\n")) ==
        Lines{"p.yaml:4:12: “enter” cannot be “fade”; write cut, or a transition with its time: { crossfade: "
              "0.5s } "
              "(also wipe, slide, push)."});
  CHECK(p.bad(with_scenes("  - use: title-card\n    headline: x\n")) ==
        Lines{"p.yaml:3:5: The template “title-card” needs “title”; add it under with.",
              "p.yaml:4:5: There is no “headline” here; the values of a template stand under “with”, two "
              "spaces further "
              "in."});
  CHECK(p.bad("هذا نص\n") ==
        Lines{"p.yaml:1:1: This file is not a preset as Capsule reads it: it has no line such as "
              "“capsule: …”."});
  CHECK(p.bad(with_scenes("  - use: title-card\n    with: { title: {name} }\n")) ==
        Lines{"p.yaml:4:20: “title”: a value that begins with a brace needs quotes; write \"{name}\"."});
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
  CHECK(p.bad(with_scenes("  - media: 'out\\a.jpg'\n    duration: 2s\n")) ==
        Lines{"p.yaml:3:12: out\\a.jpg: folders are separated by / and not by \\; write out/a.jpg."});
}

}  // namespace
}  // namespace capsule::preset::test

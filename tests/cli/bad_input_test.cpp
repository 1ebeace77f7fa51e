#include <doctest/doctest.h>

#include <filesystem>
#include <string>
#include <vector>

#include "tests/support/process.h"

namespace capsule {
namespace {

namespace fs = std::filesystem;

/// A capsule that renders in a moment: two cards on a small canvas.
const char* const kPreset = R"(capsule: 1
title: { ar: "تجربة", fr: "Essai" }
language: ar-MA
deliver: [small.yaml]
scenes:
  - id: one
    duration: 1s
    layers:
      - shape: rect
        color: "#0F4C4A"
      - text: { ar: "مرحبا بكم", fr: "Bienvenue" }
        size: 12u
        color: "#FFFFFF"
  - id: two
    duration: 1s
    layers:
      - shape: rect
        color: "#9C3D25"
)";

const char* const kProfile = R"(profile: small
size: [180, 320]
rate: 30
safe: { x: 10, y: 10, width: 160, height: 300 }
x264_preset: ultrafast
)";

struct Project {
  test::TempFolder temp;

  Project() {
    temp.write("p.yaml", kPreset);
    temp.write("small.yaml", kProfile);
  }

  [[nodiscard]] std::string preset() const { return temp.path("p.yaml"); }

  [[nodiscard]] std::string film() const { return temp.path("film.mp4"); }

  [[nodiscard]] std::string profile() const { return temp.path("small.yaml"); }

  [[nodiscard]] std::vector<std::string> render() const {
    return {"render", preset(), "--to", profile(), "-o", film()};
  }

  /// Files in the folder that the project did not put there itself.
  [[nodiscard]] int leftovers() const {
    int count = 0;
    for (const auto& entry : fs::directory_iterator(temp.folder())) {
      const std::string name = entry.path().filename().string();
      count += name.ends_with(".part") ? 1 : 0;
    }
    return count;
  }
};

TEST_CASE("a good preset renders: exit 0 and a film under its name") {
  const Project project;
  const auto done = test::capsule(project.render());
  CHECK_MESSAGE(done.exit == 0, done.err);
  CHECK(fs::file_size(project.film()) > 1000);
  CHECK(project.leftovers() == 0);
}

TEST_CASE("wrong words are exit 2 and name the nearest") {
  const auto command = test::capsule({"rendre", "x.yaml"});
  CHECK(command.exit == 2);
  CHECK(command.err.find("render") != std::string::npos);
  const auto option = test::capsule({"render", "x.yaml", "--langg", "ar"});
  CHECK(option.exit == 2);
  CHECK(option.err.find("--lang") != std::string::npos);
  CHECK(test::capsule({}).exit == 2);
  CHECK(test::capsule({"frame", "x.yaml", "--at", "soon", "-o", "x.png"}).exit == 2);
  CHECK(test::capsule({"serve"}).exit == 2);
}

TEST_CASE("help and version are exit 0 on standard output, in three languages") {
  for (const char* language : {"ar", "fr", "en"}) {
    const auto help = test::capsule({"--ui-lang", language, "render", "--help"});
    CHECK(help.exit == 0);
    CHECK(help.out.find("--draft") != std::string::npos);
  }
  CHECK(test::capsule({"--version"}).out.starts_with("capsule "));
}

TEST_CASE("a missing preset and a broken one are exit 3 with the place") {
  const Project project;
  CHECK(test::capsule({"render", project.temp.path("none.yaml")}).exit == 3);
  project.temp.write("bad.yaml", "capsule: 1\ntitle: x\nscens: []\n");
  const auto bad = test::capsule({"render", project.temp.path("bad.yaml")});
  CHECK(bad.exit == 3);
  CHECK(bad.err.find("bad.yaml:3:1") != std::string::npos);
  CHECK(bad.err.find("scenes") != std::string::npos);
}

TEST_CASE("messages come in the language that was asked for") {
  const auto arabic = test::capsule({"--ui-lang", "ar", "render", "none.yaml"});
  CHECK(arabic.err.find("غير موجود") != std::string::npos);
  const auto french = test::capsule({"--ui-lang", "fr", "render", "none.yaml"});
  CHECK(french.err.find("introuvable") != std::string::npos);
  const auto unread = test::capsule({"render", "x.yaml", "--langg", "ar", "--ui-lang", "fr"});
  CHECK(unread.err.find("Vouliez-vous dire --lang") != std::string::npos);
}

TEST_CASE("-v lets libav say what it met, too; without it only our own words come") {
  const test::TempFolder temp;
  temp.write("cut.mp4", std::string("\0\0\0\030ftypisom\0\0\2\0isomiso2\0\0\0\010mdat", 32));
  const auto told = test::capsule({"-v", "probe", temp.path("cut.mp4")});
  CHECK(told.exit == 3);
  CHECK(told.err.find("moov atom not found") != std::string::npos);
  const auto plain = test::capsule({"probe", temp.path("cut.mp4")});
  CHECK(plain.exit == 3);
  CHECK(plain.err.find("moov") == std::string::npos);
}

TEST_CASE("only the options of the command that was given are proposed") {
  const auto render = test::capsule({"render", "x.yaml", "--at", "3s", "--ui-lang", "en"});
  CHECK(render.exit == 2);
  CHECK(render.err.find("mean --at") == std::string::npos);
}

TEST_CASE("a moment behind the film's end, and one file for two films, are exit 2 and write nothing") {
  const Project project;
  auto words = project.render();
  words[0] = "frame";
  words.insert(words.end() - 2, {"--at", "99s"});
  words.back() = project.temp.path("x.png");
  const auto late = test::capsule(words);
  CHECK_MESSAGE(late.exit == 2, late.err);
  CHECK(late.err.find("99") != std::string::npos);
  CHECK_FALSE(fs::exists(project.temp.path("x.png")));
  auto two = project.render();
  two.insert(two.begin() + 2, {"--lang", "ar,fr"});
  CHECK(test::capsule(two).exit == 2);
  CHECK_FALSE(fs::exists(project.film()));
  for (const char* command : {"frame", "sheet"}) {
    std::vector<std::string> several{command, project.preset(),          "--to", "reel,wa-chat",
                                     "-o",    project.temp.path("x.png")};
    if (several.front() == "frame") {
      several.insert(several.end(), {"--at", "0s"});
    }
    CHECK(test::capsule(several).exit == 2);
  }
  CHECK_FALSE(fs::exists(project.temp.path("x.png")));
}

TEST_CASE("standard output that cannot be written is exit 4, whatever the command") {
  const Project project;
  const auto to_full = [](std::vector<std::string> words) {
    words.insert(words.end(), {"--ui-lang", "en"});
    return test::capsule(words, [] { ::dup2(::open("/dev/full", O_WRONLY), 1); });
  };
  auto render = project.render();
  render.emplace_back("--json");
  for (const std::vector<std::string>& words :
       {std::vector<std::string>{"profiles"}, {"schema"}, {"render", "--help"}, {"cache", "info"}, render}) {
    const auto done = to_full(words);
    CHECK_MESSAGE(done.exit == 4, words.front());
    CHECK(done.err.find("No space left") != std::string::npos);
  }
  // The film is there all the same.
  CHECK(fs::file_size(project.film()) > 1000);
}

TEST_CASE(
    "targets that would overwrite one another are exit 2 before any work; one named twice is made once") {
  const Project project;
  project.temp.write("other/small.yaml", kProfile);
  const auto render = [&](const std::string& to) {
    return test::capsule(
        {"render", project.preset(), "--to", to, "-o", project.temp.path("out"), "--ui-lang", "en"});
  };
  const auto clash = render(project.profile() + "," + project.temp.path("other/small.yaml"));
  CHECK_MESSAGE(clash.exit == 2, clash.err);
  CHECK(clash.err.find("other/small.yaml") != std::string::npos);
  CHECK_FALSE(fs::exists(project.temp.path("out")));
  CHECK(render(project.profile() + "," + project.profile()).exit == 0);
  CHECK(fs::exists(project.temp.path("out/p.small.ar.mp4")));
}

TEST_CASE("a file that the capsule is made of is never replaced by what it is made into") {
  const Project project;
  const std::string captions = "1\n00:00:00,213 --> 00:00:00,800\n<i>مرحبا</i>\n";
  project.temp.write("film.ar.srt", captions);
  project.temp.write("p.yaml", std::string(kPreset) + "cues: { file: film.ar.srt }\n");
  const auto refused = test::capsule(project.render());
  CHECK_MESSAGE(refused.exit == 2, refused.err);
  CHECK(refused.err.find("film.ar.srt") != std::string::npos);
  CHECK(test::slurp(project.temp.path("film.ar.srt")) == captions);
  CHECK_FALSE(fs::exists(project.film()));
  auto words = project.render();
  words.back() = project.temp.path("other.mp4");
  CHECK(test::capsule(words).exit == 0);
  CHECK(test::capsule(words).exit == 0);
}

TEST_CASE("an output that cannot be written is exit 4 before anything is drawn") {
  const Project project;
  auto words = project.render();
  words.back() = "/proc/none/film.mp4";
  CHECK(test::capsule(words).exit == 4);
}

TEST_CASE("a full disk is exit 4, and the old film stays as it was") {
  const Project project;
  project.temp.write("film.mp4", "old");
  const auto full = test::capsule(project.render(), [] {
    const rlimit limit{2000, 2000};
    ::setrlimit(RLIMIT_FSIZE, &limit);
  });
  CHECK_MESSAGE(full.exit == 4, full.err);
  CHECK(test::slurp(project.film()) == "old");
  CHECK(project.leftovers() == 0);
}

TEST_CASE("a damaged clip is exit 3 with a count; --allow-damaged goes on and says it") {
  const Project project;
  const std::string clip = project.temp.path("clip.mp4");
  const auto made =
      test::run({"ffmpeg", "-v", "error", "-f", "lavfi", "-i", "testsrc2=size=320x180:rate=30:duration=2",
                 "-c:v", "libx264", "-g", "30", clip});
  REQUIRE_MESSAGE(made.exit == 0, made.err);
  std::string bytes = test::slurp(clip);
  for (std::size_t at = bytes.size() / 3; at < bytes.size() / 2; at += 97) {
    bytes[at] = static_cast<char>(~bytes[at]);
  }
  project.temp.write("clip.mp4", bytes);
  project.temp.write(
      "p.yaml", "capsule: 1\ntitle: t\nlanguage: fr\ndeliver: [small.yaml]\nscenes:\n  - media: clip.mp4\n");
  const auto refused = test::capsule(project.render());
  CHECK(refused.exit == 3);
  CHECK(refused.err.find("clip.mp4") != std::string::npos);
  CHECK(refused.err.find("--allow-damaged") != std::string::npos);
  CHECK_FALSE(fs::exists(project.film()));
  auto words = project.render();
  words.emplace_back("--allow-damaged");
  const auto allowed = test::capsule(words);
  CHECK_MESSAGE(allowed.exit == 0, allowed.err);
  CHECK(allowed.err.find("damaged") != std::string::npos);
}

TEST_CASE("with --json standard output holds events and nothing else") {
  const Project project;
  auto words = project.render();
  words.insert(words.begin(), "--json");
  const auto done = test::capsule(words);
  REQUIRE_MESSAGE(done.exit == 0, done.err);
  CHECK(done.err.empty());
  CHECK(done.out.find("{\"event\":\"done\"") != std::string::npos);
  std::size_t at = 0;
  while (at < done.out.size()) {
    CHECK(done.out.compare(at, 10, "{\"event\":\"") == 0);
    at = done.out.find('\n', at) + 1;
  }
}

TEST_CASE("any file name works") {
  const Project project;
  const std::string name = project.temp.path("كبسولة - الجمعية é (1).yaml");
  fs::copy_file(project.preset(), name);
  const auto done =
      test::capsule({"render", name, "--to", project.profile(), "-o", project.temp.path("مجلد")});
  CHECK_MESSAGE(done.exit == 0, done.err);
  CHECK(fs::exists(project.temp.path("مجلد/كبسولة - الجمعية é (1).small.ar.mp4")));
}

}  // namespace
}  // namespace capsule

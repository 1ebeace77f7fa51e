#include <sys/stat.h>

#include <chrono>

#include "preset/yaml/read_yaml.h"
#include "tests/preset/project.h"
#include "tests/support/corpus.h"

namespace capsule::preset::test {
namespace {

Code first_code(const std::string& yaml) {
  Problems problems;
  (void)parse_yaml(yaml, "f.yaml", problems);
  REQUIRE_FALSE(problems.empty());
  return problems.sorted().front().code;
}

TEST_CASE("what YAML must not bring") {
  CHECK(first_code("a: &x 1\nb: *x\n") == Code{"yaml-alias"});
  CHECK(first_code("a: { <<: { b: 1 } }\n") == Code{"yaml-alias"});
  CHECK(first_code("a: !!python/object x\n") == Code{"yaml-tag"});
  CHECK(first_code("a: !mine x\n") == Code{"yaml-tag"});
  CHECK(first_code("a: 1\na: 2\n") == Code{"yaml-duplicate-key"});
  CHECK(first_code("a:\n\tb: 1\n") == Code{"yaml-tab"});
  CHECK(first_code("a: [1\n") == Code{"yaml-bracket-open"});
  CHECK(first_code("a: 1\n---\nb: 1\n") == Code{"yaml-many-documents"});
  CHECK(first_code("[1]: 2\n") == Code{"yaml-key-not-text"});
  CHECK(first_code(std::string("a: \0x\n", 6)) == Code{"yaml-control"});
  CHECK(first_code("\xFF\xFE"
                   "a") == Code{"yaml-utf16"});
  CHECK(first_code("a: \xE4\n") == Code{"yaml-not-utf8"});
  CHECK(first_code(std::string(1'000'001, 'a')) == Code{"file-too-large"});
  std::string many = "[";
  for (int i = 0; i < 60'000; ++i) {
    many += "a,";
  }
  CHECK(first_code(many + "]") == Code{"yaml-too-many-nodes"});
  std::string keys;
  for (int i = 0; i < 3'000; ++i) {
    keys += "k" + std::to_string(i) + ": 1\n";
  }
  CHECK(first_code(keys) == Code{"yaml-too-many-keys"});
}

TEST_CASE("depth is bounded whatever the style") {
  CHECK(first_code("a: " + std::string(50'000, '[')) == Code{"yaml-too-deep"});
  std::string dashes;
  for (int i = 0; i < 5'000; ++i) {
    dashes += "- ";
  }
  CHECK(first_code(dashes + "a\n") == Code{"yaml-too-deep"});
  std::string maps;
  for (int i = 0; i < 300; ++i) {
    maps += std::string(static_cast<std::size_t>(i), ' ') + "a:\n";
  }
  CHECK(first_code(maps) == Code{"yaml-too-deep"});
}

TEST_CASE("a byte order mark is no letter, and yes and 012 stay words") {
  Problems problems;
  const auto node = parse_yaml(
      "\xEF\xBB\xBF"
      "a: no\nb: 012\nc: 1.10\n",
      "f.yaml", problems);
  REQUIRE(node);
  CHECK(node->find("a")->text == "no");
  CHECK(node->find("b")->text == "012");
  CHECK(node->find("c")->text == "1.10");
  CHECK(node->keys[0].place.column == 1);
}

TEST_CASE("paths stay beside the preset") {
  Project p;
  p.write("clips/a.mp4", "x");
  p.write("inner/p.yaml", "");
  p.write("secret.txt", "x");
  std::filesystem::create_symlink(p.path("secret.txt"), p.path("inner/link.jpg"));
  std::filesystem::create_directories(p.path("inner/folder"));
  REQUIRE(::mkfifo(p.path("inner/pipe").c_str(), 0600) == 0);
  const auto sentence = [&](const std::string& path) {
    p.write("inner/p.yaml", with_scenes("  - media: '" + path + "'\n"));
    const auto preset = p.load("inner/p.yaml");
    REQUIRE_FALSE(preset);
    return preset.error().causes.at(0).code;
  };
  for (const char* path :
       {"/etc/passwd", "file:///etc/passwd", "http://127.0.0.1/x", "concat:/etc/passwd|/etc/hostname",
        "/dev/zero", "~/x", "\\\\host\\share\\x.png"}) {
    CAPTURE(path);
    CHECK(sentence(path) == Code{"path-not-local"});
  }
  for (const char* path :
       {"../clips/a.mp4", "../../../../etc/hostname", "folder/../../secret.txt", "link.jpg"}) {
    CAPTURE(path);
    CHECK(sentence(path) == Code{"path-outside"});
  }
  CHECK(sentence("folder") == Code{"path-not-file"});
  CHECK(sentence("pipe") == Code{"path-not-file"});
  CHECK(sentence("no.jpg") == Code{"path-missing"});
}

TEST_CASE("a path from the command line may lie anywhere, also through a template; others not through it") {
  Project p;
  Project elsewhere;
  elsewhere.write("صورة ٣.jpg", "x");
  p.write("scenes/shot.yaml",
          "template: shot\nparameters: { photo: { type: path } }\nlayers: [ { media: \"{photo}\" } ]\n");
  const std::string preset =
      "capsule: 1\nvariables: { photo: { type: image } }\nscenes:\n  - use: shot\n    with: { photo: "
      "\"{photo}\" }\n";
  const std::string path = elsewhere.path("صورة ٣.jpg");
  const Preset good = p.good(preset, {{"photo", path}});
  CHECK(*std::get<MediaLayer>(good.scenes.at(0).layers.at(0).content).path.find("ar") == path);
  const Lines lines = p.bad("capsule: 1\nvariables: { photo: {} }\nscenes:\n  - media: \"x/{photo}\"\n",
                            {{"photo", "../../" + path}});
  REQUIRE(lines.size() == 1);
  CHECK(lines[0].find("leads out of") != std::string::npos);
}

TEST_CASE("the hostile presets are refused, each with its place, at once") {
  const auto corpus = capsule::test::corpus();
  if (!corpus) {
    return;
  }
  const std::map<std::string, Code> expected{{"billion_laughs.yaml", Code{"yaml-alias"}},
                                             {"deep_nest.yaml", Code{"yaml-too-deep"}},
                                             {"dup_keys.yaml", Code{"yaml-duplicate-key"}},
                                             {"numbers.yaml", Code{"unknown-key"}},
                                             {"python_tag.yaml", Code{"yaml-tag"}},
                                             {"tabs_nul.yaml", Code{"yaml-control"}},
                                             {"traversal.yaml", Code{"unknown-key"}},
                                             {"unknown_key.yaml", Code{"unknown-key"}},
                                             {"utf16.yaml", Code{"yaml-utf16"}}};
  int ran = 0;
  for (const auto& entry : std::filesystem::directory_iterator(*corpus + "/hostile/preset")) {
    const std::string name = entry.path().filename().string();
    CAPTURE(name);
    const auto begin = std::chrono::steady_clock::now();
    Recorder reporter;
    const auto preset = load_preset(entry.path().string(), {{}, {test_data()}}, reporter);
    CHECK(std::chrono::steady_clock::now() - begin < std::chrono::seconds(5));
    REQUIRE_FALSE(preset);
    bool found = !expected.contains(name);
    for (const Error& cause : preset.error().causes) {
      CHECK(cause.where.line > 0);
      CHECK(cause.where.column > 0);
      found = found || cause.code == expected.at(name);
    }
    CHECK(found);
    ++ran;
  }
  CHECK(ran > 0);
}

}  // namespace
}  // namespace capsule::preset::test

#include <fstream>
#include <iterator>
#include <regex>
#include <set>

#include "preset/schema/schema.h"
#include "preset/yaml/read_yaml.h"
#include "tests/preset/project.h"

namespace capsule::preset::test {
namespace {

/// Pictures and sounds are drawn by `capsule demo`, so a fresh checkout lacks them.
bool is_missing_file(const Error& error) {
  return error.code == Code{"path-missing"} || error.code == Code{"path-missing-near"};
}

TEST_CASE("every shipped preset reads without a problem, but for media that are not drawn yet") {
  const std::string root = CAPSULE_SOURCE_DIR "/presets";
  Project p;
  for (const auto& entry : std::filesystem::recursive_directory_iterator(root)) {
    const std::string file = entry.path().string();
    Problems problems;
    const auto node = entry.path().extension() == ".yaml" ? read_yaml(file, {}, problems) : std::nullopt;
    CHECK(problems.empty());
    if (!node || node->find("capsule") == nullptr || entry.path().filename().string().starts_with("_")) {
      continue;
    }
    CAPTURE(file);
    const auto preset = load_preset(file, {{}, {CAPSULE_SOURCE_DIR}}, p.reporter);
    if (preset) {
      CHECK_FALSE(preset->scenes.empty());
      continue;
    }
    for (const Error& cause : preset.error().causes) {
      const bool expected = is_missing_file(cause) || cause.code == Code{"variable-required"};
      CHECK_MESSAGE(expected, language::message(cause, language::UiLanguage::kEnglish));
    }
  }
}

TEST_CASE("every scene template is used by a shipped preset or by another template") {
  const std::string root = CAPSULE_SOURCE_DIR "/presets";
  std::string words;
  std::vector<std::string> names;
  for (const auto& entry : std::filesystem::recursive_directory_iterator(root)) {
    if (entry.path().extension() == ".yaml") {
      std::ifstream file(entry.path());
      words += std::string(std::istreambuf_iterator<char>(file), {});
    }
    if (entry.path().parent_path().filename() == "scenes") {
      names.push_back(entry.path().stem().string());
    }
  }
  for (const std::string& name : names) {
    CHECK_MESSAGE(std::regex_search(words, std::regex("use: " + name + "[,\\s]")), name);
  }
}

TEST_CASE("the example of the language's description reads as written") {
  Project p;
  for (const char* file : {"music/calm.flac", "voice/ar.wav", "voice/fr.wav", "clips/hall.mp4",
                           "photos/team.jpg", "subtitles/ar.srt", "subtitles/fr.srt"}) {
    p.write(file, "x");
  }
  p.write("brands/net-tawro.yaml", "name: { ar: \"شبكة\", fr: Réseau }\n");
  const Preset preset = p.good(R"(capsule: 1
title:    { ar: "التسويق الرقمي لجمعيتكم", fr: "Le marketing digital de votre association" }
language: ar-MA                   # BCP 47
brand:    brands/net-tawro.yaml
deliver:  [wa-chat, reel, yt-16x9]
variables:
  name: { label: { ar: "اسم الجمعية" }, required: true, max_chars: 80 }
  logo: { type: image }
audio:
  music: { file: music/calm.flac, duck: 12 dB }
  voice: { ar: voice/ar.wav, fr: voice/fr.wav }
scenes:
  - use: title-card               # a template
    duration: 3s
    with: { title: "{title}", kicker: "الحلقة 1 من 4" }
  - media: clips/hall.mp4
    trim: 2s..10s
    fit: cover
    enter: { crossfade: 0.5s }
  - media: photos/team.jpg
    duration: auto
    motion: { ken-burns: in, focus: auto }
    layers:
      - use: lower-third
        with: { name: "{name}", role: "تعاونية نسائية" }
  - use: end-card
    duration: 4s
cues: { file: { ar: subtitles/ar.srt, fr: subtitles/fr.srt }, style: boxed, highlight: word }
)",
                               {{"name", "تاورو"}});
  CHECK(preset.scenes.size() == 4);
  CHECK(preset.languages.size() == 2);
  CHECK(preset.deliver.size() == 3);
  CHECK(preset.captions.file.by_language.size() == 2);
}

TEST_CASE("every shipped template and brand kit keeps to the table") {
  for (const auto& [folder, object] :
       {std::pair{"scenes", Object::kTemplate}, std::pair{"brands", Object::kBrand}}) {
    for (const auto& entry :
         std::filesystem::directory_iterator(std::string(CAPSULE_SOURCE_DIR "/presets/") + folder)) {
      if (entry.path().extension() != ".yaml") {
        continue;
      }
      CAPTURE(entry.path().string());
      Problems problems;
      const auto node = read_yaml(entry.path().string(), {}, problems);
      REQUIRE(node);
      check_block(*node, object, problems);
      for (const Error& error : problems.sorted()) {
        FAIL_CHECK(language::message(error, language::UiLanguage::kEnglish));
      }
    }
  }
}

}  // namespace
}  // namespace capsule::preset::test

#pragma once
#include <doctest/doctest.h>

#include <filesystem>
#include <map>
#include <set>
#include <string>
#include <utility>
#include <vector>

#include "language/catalogue.h"
#include "preset/preset.h"
#include "tests/support/recorder.h"
#include "tests/support/temp.h"

template <>
struct doctest::StringMaker<std::vector<std::string>> {
  static String convert(const std::vector<std::string>& lines) {
    std::string all;
    for (const std::string& line : lines) {
      all += "\n    " + line;
    }
    return all.c_str();
  }
};

namespace capsule::preset::test {

using Lines = std::vector<std::string>;
using capsule::test::Recorder;
using capsule::test::TempFolder;

inline std::string test_data() {
  return CAPSULE_SOURCE_DIR "/tests/preset/data";
}

/// A folder with a preset, removed at the end.
class Project {
 public:
  Project() { REQUIRE(std::filesystem::is_directory(folder_)); }

  void write(const std::string& name, const std::string& text) const { temp_.write(name, text); }

  [[nodiscard]] std::string path(const std::string& name) const { return folder_ + "/" + name; }

  Result<Preset> load(const std::string& name = "p.yaml", std::map<std::string, std::string> set = {}) {
    return load_preset(path(name), {std::move(set), {test_data(), CAPSULE_SOURCE_DIR}, varying}, reporter);
  }

  /// A preset that must be good.
  Preset good(const std::string& text, std::map<std::string, std::string> set = {}) {
    write("p.yaml", text);
    auto preset = load("p.yaml", std::move(set));
    if (!preset) {
      for (const std::string& line : sentences(preset.error())) {
        MESSAGE(line);
      }
    }
    REQUIRE(preset);
    return std::move(*preset);
  }

  /// The English sentences of a preset that must be bad, with paths from the project's folder.
  Lines bad(const std::string& text, std::map<std::string, std::string> set = {}) {
    write("p.yaml", text);
    auto preset = load("p.yaml", std::move(set));
    REQUIRE_FALSE(preset);
    return sentences(preset.error());
  }

  /// A preset that must be bad, and of which this is all that is said.
  void tells(const std::string& text, const std::string& sentence) {
    CAPTURE(text);
    CHECK(bad(text) == Lines{sentence});
  }

  [[nodiscard]] Lines sentences(const Error& error) const {
    Lines lines;
    for (const Error& cause : error.causes.empty() ? std::vector<Error>{error} : error.causes) {
      std::string line = language::message(cause, language::UiLanguage::kEnglish);
      for (std::size_t at = line.find(folder_ + "/"); at != std::string::npos;
           at = line.find(folder_ + "/")) {
        line.erase(at, folder_.size() + 1);
      }
      lines.push_back(std::move(line));
    }
    return lines;
  }

  Recorder reporter;
  std::set<std::string> varying;

 private:
  TempFolder temp_;
  std::string folder_ = std::filesystem::canonical(temp_.folder()).string();
};

/// A preset whose scenes are `scenes`.
inline std::string with_scenes(const std::string& scenes) {
  return "capsule: 1\nscenes:\n" + scenes;
}

inline const TextLayer& text_of(const Layer& layer) {
  return std::get<TextLayer>(layer.content);
}

}  // namespace capsule::preset::test

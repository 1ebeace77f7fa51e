#pragma once
#include <doctest/doctest.h>
#include <stdlib.h>  // mkdtemp

#include <filesystem>
#include <fstream>
#include <map>
#include <string>
#include <utility>
#include <vector>

#include "language/catalogue.h"
#include "preset/preset.h"

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

/// What a reading warned of.
class Warnings final : public Reporter {
 public:
  void progress(const Progress&) override {}

  void warn(const Error& warning) override { all.push_back(warning); }

  std::vector<Error> all;
};

inline std::string test_data() {
  return CAPSULE_SOURCE_DIR "/tests/preset/data";
}

/// A folder with a preset, removed at the end.
class Project {
 public:
  Project() {
    std::string pattern = (std::filesystem::temp_directory_path() / "capsule-preset-XXXXXX").string();
    REQUIRE(::mkdtemp(pattern.data()) != nullptr);
    folder_ = std::filesystem::canonical(pattern).string();
  }

  ~Project() {
    std::error_code ignored;
    std::filesystem::remove_all(folder_, ignored);
  }

  Project(const Project&) = delete;
  Project& operator=(const Project&) = delete;
  Project(Project&&) = delete;
  Project& operator=(Project&&) = delete;

  void write(const std::string& name, const std::string& text) const {
    std::filesystem::create_directories(std::filesystem::path(path(name)).parent_path());
    std::ofstream(path(name), std::ios::binary) << text;
  }

  [[nodiscard]] std::string path(const std::string& name) const { return folder_ + "/" + name; }

  Result<Preset> load(const std::string& name = "p.yaml", std::map<std::string, std::string> set = {}) {
    return load_preset(path(name), {std::move(set), {test_data(), CAPSULE_SOURCE_DIR}}, warnings);
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
  std::vector<std::string> bad(const std::string& text, std::map<std::string, std::string> set = {}) {
    write("p.yaml", text);
    auto preset = load("p.yaml", std::move(set));
    REQUIRE_FALSE(preset);
    return sentences(preset.error());
  }

  [[nodiscard]] std::vector<std::string> sentences(const Error& error) const {
    std::vector<std::string> lines;
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

  Warnings warnings;

 private:
  std::string folder_;
};

using Lines = std::vector<std::string>;

/// A preset whose scenes are `scenes`.
inline std::string with_scenes(const std::string& scenes) {
  return "capsule: 1\nscenes:\n" + scenes;
}

inline const TextLayer& text_of(const Layer& layer) {
  return std::get<TextLayer>(layer.content);
}

}  // namespace capsule::preset::test

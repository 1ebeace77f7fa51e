#include <doctest/doctest.h>

#include <filesystem>
#include <string>

#include "tests/support/process.h"

namespace capsule {
namespace {

namespace fs = std::filesystem;

struct Kept {
  test::TempFolder temp;

  Kept() {
    temp.write("tiny.yaml",
               "profile: tiny\nsize: [160, 90]\nrate: 30\nsafe: { x: 4, y: 4, width: 152, height: 82 }\n"
               "x264_preset: ultrafast\n");
    temp.write("p.yaml",
               "capsule: 1\ntitle: \"x\"\nlanguage: fr\ndeliver: [tiny.yaml]\nscenes:\n"
               "  - duration: 1s\n    layers: [ { text: \"Un\", size: 30u } ]\n");
    const auto made =
        test::capsule({"render", temp.path("p.yaml"), "-o", temp.path("film.mp4"), "--cache", folder()});
    REQUIRE_MESSAGE(made.exit == 0, made.err);
  }

  [[nodiscard]] std::string folder() const { return temp.path("cache"); }

  [[nodiscard]] test::Finished cache(const std::string& action,
                                     const std::vector<std::string>& more = {}) const {
    std::vector<std::string> words{"cache", action, "--cache", folder()};
    words.insert(words.end(), more.begin(), more.end());
    return test::capsule(words);
  }

  [[nodiscard]] fs::path segment() const {
    for (const auto& entry : fs::recursive_directory_iterator(folder())) {
      if (entry.path().extension() == ".segment") {
        return entry.path();
      }
    }
    return {};
  }
};

TEST_CASE("cache info, verify and prune say in three languages what there is, was damaged and went") {
  const Kept kept;
  CHECK(kept.cache("info").out.find("film parts: 1") != std::string::npos);
  CHECK(kept.cache("info", {"--ui-lang", "fr"}).out.find("parties de film : 1") != std::string::npos);
  CHECK(kept.cache("info", {"--ui-lang", "ar"}).out.find("أجزاء الأفلام") != std::string::npos);
  CHECK(kept.cache("info", {"--ui-lang", "ar"}).out.find("\\u20") == std::string::npos);
  CHECK(kept.cache("info", {"--json"}).out.find("\"segment\":{\"entries\":1") != std::string::npos);

  REQUIRE_FALSE(kept.segment().empty());
  fs::resize_file(kept.segment(), fs::file_size(kept.segment()) - 1);
  CHECK(kept.cache("verify").err.find("one damaged and removed") != std::string::npos);
  CHECK(kept.segment().empty());
  CHECK(kept.cache("verify").err.find("none damaged") != std::string::npos);

  CHECK(kept.cache("prune", {"--cache-size", "0"}).exit == 0);
  CHECK(kept.cache("info", {"--json"}).out.find("\"entries\":0,\"bytes\":0") != std::string::npos);
}

TEST_CASE("sizes that are none are refused, by option and by surroundings") {
  const Kept kept;
  CHECK(kept.cache("prune", {"--cache-size", "much"}).exit == 2);
  CHECK(kept.cache("prune", {"--cache-size", "-1G"}).exit == 2);
  CHECK(kept.cache("prune", {"--cache-size", "0.5 GB"}).exit == 0);
  const auto surroundings = test::run({test::capsule_program(), "cache", "prune", "--cache", kept.folder()},
                                      [] { ::setenv("CAPSULE_CACHE_SIZE", "0", 1); });
  CHECK(surroundings.exit == 0);
  CHECK(kept.segment().empty());
}

TEST_CASE("the user's own cache folder is the one of the desktop's standard") {
  const Kept kept;
  const test::TempFolder home;
  const auto made = test::run(
      {test::capsule_program(), "render", kept.temp.path("p.yaml"), "-o", kept.temp.path("two.mp4")}, [&] {
        ::unsetenv("XDG_CACHE_HOME");
        ::setenv("HOME", home.folder().c_str(), 1);
      });
  CHECK(made.exit == 0);
  CHECK(fs::exists(home.folder() / ".cache/capsule/CACHEDIR.TAG"));
}

}  // namespace
}  // namespace capsule

#include <doctest/doctest.h>

#include <chrono>
#include <filesystem>
#include <string>
#include <vector>

#include "tests/render/project.h"

namespace capsule {
namespace {

namespace fs = std::filesystem;

/// The photo's scene of the project: from 7.75 s on.
std::string frame(const test::Project& project, const std::string& cache) {
  std::vector<std::string> words{"frame", project.temp.path("p.yaml"), "--at", "10.5s",
                                 "-o",    project.temp.path("f.png")};
  if (cache.empty()) {
    words.emplace_back("--no-cache");
  } else {
    words.insert(words.end(), {"--cache", project.temp.path(cache)});
  }
  const auto finished = test::capsule(words);
  REQUIRE_MESSAGE(finished.exit == 0, finished.err);
  return test::slurp(project.temp.path("f.png"));
}

std::vector<fs::path> kept_stills(const test::Project& project) {
  std::vector<fs::path> found;
  for (const auto& entry : fs::recursive_directory_iterator(project.temp.path("store"))) {
    if (entry.path().extension() == ".still") {
      found.push_back(entry.path());
    }
  }
  return found;
}

}  // namespace

TEST_CASE("preview: a photo is decoded once and comes from the store the next time") {
  const test::Project project;
  const std::string fresh = frame(project, "");
  CHECK(frame(project, "store") == fresh);
  const auto kept = kept_stills(project);
  REQUIRE(kept.size() == 1);

  const auto long_ago = fs::last_write_time(kept.front()) - std::chrono::hours(1);
  fs::last_write_time(kept.front(), long_ago);
  CHECK(frame(project, "store") == fresh);
  CHECK_MESSAGE(fs::last_write_time(kept.front()) > long_ago, "a use is stamped");

  std::string damaged = test::slurp(kept.front().string());
  damaged[damaged.size() / 2] = static_cast<char>(damaged[damaged.size() / 2] ^ 1);
  project.temp.write("store/" + fs::relative(kept.front(), project.temp.path("store")).string(), damaged);
  CHECK(frame(project, "store") == fresh);
  CHECK_MESSAGE(test::slurp(kept.front().string()) != damaged, "it was made again");
}

TEST_CASE("preview: another photo of the same name is another picture") {
  const test::Project project;
  const std::string before = frame(project, "store");
  project.ffmpeg({"-f", "lavfi", "-i", "gradients=size=320x180:seed=9", "-frames:v", "1"}, "photo.png");
  const std::string after = frame(project, "store");
  CHECK(after != before);
  CHECK(after == frame(project, ""));
}

}  // namespace capsule

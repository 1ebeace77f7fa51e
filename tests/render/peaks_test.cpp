#include <doctest/doctest.h>

#include <algorithm>
#include <numeric>
#include <string>
#include <vector>

#include "tests/render/project.h"
#include "tests/support/events.h"

namespace capsule {
namespace {

/// The most bits of the pictures in any second, by ffprobe.
std::int64_t peak_of(const std::string& film) {
  const auto told = test::run({"ffprobe", "-v", "error", "-select_streams", "v", "-show_entries",
                               "packet=size", "-of", "csv=p=0", film});
  std::vector<std::int64_t> sizes;
  for (std::size_t at = 0; at < told.out.size(); at = told.out.find('\n', at) + 1) {
    sizes.push_back(std::stoll(told.out.substr(at)));
  }
  REQUIRE(sizes.size() >= 30);
  std::int64_t most = 0;
  for (std::size_t i = 0; i + 30 <= sizes.size(); ++i) {
    most =
        std::max(most, std::accumulate(sizes.begin() + static_cast<std::ptrdiff_t>(i),
                                       sizes.begin() + static_cast<std::ptrdiff_t>(i + 30), std::int64_t{0}));
  }
  return 8 * most;
}

TEST_CASE("short scenes full of movement keep to the rate together, not only each by itself") {
  const test::Project project;
  project.ffmpeg({"-f", "lavfi", "-i", "nullsrc=size=192x108:rate=30:duration=3,geq=random(1)*255:128:128",
                  "-c:v", "libx264", "-preset", "ultrafast", "-crf", "12"},
                 "noise.mp4");
  project.temp.write(
      "tight.yaml",
      "profile: tight\nsize: [192, 108]\nrate: 30\nsafe: { x: 4, y: 4, width: 184, height: 100 }\n"
      "x264_preset: ultrafast\ncrf: 14\nlevel: \"3.1\"\nmax_rate: 300\nbuffer: 1500\n");
  std::string text = "capsule: 1\ntitle: t\nlanguage: fr\nscenes:\n";
  for (int scene = 0; scene < 5; ++scene) {
    text += "  - { media: noise.mp4, trim: 0." + std::to_string(scene) + "s..2.9s, duration: 0.5s }\n";
  }
  project.temp.write("noise.yaml", text);
  const std::string film = project.temp.path("noise.out.mp4");
  const auto made = test::capsule({"render", project.temp.path("noise.yaml"), "--to",
                                   project.temp.path("tight.yaml"), "--no-cache", "-o", film});
  REQUIRE_MESSAGE(made.exit == 0, made.err);
  CHECK(peak_of(film) <= 1'800'000);
  CHECK(peak_of(film) >= 1'200'000);
}

}  // namespace
}  // namespace capsule

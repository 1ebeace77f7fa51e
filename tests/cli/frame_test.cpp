#include <doctest/doctest.h>

#include <filesystem>
#include <string>

#include "tests/support/process.h"

namespace capsule::test {

TEST_CASE("frame --contrast: a caption that does not stand out is told with its time, ratio and a way out") {
  const TempFolder temp;
  const std::string film =
      "capsule: 1\ntitle: t\nlanguage: ar\ndeliver: [wa-chat]\nscenes:\n  - duration: 3s\n    layers:\n"
      "      - { shape: rect, color: \"#E8E8E8\" }\n"
      "cues:\n  file: a.srt\n  style: { base: plain, color: \"#FFFFFF\", size: 6u";
  temp.write("a.srt", "1\n00:00:01,000 --> 00:00:02,000\nالسلام عليكم\n");
  temp.write("pale.yaml", film + " }\n");
  temp.write("boxed.yaml", film + ", plate: { color: \"#101418\" } }\n");
  const auto ask = [&](const char* preset) {
    return capsule({"frame", temp.path(preset), "--at", "1.5s,2.5s", "--contrast", "-o", temp.path("f.png"),
                    "--no-cache", "--ui-lang", "en"});
  };
  const Finished pale = ask("pale.yaml");
  CHECK(pale.exit == 0);
  CHECK(pale.err.find("caption at 1.5s: contrast 1.") != std::string::npos);
  CHECK(pale.err.find("under 4.5:1; add a box") != std::string::npos);
  // No caption shows at the second time.
  CHECK(pale.err.find("2.5s") == std::string::npos);
  const Finished boxed = ask("boxed.yaml");
  CHECK(boxed.exit == 0);
  CHECK(boxed.err.find("under") == std::string::npos);
  CHECK((boxed.out + boxed.err).find("caption at 1.5s: contrast 1") != std::string::npos);
  CHECK(std::filesystem::exists(temp.path("f-2.png")));
}

}  // namespace capsule::test

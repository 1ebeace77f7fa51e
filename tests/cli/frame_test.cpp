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

TEST_CASE("frame --contrast: every text layer is told with the line that makes it") {
  const TempFolder temp;
  temp.write(
      "a.yaml",
      "capsule: 1\ntitle: t\nlanguage: ar\ndeliver: [wa-chat]\nscenes:\n  - duration: 3s\n    layers:\n"
      "      - { shape: rect, color: \"#E8E8E8\" }\n"
      "      - { text: \"عنوان باهت\", size: 5u, color: \"#FFFFFF\", box: { top: 10%, height: 10% } }\n"
      "      - { text: \"عنوان واضح\", size: 5u, color: \"#101010\", box: { top: 40%, height: 10% } }\n");
  const Finished told = capsule({"frame", temp.path("a.yaml"), "--at", "1s", "--contrast", "-o",
                                 temp.path("f.png"), "--no-cache", "--ui-lang", "en"});
  CHECK(told.exit == 0);
  CHECK(told.err.find("a.yaml:9:9: “عنوان باهت” at 1s: contrast 1.2:1") != std::string::npos);
  CHECK(told.err.find("under 4.5:1; give it another colour") != std::string::npos);
  CHECK(told.err.find("under") == told.err.rfind("under"));
  CHECK((told.out + told.err).find("a.yaml:10: “عنوان واضح” at 1s: contrast 1") != std::string::npos);
}

}  // namespace capsule::test

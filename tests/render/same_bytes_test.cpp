#include <doctest/doctest.h>

#include <string>
#include <vector>

#include "tests/support/process.h"

namespace capsule {
namespace {

/// Clips that are awkward to cut: a transport stream, open GOPs, and a long GOP of an MP4, made by ffmpeg.
struct Clips {
  test::TempFolder temp;

  Clips() {
    const std::string source = "testsrc2=size=320x240:rate=30:duration=12";
    make({"-f", "lavfi", "-i", source, "-c:v", "libx264", "-preset", "veryfast", "-g", "250", "-bf", "3"},
         "long.mp4");
    make({"-f", "lavfi", "-i", source, "-c:v", "libx264", "-preset", "veryfast", "-g", "40", "-x264-params",
          "open-gop=1:keyint=40:bframes=3"},
         "open.mkv");
    make({"-f", "lavfi", "-i", source, "-c:v", "mpeg2video", "-g", "15", "-bf", "2", "-b:v", "1M"},
         "stream.ts");
    temp.write("small.yaml",
               "profile: small\nsize: [320, 180]\nrate: 30\nsafe: { x: 10, y: 10, width: 300, height: 160 }\n"
               "x264_preset: veryfast\nmax_gop: 2s\n");
    temp.write("p.yaml", R"(capsule: 1
title: { ar: "ثلاثة مقاطع" }
language: ar-MA
deliver: [small.yaml]
scenes:
  - media: long.mp4
    trim: 3.1s..9s
  - media: open.mkv
    trim: 2.37s..8s
    enter: { crossfade: 0.5s }
  - media: stream.ts
    trim: 1.9s..7s
    fit: blur-fill
    enter: { push: 0.4s }
    layers:
      - text: { ar: "السلام عليكم" }
        size: 14u
        enter: { slide: 0.4s }
cues:
  - { from: 1s, to: 5s, text: { ar: "عملكم كبير، فهل يراه الناس؟" } }
  - { from: 6s, to: 9s, text: { ar: "حدّدوا أولاً من تريدون مخاطبته" } }
)");
  }

  void make(std::vector<std::string> words, const std::string& name) const {
    words.insert(words.begin(), {"ffmpeg", "-v", "error", "-y"});
    words.push_back(temp.path(name));
    const auto made = test::run(words);
    REQUIRE_MESSAGE(made.exit == 0, made.err);
  }

  [[nodiscard]] test::Finished render(const std::string& jobs, const std::string& name,
                                      std::vector<std::string> more = {}) const {
    std::vector<std::string> words{"render", temp.path("p.yaml"), "--jobs", jobs, "-o", temp.path(name)};
    words.insert(words.end(), more.begin(), more.end());
    return test::capsule(words);
  }
};

TEST_CASE("one worker and four give the same bytes") {
  const Clips clips;
  const auto one = clips.render("1", "one.mp4", {"--json"});
  REQUIRE_MESSAGE(one.exit == 0, one.out);
  const auto four = clips.render("4", "four.mp4");
  REQUIRE_MESSAGE(four.exit == 0, four.err);
  const std::string bytes = test::slurp(clips.temp.path("one.mp4"));
  CHECK(bytes.size() > 100000);
  CHECK(bytes == test::slurp(clips.temp.path("four.mp4")));
  const auto at = one.out.find("\"segments\":");
  REQUIRE(at != std::string::npos);
  CHECK(std::stoi(one.out.substr(at + 11)) >= 8);
}

TEST_CASE("the pictures of a stretch are those of the whole film") {
  const Clips clips;
  const auto whole = clips.render("2", "-", {"--sink", "hash"});
  REQUIRE_MESSAGE(whole.exit == 0, whole.err);
  const auto stretch = clips.render("1", "-", {"--sink", "hash", "--from", "5s", "--until", "7s"});
  REQUIRE_MESSAGE(stretch.exit == 0, stretch.err);
  const auto hash_of = [](const std::string& text, int frame) {
    const std::string head = (frame == 0 ? "" : "\n") + std::to_string(frame) + " ";
    const auto at = frame == 0 ? 0 : text.find(head);
    REQUIRE(at != std::string::npos);
    return text.substr(at + head.size(), 32);
  };
  for (const int frame : {0, 1, 17, 42, 59}) {
    CHECK(hash_of(stretch.out, frame) == hash_of(whole.out, frame + 150));
  }
}

}  // namespace
}  // namespace capsule

#pragma once
#include <doctest/doctest.h>

#include <map>
#include <string>
#include <vector>

#include "tests/support/process.h"

namespace capsule::test {

/// A small project of nine scenes or so with clips, a picture, a font file, captions and sound, whose parts a
/// test may change one by one.
class Project {
 public:
  Project() {
    static const Project made{Materials{}};
    for (const char* name : {"one.mp4", "two.mp4", "photo.png", "own.ttf"}) {
      std::filesystem::copy_file(made.temp.path(name), temp.path(name));
    }
    temp.write("small.yaml", profile);
    write();
  }

  void clip(const std::string& name, const std::string& picture, const std::string& sound) const {
    ffmpeg({"-f", "lavfi", "-i", picture, "-f", "lavfi", "-i", sound, "-c:v", "libx264", "-preset",
            "ultrafast", "-g", "60", "-c:a", "aac", "-shortest"},
           name);
  }

  void ffmpeg(std::vector<std::string> command, const std::string& name) const {
    command.insert(command.begin(), {"ffmpeg", "-v", "error", "-y"});
    command.push_back(temp.path(name));
    const auto made = run(command);
    REQUIRE_MESSAGE(made.exit == 0, made.err);
  }

  /// The project's font becomes this installed one.
  void font(const std::string& file) const {
    const auto found = run({"fc-list", "--format=%{file}\n"});
    std::string path;
    for (std::size_t at = 0; at < found.out.size();) {
      const std::size_t end = found.out.find('\n', at);
      const std::string line = found.out.substr(at, end - at);
      path = line.ends_with("/" + file) ? line : path;
      at = end == std::string::npos ? found.out.size() : end + 1;
    }
    REQUIRE_MESSAGE(!path.empty(), file);
    std::filesystem::copy_file(path, temp.path("own.ttf"), std::filesystem::copy_options::overwrite_existing);
  }

  /// Writes the preset from `words`.
  void write() const {
    std::string text = preset;
    for (const auto& [key, value] : words) {
      const std::string mark = "$" + key + "$";
      for (std::size_t at = text.find(mark); at != std::string::npos; at = text.find(mark)) {
        text.replace(at, mark.size(), value);
      }
    }
    temp.write("p.yaml", text);
  }

  TempFolder temp;

 private:
  struct Materials {};

  explicit Project(Materials /*materials*/) {
    clip("one.mp4", "testsrc2=size=192x108:rate=30:duration=7", "sine=440:duration=7");
    clip("two.mp4", "testsrc2=size=160x120:rate=25:duration=6,hue=h=90", "sine=330:duration=6");
    ffmpeg({"-f", "lavfi", "-i", "gradients=size=320x180:seed=3", "-frames:v", "1"}, "photo.png");
    font("NotoSans-Bold.ttf");
  }

 public:
  std::map<std::string, std::string> words{
      {"title", "capsule"}, {"ground", "#225588"}, {"word", "Bonjour"},    {"own", "Lettres"},
      {"cue1", "Première"}, {"cue2", "Deuxième"},  {"cue2_from", "6.4"},   {"cue2_to", "8.2"},
      {"who", "Fatima"},    {"fade", "0.5"},       {"photo", "photo.png"}, {"speed", "1"},
      {"align", "center"},  {"gain", "-6 dB"},     {"bar", "#ffcc00"},     {"lower", "Atelier"},
      {"dim", "20%"},       {"zoom", "1.1"},
  };
  std::string profile =
      "profile: small\nsize: [192, 108]\nrate: 15\nsafe: { x: 6, y: 6, width: 180, height: 96 }\n"
      "x264_preset: ultrafast\nmax_gop: 2s\n";
  std::string preset = R"(capsule: 1
title: "$title$"
language: fr
deliver: [small.yaml]
variables:
  who: { type: text, default: "$who$" }
overlays:
  - shape: rect
    color: "$bar$ 60%"
    box: { on: canvas, start: 0, end: 0, bottom: 0, height: 2u }
cues:
  list:
    - { from: 2.6s, to: 4.3s, text: "$cue1$" }
    - { from: $cue2_from$s, to: $cue2_to$s, text: "$cue2$" }
scenes:
  - id: card
    duration: 2s
    layers:
      - shape: rect
        color: "$ground$"
        box: { on: canvas, start: 0, end: 0, top: 0, bottom: 0 }
      - text: "$word$"
        size: 20u
        enter: { slide: 0.4s }
  - id: first
    media: one.mp4
    trim: 0.5s..5s
    sound: $gain$
    layers:
      - text: "$lower$"
        size: 10u
        align: $align$
        box: { start: 0, end: 0, bottom: 0, height: 14u }
        from: 0.2s
        until: 1.4s
        lifts_captions: true
  - id: second
    media: two.mp4
    trim: 0s..3s
    speed: $speed$
    dim: $dim$
    enter: { crossfade: $fade$s }
  - id: picture
    duration: 2s
    media: $photo$
    motion: { ken-burns: { from: 1, to: $zoom$ } }
  - id: name
    duration: 2s
    layers:
      - text: "Merci {who}"
        size: 16u
        font: own.ttf
      - text: "$own$"
        font: own.ttf
        size: 9u
        box: { top: 70%, start: 0, end: 0, height: 20% }
        enter: { fade: 0.3s }
        exit: { fade: 0.3s }
  - id: again
    media: one.mp4
    trim: 1s..3s
  - id: end
    duration: 2s
    layers:
      - text: "Fin"
        size: 18u
)";
};

}  // namespace capsule::test

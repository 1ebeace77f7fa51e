#include <doctest/doctest.h>

#include <algorithm>
#include <cstdlib>
#include <filesystem>
#include <functional>
#include <map>
#include <random>
#include <string>
#include <utility>
#include <vector>

#include "render/film.h"
#include "segment/plan.h"
#include "tests/render/project.h"
#include "tests/support/recorder.h"

namespace capsule::render {
namespace {

struct Part {
  FrameRange range;
  Digest key;
  Digest pictures;
};

/// Keys of a preset's segments beside what their pictures really are.
std::vector<Part> parts_of(const std::string& preset) {
  text::FontLibrary fonts;
  FactsCache facts;
  test::Recorder recorder;
  const Environment environment{{CAPSULE_SOURCE_DIR}, &fonts, &facts, &recorder, {}, 2};
  const auto prepared = prepare({preset, "", "", {}, false, false}, environment);
  REQUIRE_MESSAGE(prepared, (prepared ? ""
                                      : std::string(prepared.error().causes.empty()
                                                        ? prepared.error().code.id
                                                        : prepared.error().causes.front().code.id)));
  FilmOptions options;
  options.sink = SinkKind::kHash;
  const auto film = render_film(*prepared, "-", options, environment);
  REQUIRE(film);
  const timeline::Timeline& timeline = prepared->timeline;
  const auto ranges = segment::ranges(timeline, prepared->video, {{0}, timeline.frames});
  std::vector<Part> parts;
  for (const segment::Segment& s : segment::plan(timeline, ranges, prepared->video, fonts)) {
    Hasher pictures;
    for (FrameIndex n = s.range.begin; n < s.range.end; n = n + 1) {
      pictures.add(film->hashes[static_cast<std::size_t>(n.value)]);
    }
    parts.push_back({s.range, s.key, pictures.digest()});
  }
  return parts;
}

std::vector<Part> parts_of(const test::Project& project) {
  return parts_of(project.temp.path("p.yaml"));
}

/// Two pictures never share a key, over all films that the test ever saw.
class Ledger {
 public:
  void enter(const std::vector<Part>& parts, const std::string& edit) {
    CAPTURE(edit);
    for (const Part& part : parts) {
      const auto [known, fresh] = pictures_.emplace(part.key, part.pictures);
      CAPTURE(part.range.begin.value);
      CHECK(known->second == part.pictures);
    }
  }

 private:
  std::map<Digest, Digest> pictures_;
};

struct Edit {
  std::string name;
  std::function<void(test::Project&)> make;
  /// Least and most segments that change; the pictures say which ones.
  std::size_t least = 1, most = 100;
};

Edit word(const std::string& key, const std::string& value, std::size_t most) {
  return {key,
          [key, value](test::Project& p) {
            p.words[key] = value;
            p.write();
          },
          1, most};
}

/// A time that is a boundary, which moves along with it.
Edit moved(const std::string& key, const std::string& value) {
  Edit edit = word(key, value, 3);
  edit.least = 0;
  return edit;
}

std::vector<Edit> edits() {
  return {
      word("word", "Bonsoir", 1),
      word("ground", "#552288", 1),
      word("own", "Autres", 1),
      word("who", "Zahra", 1),
      word("cue1", "Correction", 2),
      moved("cue2_to", "8.1"),
      moved("cue2_from", "6.5"),
      word("lower", "Deux lignes,\\nplus haut", 3),
      word("align", "start", 1),
      word("dim", "30%", 3),
      word("zoom", "1.3", 2),
      word("photo", "other.png", 2),
      moved("fade", "0.3"),
      word("bar", "#ff2200", 100),
      word("title", "autre titre", 0),
      word("gain", "-9 dB", 0),
      {"bytes of a clip",
       [](auto& p) { p.clip("two.mp4", "testsrc=size=192x108:rate=30:duration=6", "sine=330:duration=6"); },
       2, 3},
      {"bytes of a font", [](auto& p) { p.font("NotoSans-Italic.ttf"); }, 1, 1},
      {"the same bytes under another time", [](auto& p) { p.write(); }, 0, 0},
  };
}

TEST_CASE("one input changed: exactly the segments whose pictures change get new keys") {
  Ledger ledger;
  test::Project base;
  base.ffmpeg({"-f", "lavfi", "-i", "gradients=size=320x180:seed=9", "-frames:v", "1"}, "other.png");
  const std::vector<Part> before = parts_of(base);
  REQUIRE(before.size() >= 8);
  ledger.enter(before, "base");
  const std::string font = test::slurp(base.temp.path("own.ttf"));
  const std::string clip = test::slurp(base.temp.path("two.mp4"));
  for (const Edit& edit : edits()) {
    CAPTURE(edit.name);
    const auto words = base.words;
    edit.make(base);
    const std::vector<Part> after = parts_of(base);
    ledger.enter(after, edit.name);
    std::size_t changed = 0;
    std::size_t elsewhere = 0;
    for (const Part& now : after) {
      CAPTURE(now.range.begin.value);
      const auto then =
          std::find_if(before.begin(), before.end(), [&](const Part& p) { return p.range == now.range; });
      if (then == before.end()) {
        ++elsewhere;  // a cue that moved takes its boundary along, and so does a clip's own key frame
        continue;
      }
      changed += then->key != now.key ? 1 : 0;
      CHECK((then->key == now.key) == (then->pictures == now.pictures));
    }
    CHECK(changed + elsewhere >= (edit.most == 0 ? 0 : edit.least));
    CHECK(changed <= edit.most);
    base.words = words;
    base.temp.write("own.ttf", font);
    base.temp.write("two.mp4", clip);
    base.write();
  }
}

TEST_CASE("the profile's settings: what the encoder reads changes every key, what it does not, none") {
  test::Project project;
  const std::vector<Part> before = parts_of(project);
  const auto changed = [&](const std::string& line) {
    project.temp.write("small.yaml", project.profile + line);
    std::size_t count = 0;
    const std::vector<Part> after = parts_of(project);
    REQUIRE(after.size() == before.size());
    for (std::size_t i = 0; i < after.size(); ++i) {
      CHECK(after[i].pictures == before[i].pictures);
      count += after[i].key != before[i].key ? 1 : 0;
    }
    return count;
  };
  CHECK(changed("crf: 29\n") == before.size());
  CHECK(changed("level: \"4.0\"\n") == before.size());
  CHECK(changed("max_bytes: 9000000\n") == 0);
  CHECK(changed("loudness: -20\n") == 0);
}

/// A preset of its own, in which one text after another is replaced by another.
class Written {
 public:
  explicit Written(std::string preset, const std::string& size =
                                           "size: [192, 108]\n"
                                           "safe: { x: 6, y: 6, width: 180, height: 96 }\n")
      : preset_(std::move(preset)) {
    temp.write("small.yaml", "profile: small\n" + size + "rate: 15\nx264_preset: ultrafast\nmax_gop: 2s\n");
  }

  std::vector<Part> with(const std::string& was, const std::string& is) const {
    std::string text = preset_;
    const std::size_t at = was.empty() ? 0 : text.find(was);
    REQUIRE(at != std::string::npos);
    temp.write("p.yaml", text.replace(at, was.size(), is));
    return parts_of(temp.path("p.yaml"));
  }

  test::TempFolder temp;

 private:
  std::string preset_;
};

/// How many segments an edit leaves as they are, checking that these and no others keep their keys.
std::size_t kept(const std::vector<Part>& before, const std::vector<Part>& after) {
  std::size_t same = 0;
  for (const Part& now : after) {
    const auto then = std::ranges::find(before, now.range, &Part::range);
    if (then != before.end()) {
      CAPTURE(now.range.begin.value);
      CHECK((then->key == now.key) == (then->pictures == now.pictures));
      same += then->key == now.key ? 1 : 0;
    }
  }
  return same;
}

constexpr const char* kEffects = R"(capsule: 1
title: x
language: ar
deliver: [small.yaml]
scenes:
  - duration: 4s
    layers:
      - { shape: rect, color: "#203040" }
      - { text: "قبل", enter: { typewriter: 0.5s }, size: 8u, dim: { at: 1s, to: 0.4 } }
  - duration: 4s
    enter: cut
    layers:
      - { shape: rect, color: "#402030" }
      - { shape: disc, color: "#ffffff", box: { width: 20u, height: 20u }, exit: { fade: 0.4s } }
      - stack: column
        box: { top: 5u, width: 40u, height: 30u, start: 2u }
        plate: { color: "#00ff0080", pad: 1u }
        children:
          - { text: "أول", size: 9u, color: "#ffffff90" }
          - { text: "ثان", size: 9u, color: "#ffff0090", from: 0s }
  - duration: 4s
    enter: { crossfade: 0.5s }
    layers:
      - { shape: rect, color: "#204030" }
      - text: "اسم"
        size: 8u
        lifts_captions: true
        plate: { color: "#ffffff", pad: 2u }
        enter: { fade: 0.3s }
        from: 2.4s
        until: 3.4s
        box: { start: 0, end: 0, bottom: 0, height: 16u }
  - { duration: 4s, enter: cut, layers: [ { shape: rect, color: "#444444" } ] }
overlays:
  - shape: disc
    color: "#ff0000"
    box: { on: canvas, end: 2u, top: 2u, width: 10u, height: 10u }
    from: 0.5s
    enter: { fade: 0.3s }
    exit: { fade: 0.5s }
cues: [ { from: 8.5s, to: 11.5s, text: "ترجمة طويلة" } ]
)";

TEST_CASE("how something comes, goes or steps back is known where it does, and nowhere else") {
  const Written film(kEffects);
  const std::vector<Part> before = film.with("", "");
  const std::vector<std::pair<std::string, std::string>> edits{
      {"from: 0.5s\n    enter: { fade: 0.3s }", "from: 0.5s\n    enter: { fade: 0.5s }"},
      {"from: 0.5s\n    enter: { fade: 0.3s }", "from: 0.5s\n    enter: { pop: 0.3s }"},
      {"from: 0.5s\n    enter: { fade: 0.3s }", "from: 0.5s"},
      {"exit: { fade: 0.5s }\ncues", "exit: { fade: 0.3s }\ncues"},
      {"exit: { fade: 0.5s }\ncues", "exit: { wipe: 0.3s }\ncues"},
      {"typewriter: 0.5s", "typewriter: 0.8s"},
      {"at: 1s", "at: 1.2s"},
      {"color: \"#ffffff\", box", "color: \"#00ff00\", box"},
      {"plate: { color: \"#ffffff\"", "plate: { color: \"#ff00ff\""},
      {"until: 3.4s", "until: 3.2s"},
      {"from: 2.4s", "from: 2.6s"},
      {"scenes:\n  - duration: 4s", "scenes:\n  - duration: 4s\n    enter: { crossfade: 0.3s }"},
      {"ثان\", size: 9u, color: \"#ffff0090\", from: 0s",
       "ثان\", size: 9u, color: \"#ffff0090\", from: 0.4s"},
  };
  for (const auto& [was, is] : edits) {
    CAPTURE(is);
    CHECK(kept(before, film.with(was, is)) >= before.size() / 2);
  }
}

TEST_CASE("a caption that gives way sideways depends on the side that a layer keeps to") {
  const Written film(R"(capsule: 1
title: x
language: ar
deliver: [small.yaml]
scenes:
  - { duration: 3s, layers: [ { shape: rect, color: "#203040" } ] }
  - duration: 2s
    layers:
      - { shape: rect, color: "#402030" }
      - text: "اسم"
        size: 8u
        align: start
        lifts_captions: true
        box: { start: 0, end: 0, top: 40%, height: 20u }
cues: { file: s.srt }
)",
                     "size: [216, 384]\nsafe: { x: 12, y: 20, width: 192, height: 340 }\n");
  film.temp.write("s.srt", "1\n00:00:00,500 --> 00:00:04,500\n{\\an5\\pos(330,133)}سلام\n");
  const std::vector<Part> before = film.with("", "");
  const std::vector<Part> after = film.with("align: start", "align: end");
  CHECK(kept(before, after) < before.size());
  REQUIRE(before.front().range == after.front().range);
  CHECK(before.front().pictures != after.front().pictures);
}

/// fontconfig's settings of a test: the installed fonts, and a folder of its own.
class Settings {
 public:
  explicit Settings(const test::TempFolder& temp) : temp_(temp) {
    std::filesystem::create_directories(temp.path("fonts"));
    prefer("Amiri");
    ::setenv("FONTCONFIG_FILE", temp.path("fonts.conf").c_str(), 1);
  }

  ~Settings() { ::unsetenv("FONTCONFIG_FILE"); }

  Settings(const Settings&) = delete;
  Settings& operator=(const Settings&) = delete;
  Settings(Settings&&) = delete;
  Settings& operator=(Settings&&) = delete;

  /// What a family that is not installed is set in.
  void prefer(const std::string& family) const {
    temp_.write("fonts.conf", "<?xml version='1.0'?><fontconfig><dir>/usr/share/fonts</dir><dir>" +
                                  temp_.path("fonts") + "</dir><cachedir>/var/cache/fontconfig</cachedir>" +
                                  "<cachedir>" + temp_.path("known") +
                                  "</cachedir><alias binding='same'><family>House Hand</family><prefer>"
                                  "<family>" +
                                  family + "</family></prefer></alias></fontconfig>");
  }

 private:
  const test::TempFolder& temp_;
};

TEST_CASE("the fonts that an SVG with letters is drawn in are part of its segments' keys") {
  const Written film(R"(capsule: 1
title: x
language: fr
deliver: [small.yaml]
scenes:
  - { duration: 2s, layers: [ { media: letters.svg, fit: contain } ] }
  - { duration: 2s, layers: [ { media: plain.svg, fit: contain } ] }
)");
  const std::string head = "<svg xmlns='http://www.w3.org/2000/svg' width='90' height='90'>";
  film.temp.write("letters.svg",
                  head + "<text y='60' font-size='40' font-family='House Hand'>Qag</text></svg>");
  film.temp.write("plain.svg", head + "<rect width='50' height='50' fill='#ff8800'/></svg>");
  const Settings settings(film.temp);
  const std::vector<Part> amiri = film.with("", "");
  REQUIRE(amiri.size() == 2);
  CHECK(kept(amiri, film.with("", "")) == 2);
  settings.prefer("Noto Sans");
  const std::vector<Part> noto = film.with("", "");
  CHECK(kept(amiri, noto) == 1);
  CHECK(amiri[0].pictures != noto[0].pictures);
  CHECK(amiri[1].key == noto[1].key);
  const test::Project project;
  std::filesystem::copy_file(project.temp.path("own.ttf"), film.temp.path("fonts/new.ttf"));
  const std::vector<Part> more = film.with("", "");
  CHECK(more[0].key != noto[0].key);
  CHECK(more[1].key == noto[1].key);
}

}  // namespace
}  // namespace capsule::render

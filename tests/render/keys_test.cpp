#include <doctest/doctest.h>

#include <functional>
#include <map>
#include <random>
#include <string>
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

/// Keys of a project's segments beside what their pictures really are.
std::vector<Part> parts_of(const test::Project& project) {
  text::FontLibrary fonts;
  FactsCache facts;
  test::Recorder recorder;
  const Environment environment{{CAPSULE_SOURCE_DIR}, &fonts, &facts, &recorder, {}, 2};
  const auto prepared = prepare({project.temp.path("p.yaml"), "", "", {}, false, false}, environment);
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

}  // namespace
}  // namespace capsule::render

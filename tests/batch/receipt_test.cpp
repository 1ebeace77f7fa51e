#include <doctest/doctest.h>

#include <filesystem>
#include <functional>
#include <map>
#include <set>
#include <string>
#include <vector>

#include "batch/jobs.h"
#include "render/font_digests.h"
#include "tests/support/process.h"
#include "tests/support/recorder.h"

namespace capsule::batch {
namespace {

namespace fs = std::filesystem;

/// "1", "2" → "1 2".
std::string said(const std::set<std::string>& ids) {
  std::string text;
  for (const std::string& id : ids) {
    text += (text.empty() ? "" : " ") + id;
  }
  return text;
}

using Ids = std::set<std::string>;

/// What a run of the batch did.
struct Told {
  Ids stood;      ///< By their receipts alone.
  Ids unchanged;  ///< These, and those that were prepared and found unchanged.
  Ids made, failed;
  std::int64_t warnings = 0;
};

/// Three rows, each with a logo and captions of its own, under a preset that extends another and takes a
/// brand, a font and a picture from beside it, and a mark from the shipped data.
class Shop {
 public:
  Shop() {
    temp.write("tiny.yaml",
               "profile: tiny\nsize: [160, 90]\nrate: 15\nsafe: { x: 4, y: 4, width: 152, height: 82 }\n"
               "x264_preset: ultrafast\n");
    temp.write("_series.yaml", "capsule: 1\nlanguage: ar-MA\ndeliver: [tiny.yaml]\nbrand: house.yaml\n");
    temp.write("house.yaml", "name: house\ncolors: { primary: \"#204080\" }\n");
    temp.write("who.yaml", kPreset);
    for (const char* id : {"1", "2", "3"}) {
      temp.write(std::string("cues") + id + ".srt", "1\n00:00:00,200 --> 00:00:00,800\nأهلا\n");
      picture(temp.path(std::string("logo") + id + ".png"), "red");
    }
    picture(temp.path("ground.png"), "blue");
    fs::create_directories(temp.path("data/assets"));
    picture(temp.path("data/assets/mark.png"), "green");
    fs::copy_file(font_file("NotoSans-Regular.ttf"), temp.path("own.TTF"));
    roster("نور");
  }

  void roster(const std::string& second) const {
    temp.write("list.csv", "id,name,logo,cues\n1,أمل,logo1.png,cues1.srt\n2," + second +
                               ",logo2.png,cues2.srt\n3,بذور,logo3.png,cues3.srt\n");
  }

  static void picture(const std::string& path, const std::string& color) {
    const auto made = test::run({"ffmpeg", "-v", "error", "-y", "-f", "lavfi", "-i",
                                 "color=" + color + ":size=32x32", "-frames:v", "1", path});
    REQUIRE_MESSAGE(made.exit == 0, made.err);
  }

  static std::string font_file(const std::string& name) {
    const auto found = test::run({"fc-match", "--format=%{file}", "Noto Sans:regular"});
    REQUIRE(fs::path(found.out).filename().string() == name);
    return found.out;
  }

  Told run(const std::map<std::string, std::string>& set = {}) const {
    test::Recorder recorder;
    store::Store store(temp.path("cache"), store::kDefaultLimit, recorder);
    text::FontLibrary fonts;
    fonts.remember(render::font_digests(&store));
    render::FactsCache facts(&store);
    render::Environment environment{{temp.path("data")}, &fonts, &facts, &recorder, {}, 1, &store};
    environment.settle_ns = 0;  // The files of a test are young, and it waits for a film between two changes.
    Wish wish;
    wish.presets = {temp.path("who.yaml")};
    wish.roster = temp.path("list.csv");
    wish.set = set;
    const auto jobs = jobs_of(wish, environment.data_folders, recorder);
    REQUIRE(jobs);
    render::Receipts receipts(environment);
    Options options;
    options.folder = temp.path("out");
    options.receipts = &receipts;
    options.standing = standing(jobs->items, options);
    Told told;
    for (const auto& [item, receipt] : options.standing) {
      told.stood.insert(item->id);
    }
    const Run run =
        batch::run(jobs->items, options, environment, {[](const Item&) {}, [](const Outcome&) {}});
    REQUIRE_FALSE(run.ended_by.has_value());
    told.warnings = static_cast<std::int64_t>(recorder.warnings.size());
    for (const Outcome& outcome : run.outcomes) {
      told.warnings += static_cast<std::int64_t>(outcome.warnings.size());
      Ids& ids = outcome.state == State::kMade        ? told.made
                 : outcome.state == State::kUnchanged ? told.unchanged
                                                      : told.failed;
      ids.insert(outcome.item->id);
      for (const Error& problem : outcome.problems) {
        MESSAGE(language::message(problem, language::UiLanguage::kEnglish));
      }
      CHECK(fs::exists(outcome.output) == (outcome.state != State::kFailed));
    }
    return told;
  }

  [[nodiscard]] std::string film(const std::string& id, const std::string& ending) const {
    for (const auto& entry : fs::directory_iterator(temp.path("out"))) {
      const std::string name = entry.path().filename().string();
      if (name.starts_with(id + "-") && name.ends_with(ending)) {
        return entry.path().string();
      }
    }
    FAIL("no such file of film ", id, ": ", ending);
    return {};
  }

  static constexpr const char* kPreset = R"(capsule: 1
extends: _series.yaml
title: "{name}"
variables:
  name: { required: true }
  logo: { type: path, required: true }
  cues: { type: path, required: true }
  tail: { default: "قل" }
cues: { file: "{cues}" }
scenes:
  - duration: 1s
    media: ground.png
    layers:
      - { logo: "{logo}", box: { start: 0, top: 0, width: 20u, height: 20u } }
      - { logo: mark.png, box: { end: 0, top: 0, width: 20u, height: 20u } }
      - { text: "{name} {tail}", size: 20u, color: primary }
      - { text: "Lu", font: own.TTF, size: 10u, box: { bottom: 0, height: 12u } }
)";

  test::TempFolder temp;
};

const Ids kAll{"1", "2", "3"};

struct Change {
  const char* what;
  std::function<void(const Shop&)> make;
  Ids looked_at;  ///< The films that are prepared again,
  Ids made;       ///< and those of them that are made again.
};

std::vector<Change> changes() {
  const auto touch = [](const std::string& path) {
    fs::last_write_time(path, fs::last_write_time(path) - std::chrono::seconds(1));
  };
  const auto in_preset = [](const std::string& from, const std::string& to) {
    return [=](const Shop& shop) {
      std::string text = test::slurp(shop.temp.path("who.yaml"));
      REQUIRE(text.find(from) != std::string::npos);
      shop.temp.write("who.yaml", text.replace(text.find(from), from.size(), to));
    };
  };
  return {
      {"the preset's text", in_preset("\"Lu\"", "\"Vu\""), kAll, kAll},
      {"a remark in the preset", in_preset("capsule: 1\n", "capsule: 1\n# remark\n"), kAll, {}},
      {"the file that it extends",
       [](const Shop& s) {
         s.temp.write("_series.yaml",
                      "capsule: 1\nlanguage: ar-EG\ndeliver: [tiny.yaml]\nbrand: house.yaml\n");
       },
       kAll, kAll},
      {"the brand",
       [](const Shop& s) { s.temp.write("house.yaml", "name: house\ncolors: { primary: \"#802040\" }\n"); },
       kAll, kAll},
      {"the profile",
       [](const Shop& s) { s.temp.write("tiny.yaml", test::slurp(s.temp.path("tiny.yaml")) + "crf: 30\n"); },
       kAll, kAll},
      {"a font beside it",
       [](const Shop& s) {
         const auto bold = test::run({"fc-match", "--format=%{file}", "Noto Sans:bold"});
         fs::copy_file(bold.out, s.temp.path("own.TTF"), fs::copy_options::overwrite_existing);
       },
       kAll, kAll},
      {"a logo of as many bytes",
       [](const Shop& s) {
         const std::string path = s.temp.path("logo3.png");
         const auto before = fs::file_size(path);
         Shop::picture(path, "yellow");
         fs::resize_file(path, std::max(before, fs::file_size(path)));
       },
       {"3"},
       {"3"}},
      {"a logo that was only touched", [=](const Shop& s) { touch(s.temp.path("logo1.png")); }, {"1"}, {}},
      {"a picture of the scene", [](const Shop& s) { Shop::picture(s.temp.path("ground.png"), "white"); },
       kAll, kAll},
      {"captions",
       [](const Shop& s) { s.temp.write("cues2.srt", "1\n00:00:00,200 --> 00:00:00,800\nسهلا\n"); },
       {"2"},
       {"2"}},
      {"a mark beside the preset, which is found before the shipped one",
       [](const Shop& s) { Shop::picture(s.temp.path("mark.png"), "black"); }, kAll, kAll},
      {"a poster that is gone", [](const Shop& s) { fs::remove(s.film("1", ".poster.jpg")); }, {"1"}, {"1"}},
      {"a list of captions that is gone",
       [](const Shop& s) { fs::remove(s.film("2", ".txt")); },
       {"2"},
       {"2"}},
      {"captions that are gone", [](const Shop& s) { fs::remove(s.film("2", ".srt")); }, {"2"}, {"2"}},
      {"a poster that was cut short",
       [](const Shop& s) { fs::resize_file(s.film("1", ".poster.jpg"), 0); },
       {"1"},
       {"1"}},
      {"a manifest that is gone",
       [](const Shop& s) { fs::remove(s.film("3", ".manifest.json")); },
       {"3"},
       {"3"}},
      {"a film that is gone", [](const Shop& s) { fs::remove(s.film("1", ".mp4")); }, {"1"}, {"1"}},
      {"a film that was touched", [=](const Shop& s) { touch(s.film("2", ".mp4")); }, {"2"}, {"2"}},
      {"a name", [](const Shop& s) { s.roster("النور"); }, {"2"}, {"2"}},
  };
}

TEST_CASE(
    "a second run prepares nothing; after one change it prepares and makes the films concerned, and no "
    "other") {
  const Shop shop;
  CHECK(said(shop.run().made) == said(kAll));
  for (const Change& change : changes()) {
    const std::string what = change.what;
    CAPTURE(what);
    const Told before = shop.run();
    CHECK(said(before.stood) == said(kAll));
    CHECK(said(before.unchanged) == said(kAll));
    change.make(shop);
    const Told after = shop.run();
    Ids left = kAll;
    for (const std::string& id : change.looked_at) {
      left.erase(id);
    }
    CHECK(said(after.stood) == said(left));
    CHECK(said(after.made) == said(change.made));
    CHECK(said(after.failed) == "");
  }
  CHECK(said(shop.run({{"tail", "آخر"}}).made) == said(kAll));
}

TEST_CASE(
    "what was said of a film is said again when it stands; a film that cannot be made any more does not "
    "stand") {
  const Shop shop;
  shop.temp.write("cues2.srt",
                  "1\n00:00:00,200 --> 00:00:00,800\nأهلا\n\n2\n00:00:05,000 --> 00:00:06,000\nسهلا\n");
  const Told first = shop.run();
  CHECK(said(first.made) == said(kAll));
  REQUIRE(first.warnings > 0);
  const Told again = shop.run();
  CHECK(said(again.stood) == said(kAll));
  CHECK(again.warnings == first.warnings);
  fs::remove(shop.temp.path("logo3.png"));
  const Told lost = shop.run();
  CHECK(said(lost.stood) == "1 2");
  CHECK(said(lost.failed) == "3");
}

}  // namespace
}  // namespace capsule::batch

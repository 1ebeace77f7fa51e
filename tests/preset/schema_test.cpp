#include <set>

#include "preset/profile.h"
#include "preset/schema/schema.h"
#include "tests/preset/project.h"

namespace capsule::preset::test {
namespace {

/// Recognises RFC 8259 texts; just enough to see that what we print is JSON.
class JsonReader {
 public:
  explicit JsonReader(const std::string& text) : at_(text.c_str()), end_(at_ + text.size()) {}

  bool whole() { return value() && (spaces(), at_ == end_); }

 private:
  void spaces() {
    while (at_ != end_ && (*at_ == ' ' || *at_ == '\n')) {
      ++at_;
    }
  }

  bool take(char c) {
    spaces();
    const bool there = at_ != end_ && *at_ == c;
    at_ += there ? 1 : 0;
    return there;
  }

  bool word(std::string_view text) {
    const bool there = std::string_view(at_, static_cast<std::size_t>(end_ - at_)).starts_with(text);
    at_ += there ? text.size() : 0;
    return there;
  }

  bool string() {
    if (!take('"')) {
      return false;
    }
    while (at_ != end_ && *at_ != '"') {
      if (static_cast<unsigned char>(*at_) < 0x20) {
        return false;
      }
      at_ += *at_ == '\\' ? 2 : 1;
    }
    return take('"');
  }

  bool members(bool named, char close) {
    if (take(close)) {
      return true;
    }
    do {
      if ((named && (!string() || !take(':'))) || !value()) {
        return false;
      }
    } while (take(','));
    return take(close);
  }

  bool value() {
    spaces();
    if (at_ == end_ || ++depth_ > 200) {
      return false;
    }
    const char c = *at_;
    const bool good = c == '{'   ? take('{') && members(true, '}')
                      : c == '[' ? take('[') && members(false, ']')
                      : c == '"' ? string()
                                 : word("true") || word("false") || word("null");
    --depth_;
    return good;
  }

  const char* at_;
  const char* end_;
  int depth_ = 0;
};

TEST_CASE("the JSON Schema is JSON, names its draft and holds every key of the table with its meaning") {
  const std::string schema = json_schema();
  CHECK(JsonReader(schema).whole());
  CHECK(schema.find("https://json-schema.org/draft/2020-12/schema") != std::string::npos);
  int keys = 0;
  for (const Block& block : blocks()) {
    for (const Key& key : block.keys) {
      CAPTURE(std::string(key.name));
      CHECK(schema.find("\"" + std::string(key.name) + "\": {") != std::string::npos);
      CHECK_FALSE(key.meaning.empty());
      ++keys;
    }
    if (!block.name.empty() && block.object != Object::kPreset) {
      CHECK(schema.find("\"" + std::string(block.name) + "\": {") != std::string::npos);
    }
  }
  CHECK(keys > 150);
}

TEST_CASE("the table is sound: blocks stand at their places, keys once, choices have words") {
  REQUIRE(blocks().size() == static_cast<std::size_t>(kObjectCount));
  for (std::size_t i = 0; i < blocks().size(); ++i) {
    CHECK(static_cast<std::size_t>(blocks()[i].object) == i);
    std::set<std::string_view> names;
    for (const Key* key : keys_of(blocks()[i].object)) {
      CAPTURE(std::string(key->name));
      const bool dim = key->name == "dim";
      CHECK((names.insert(key->name).second || dim));
      CHECK((key->form.scalar != Scalar::kChoice || !key->choices.empty()));
    }
  }
}

TEST_CASE("shipped profiles are sound and found by id, alias, variant and path") {
  const std::vector<std::string> data{CAPSULE_SOURCE_DIR};
  const auto all = shipped_profiles(data);
  REQUIRE(all);
  for (const char* name :
       {"wa-chat",     "wa-chat@1:1", "wa-chat@16:9",  "wa-status",  "wa-doc",        "reel",
        "fb-reel",     "ig-reel",     "tiktok",        "story",      "fb-story",      "ig-story",
        "feed-square", "fb-feed",     "feed-portrait", "ig-feed",    "yt-16x9",       "yt-short",
        "x-post",      "tg",          "tv-usb",        "projection", "broadcast-25p", "web"}) {
    CAPTURE(name);
    CHECK(load_profile(name, data));
  }
  for (const Profile& profile : *all) {
    CAPTURE(profile.id);
    CHECK(profile.note.find("20") != std::string::npos);
    CHECK(profile.max_rate_kbps > 0);
    CHECK(profile.buffer_kbits >= profile.max_rate_kbps);
    CHECK_FALSE(profile.level.empty());
  }
  const auto chat = load_profile("wa-chat@1:1", data);
  REQUIRE(chat);
  CHECK(chat->size == Size{720, 720});
  CHECK(chat->h264_profile == "main");
  CHECK(chat->b_frames == 0);
  CHECK(chat->max_bytes == 15'000'000);
  CHECK(chat->safe == RectF{36, 36, 648, 648});
  const auto reel = load_profile("ig-reel", data);
  REQUIRE(reel);
  CHECK(reel->id == "reel");
  CHECK(reel->safe == RectF{160, 270, 760, 978});
  const auto path = load_profile(CAPSULE_SOURCE_DIR "/presets/profiles/broadcast-25p.yaml", data);
  REQUIRE(path);
  CHECK(path->rate == FrameRate{25, 1});
  CHECK(path->loudness_lufs == -23);
  const auto wrong = load_profile("wachat", data);
  REQUIRE_FALSE(wrong);
  CHECK(wrong.error().code == Code{"profile-unknown-near"});
}

TEST_CASE("a profile of one's own is checked") {
  Project p;
  p.write("mine.yaml", "profile: mine\nsize: [641, 480]\ncrf: 99\n");
  const auto wrong = load_profile(p.path("mine.yaml"), {});
  REQUIRE_FALSE(wrong);
  CHECK(p.sentences(wrong.error()) ==
        Lines{"mine.yaml:2:7: the size must be even, from 16 to 8192, and the safe box must lie inside it.",
              "mine.yaml:3:6: “crf” is 99; it must lie between 10 and 40."});
  p.write("mine.yaml", "profile: mine\nsize: [640, 480]\nrate: 30000/1001\nmax_rate: 900\n");
  const auto good = load_profile(p.path("mine.yaml"), {});
  REQUIRE(good);
  CHECK(good->rate == FrameRate{30000, 1001});
  CHECK(good->buffer_kbits == 1800);
  const Preset preset = p.good("capsule: 1\ndeliver: [mine.yaml]\nscenes: []\n");
  CHECK(preset.deliver == std::vector<std::string>{p.path("mine.yaml")});
  CHECK(p.bad("capsule: 1\ndeliver: [nowhere]\nscenes: []\n")
            .at(0)
            .starts_with("p.yaml:2:11: There is no delivery profile"));
}

}  // namespace
}  // namespace capsule::preset::test

#include <string>

#include "tests/support/temp.h"
#include "tests/timeline/support.h"
#include "timeline/cues.h"

namespace capsule::test {

namespace {

std::vector<timeline::TimedText> words(std::string_view json, Recorder& reporter) {
  auto file = timeline::parse_words(json, "w.json", reporter);
  REQUIRE(file.has_value());
  return std::move(file->cues);
}

}  // namespace

TEST_CASE("words JSON: segments with words, as Whisper writes them") {
  Recorder reporter;
  const auto cues = words(
      R"({"text":"x","language":"ar","segments":[{"id":0,"start":0.5,"end":2.5,"text":" سلام، (يا) ناس!","words":[
        {"word":" سلام","start":0.5,"end":1.0,"probability":0.9},{"word":" يا","start":1.0,"end":1.4},
        {"word":" ناس","start":1.5,"end":2.0}]},
        {"start":3,"end":4,"words":[{"w":"a","start":3,"end":3.5},{"w":"b","start":3.4,"end":4}]}]})",
      reporter);
  REQUIRE(cues.size() == 2);
  CHECK(cues[0].text == "سلام، (يا) ناس!");
  const std::vector<timeline::TimedPart> expected = {{0, 4, Time(1, 2), Time::seconds(1)},
                                                     {7, 9, Time::seconds(1), Time(7, 5)},
                                                     {11, 14, Time(3, 2), Time::seconds(2)}};
  CHECK(cues[0].words == expected);
  CHECK(cues[1].text == "a b");
  // The second word begins before the first has ended.
  CHECK(cues[1].words[0].to == Time(17, 5));
  CHECK(reporter.warnings.empty());
}

TEST_CASE("words JSON: loose words become cues at sentence ends, pauses and long lines") {
  Recorder reporter;
  const auto cues = words(
      R"([{"word":"نعم.","start":0,"end":0.5},{"word":"ثم","start":0.5,"end":0.9},{"word":"قال","start":1.0,"end":1.4},
          {"text":"وداعا","start":3,"end":3.5},{"word":"بلا"}])",
      reporter);
  REQUIRE(cues.size() == 3);
  CHECK(cues[0].text == "نعم.");
  CHECK(cues[1].text == "ثم قال");
  CHECK(cues[1].from == Time(1, 2));
  CHECK(cues[1].to == Time(7, 5));
  CHECK(cues[2].text == "وداعا");
  REQUIRE(reporter.count(Code{"words-untimed"}) == 1);
  std::string many = "[";
  for (int i = 0; i < 30; ++i) {
    many += (i == 0 ? "" : ",") + std::string(R"({"word":"abcdefghi","start":)") + std::to_string(i) +
            R"(,"end":)" + std::to_string(i + 1) + "}";
  }
  for (const auto& cue : words(many + "]", reporter)) {
    CHECK(cue.text.size() <= 42);
  }
}

TEST_CASE("words JSON: phrases with one pair of times are cues") {
  Recorder reporter;
  const auto cues =
      words(R"([{"text":"نعم","start":0,"end":1},{"text":"two words","start":1,"end":2}])", reporter);
  REQUIRE(cues.size() == 2);
  CHECK(cues[0].text == "نعم");
  CHECK(cues[1].words.empty());
}

TEST_CASE("words JSON: what is no JSON, or no list of words, is refused with the line") {
  Recorder reporter;
  const auto refused = [&](const std::string& json) {
    const auto file = timeline::parse_words(json, "w.json", reporter);
    REQUIRE_FALSE(file.has_value());
    return file.error();
  };
  CHECK(refused("[\n{\"word\": }\n]").code == Code{"json-syntax"});
  CHECK(refused("[\n{\"word\": }\n]").where.line == 2);
  CHECK(refused("{\"a\": 1}").code == Code{"words-shape"});
  CHECK(refused("3").code == Code{"words-shape"});
  CHECK(refused(std::string(1000000, '[')).code == Code{"json-too-large"});
  std::string wide = "[0";
  for (int i = 0; i < 600000; ++i) {
    wide += ",0";
  }
  CHECK(refused(wide + "]").code == Code{"json-too-large"});
}

TEST_CASE("every format is known by its content, whatever the file is called") {
  const TempFolder temp;
  Recorder reporter;
  temp.write("a.txt", "  \n{\n \"words\": [{\"word\":\"a\",\"start\":0,\"end\":1}]}");
  temp.write("b.srt", "[Script Info]\n[Events]\nDialogue: 0,0:00:00.00,0:00:01.00,,,0,0,0,,a\n");
  temp.write("c.srt", "WEBVTT\n\n00:00.000 --> 00:01.000\na\n");
  temp.write("d.vtt", "1\n00:00:00,000 --> 00:00:01,000\na\n");
  using timeline::CueFormat;
  const std::pair<const char*, CueFormat> files[] = {{"a.txt", CueFormat::kWords},
                                                     {"b.srt", CueFormat::kAss},
                                                     {"c.srt", CueFormat::kWebVtt},
                                                     {"d.vtt", CueFormat::kSubRip}};
  for (const auto& [name, format] : files) {
    const auto file = timeline::read_cue_file(temp.path(name), reporter);
    REQUIRE(file.has_value());
    CHECK(file->format == format);
    REQUIRE(file->cues.size() == 1);
    CHECK(file->cues[0].text == "a");
  }
}

}  // namespace capsule::test

#include <chrono>
#include <filesystem>
#include <string>
#include <vector>

#include "language/segmentation.h"
#include "tests/support/corpus.h"
#include "tests/timeline/support.h"
#include "timeline/cues.h"

namespace capsule::test {

namespace {

std::vector<timeline::TimedText> read(const std::string& path, Recorder& reporter) {
  CAPTURE(path);
  auto cues = timeline::read_cues(path, reporter);
  REQUIRE(cues.has_value());
  return std::move(*cues);
}

}  // namespace

TEST_CASE("real caption files give their cues in every encoding") {
  const auto folder = corpus();
  if (!folder) {
    return;
  }
  Recorder reporter;
  const auto expected = read(*folder + "/media/text/elephants_dream.ar.vtt", reporter);
  CHECK(expected.size() == 77);
  for (const char* name : {"cp1256.crlf", "utf16le_bom", "utf8bom.crlf"}) {
    const auto cues = read(*folder + "/media/generated/elephants_dream.ar." + name + ".srt", reporter);
    REQUIRE(cues.size() == expected.size());
    for (std::size_t i = 0; i < cues.size(); ++i) {
      CHECK(cues[i].from == expected[i].from);
      CHECK(cues[i].text == expected[i].text);
    }
  }
  CHECK(read(*folder + "/media/text/3b1b_3d_transformations.ar.srt", reporter).size() == 74);
  // 36 time lines, the first and the last without text.
  CHECK(read(*folder + "/media/text/3b1b_moser.ar.srt", reporter).size() == 34);
  CHECK(read(*folder + "/media/text/srt_missing_sequence", reporter).size() == 3);
  CHECK(read(*folder + "/media/text/srt_utf16le", reporter).size() == 3);
  CHECK(read(*folder + "/media/text/vtt_css_styles", reporter).size() == 4);
  CHECK(read(*folder + "/media/text/vtt_overlapping", reporter).size() == 4);
  CHECK(read(*folder + "/media/text/vtt_bom", reporter).size() == 2);
  // Said of the three that are not UTF-8; and that styles and tags are left out.
  CHECK(reporter.count(Code{"cue-encoding"}) == 3);
  CHECK(word(reporter.warnings[0], "encoding") == "Windows-1256");
  CHECK(reporter.count(Code{"cue-encoding"}) + reporter.count(Code{"cue-markup"}) ==
        static_cast<std::int64_t>(reporter.warnings.size()));
  CHECK(read(*folder + "/media/text/srt_tags", reporter)[2].text == "This  is the third  subtitle.");
  CHECK(read(*folder + "/media/text/srt_bad_timestamps", reporter)[0].text == "This is the first subtitle.");
  CHECK(reporter.count(Code{"cue-time"}) == 1);
}

TEST_CASE("the same film as ASS karaoke, as words and as SubRip") {
  const auto folder = corpus();
  if (!folder) {
    return;
  }
  Recorder reporter;
  const auto plain = read(*folder + "/text/captions/a_utf8.srt", reporter);
  const auto karaoke = read(*folder + "/text/captions/a_karaoke.ass", reporter);
  const auto words = read(*folder + "/text/captions/a_words.json", reporter);
  CHECK(reporter.warnings.empty());
  REQUIRE(karaoke.size() == plain.size());
  REQUIRE(words.size() == plain.size());
  for (std::size_t i = 0; i < plain.size(); ++i) {
    CHECK(karaoke[i].from == plain[i].from);
    CHECK(words[i].text == plain[i].text);
    CHECK(words[i].words.size() == karaoke[i].words.size());
    CHECK(karaoke[i].words.size() >= 2);
  }
  const auto legacy = read(*folder + "/media/text/legacy_arabic_simplified.ass", reporter);
  REQUIRE(legacy.size() == 1);
  CHECK(legacy[0].text == "ج");
  CHECK(legacy[0].look.valign == timeline::VAlign::kTop);
}

TEST_CASE("hostile caption files are read or refused within bounds, and say what was wrong") {
  const auto folder = corpus();
  if (!folder) {
    return;
  }
  int files = 0;
  const auto began = std::chrono::steady_clock::now();
  for (const auto& entry : std::filesystem::directory_iterator(*folder + "/hostile/captions")) {
    Recorder reporter;
    const auto cues = timeline::read_cues(entry.path().string(), reporter);
    CAPTURE(entry.path().string());
    CHECK(reporter.warnings.size() <= 21);
    for (const timeline::TimedText& cue : cues ? *cues : std::vector<timeline::TimedText>{}) {
      CHECK(language::is_valid_utf8(cue.text));
      CHECK(cue.from < cue.to);
    }
    ++files;
  }
  CHECK(files >= 10);
  CHECK(std::chrono::steady_clock::now() - began < std::chrono::seconds(10));

  Recorder reporter;
  const std::string captions = *folder + "/hostile/captions/";
  // A time before the begin, Arabic digits and a short arrow are understood, the other three are not.
  CHECK(read(captions + "bad_times.srt", reporter).size() == 3);
  CHECK(reporter.warnings.size() == 3);
  reporter.warnings.clear();
  const auto overrides = read(captions + "bidi_override.srt", reporter);
  REQUIRE(overrides.size() == 3);
  CHECK(overrides[0].text == "المبلغ 001 ريال");
  CHECK(overrides[1].text.ends_with("\u202C\u2069\u2069"));
  CHECK(overrides[2].text == "Pay USD 521 now");
  CHECK(reporter.count(Code{"cue-bidi"}) == 3);
  reporter.warnings.clear();
  const auto nul = timeline::read_cues(captions + "nul_bytes.srt", reporter);
  REQUIRE_FALSE(nul.has_value());
  CHECK(nul.error().where.line == 3);
  CHECK(read(captions + "zalgo.srt", reporter).empty());
  CHECK(reporter.count(Code{"cue-marks"}) == 1);
  CHECK(read(captions + "long_word_300k.srt", reporter).empty());
  CHECK(read(captions + "ligature_flood.srt", reporter).empty());
  CHECK(reporter.count(Code{"cue-too-long"}) == 2);
  CHECK(read(captions + "10k_overlap.srt", reporter).size() == 10000);
}

}  // namespace capsule::test

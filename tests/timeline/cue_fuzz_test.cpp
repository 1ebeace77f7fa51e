#include <algorithm>
#include <string>
#include <vector>

#include "language/encoding.h"
#include "language/segmentation.h"
#include "tests/timeline/generator.h"
#include "tests/timeline/support.h"
#include "timeline/doctor.h"

namespace capsule::test {

namespace {

using timeline::CueFile;

constexpr std::string_view kSeeds[] = {
    "1\n00:00:01,000 --> 00:00:02,000\n{\\an8}.سلام\nعليكم\n\n2\n00:00:02,000 --> 00:00:03,500\n<i>a</i> "
    "<font color=\"#f80\">c<b>d</font>e</b>{\\i1}f &lt; \xE2\x80\xAB"
    "b\n",
    "WEBVTT\n\nSTYLE\n::cue(.k){color:#123456}\n\n00:01.000 --> 00:02.000 line:0 align:start\n<v "
    "x>a<00:01.500>ب<c.k.red>"
    "c<u>d</c>\n\nNOTE "
    "Language: ar\n",
    "[Script Info]\nPlayResX: 9\n[V4+ Styles]\nFormat: Name, Alignment\nStyle: A,8\n[Events]\nFormat: Start, "
    "End, Style, Text\n"
    "Dialogue: 0:00:01.00,0:00:02.00,A,{\\k20\\pos(1,2)}نعم {\\k30\\b1\\c&H12&}b\\N{\\r}{\\p1}m 0{\\p0}\n",
    "{\"segments\":[{\"start\":0.5,\"end\":2,\"text\":\"a "
    "b\",\"words\":[{\"word\":\"a\",\"start\":0.5,\"end\":1},"
    "{\"word\":\"b\",\"start\":1,\"end\":2}]}]}"};

Result<CueFile> read(std::size_t kind, const std::string& text, Recorder& reporter) {
  switch (kind) {
    case 0:
      return timeline::parse_srt(text, "a", reporter);
    case 1:
      return timeline::parse_vtt(text, "a", reporter);
    case 2:
      return timeline::parse_ass(text, "a", reporter);
    default:
      return timeline::parse_words(text, "a", reporter);
  }
}

void check_sound(const timeline::TimedText& cue) {
  REQUIRE(cue.from < cue.to);
  REQUIRE(!cue.text.empty());
  REQUIRE(language::is_valid_utf8(cue.text));
  const auto length = static_cast<std::int32_t>(language::to_utf32(cue.text).size());
  std::int32_t place = 0;
  Time clock = cue.from;
  for (const timeline::TimedPart& word : cue.words) {
    REQUIRE(word.start >= place);
    REQUIRE(word.start < word.end);
    REQUIRE(word.from >= clock);
    REQUIRE(word.from < word.to);
    place = word.end;
    clock = word.to;
  }
  REQUIRE(place <= length);
  REQUIRE(clock <= cue.to);
  place = 0;
  for (const timeline::TimedStyle& style : cue.styles) {
    REQUIRE(style.start >= place);
    REQUIRE(style.start < style.end);
    REQUIRE(!(style.look == timeline::LetterLook(cue.look)));
    place = style.end;
  }
  REQUIRE(place <= length);
}

}  // namespace

TEST_CASE("mutated caption files: cues that can be shown, or a refusal") {
  Dice dice(3);
  std::int64_t read_well = 0;
  const int count = rounds(100000, 3000000);
  for (int round = 0; round < count; ++round) {
    const std::size_t kind = dice.below(std::size(kSeeds));
    const std::string text = mutated(std::string(kSeeds[kind]), dice);
    Recorder reporter;
    const Result<CueFile> file = read(kind, text, reporter);
    if (!file) {
      continue;
    }
    ++read_well;
    REQUIRE(reporter.warnings.size() <= 21);
    for (const timeline::TimedText& cue : file->cues) {
      check_sound(cue);
    }
  }
  CHECK(read_well > count / 2);
}

TEST_CASE("mutated caption files: the doctor's second look finds nothing new") {
  Dice dice(11);
  const int count = rounds(6000, 200000);
  for (int round = 0; round < count; ++round) {
    const std::size_t kind = dice.below(3);
    Recorder reporter;
    Result<CueFile> file = read(kind, mutated(std::string(kSeeds[kind]), dice), reporter);
    if (!file) {
      continue;
    }
    timeline::Treatment treatment;
    treatment.punctuation = true;
    if (dice.below(2) == 0) {
      treatment.rate = FrameRate{25, 1};
    }
    file->encoding = "UTF-8";
    // WebVTT, in which it is written, knows no points.
    std::ranges::for_each(file->cues, [](timeline::TimedText& cue) { cue.look.anchor.reset(); });
    const auto healed = timeline::heal(*file, "a", treatment);
    for (const timeline::TimedText& cue : healed.cues) {
      check_sound(cue);
    }
    const std::string text = timeline::write_vtt(healed.cues, "ar");
    CAPTURE(text);
    auto again = timeline::parse_vtt(text, "a", reporter);
    REQUIRE(again.has_value());
    again->encoding = "UTF-8";
    const auto second = timeline::heal(*again, "a", treatment);
    for (const Error& finding : second.findings) {
      FAIL_CHECK("found again: " << finding.code.id << " at " << finding.where.line);
    }
    REQUIRE(timeline::write_vtt(second.cues, "ar") == text);
  }
}

}  // namespace capsule::test

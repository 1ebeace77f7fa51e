#include "timeline/doctor.h"

#include <filesystem>
#include <string>

#include "tests/support/corpus.h"
#include "tests/timeline/support.h"

namespace capsule::test {

namespace {

using timeline::CueFile;
using timeline::Treatment;

CueFile srt(const std::vector<std::string>& lines) {
  std::string text;
  for (std::size_t i = 0; i < lines.size(); ++i) {
    const std::string second = std::to_string(10 + i);
    text += "00:00:" + second + ",000 --> 00:00:" + second + ",900\n" + lines[i] + "\n\n";
  }
  Recorder reporter;
  auto file = timeline::parse_srt(text, "a.srt", reporter);
  REQUIRE(file.has_value());
  file->encoding = "UTF-8";
  return std::move(*file);
}

std::vector<std::string> texts(const std::vector<timeline::TimedText>& cues) {
  std::vector<std::string> out;
  for (const timeline::TimedText& cue : cues) {
    out.push_back(cue.text);
  }
  return out;
}

Treatment with_punctuation() {
  Treatment out;
  out.punctuation = true;
  return out;
}

std::int64_t count(const timeline::Healed& healed, Code code) {
  return std::ranges::count(healed.findings, code, &Error::code);
}

const Error& finding(const timeline::Healed& healed, Code code) {
  const auto found = std::ranges::find(healed.findings, code, &Error::code);
  REQUIRE(found != healed.findings.end());
  return *found;
}

}  // namespace

TEST_CASE("punctuation at the wrong end is reported line by line and moved only when asked for") {
  const CueFile file = srt({".مرحبا بكم\n؟كيف الحال", "!نعم", "عادي"});
  const auto offered = timeline::heal(file, "a.srt", {});
  CHECK(texts(offered.cues) == texts(file.cues));
  CHECK(offered.offered == 3);
  REQUIRE(count(offered, Code{"subs-punctuation-offered"}) == 3);
  CHECK(word(offered.findings[0], "before") == ".مرحبا بكم");
  CHECK(word(offered.findings[0], "after") == "مرحبا بكم.");
  CHECK(offered.findings[0].where.line == 2);
  CHECK(offered.findings[1].where.line == 3);
  CHECK(offered.findings[2].where.line == 6);

  const auto moved = timeline::heal(file, "a.srt", with_punctuation());
  CHECK(texts(moved.cues) == std::vector<std::string>{"مرحبا بكم.\nكيف الحال؟", "نعم!", "عادي"});
  CHECK(moved.offered == 0);
  CHECK(count(moved, Code{"subs-punctuation"}) == 3);

  CueFile again = file;
  again.cues = moved.cues;
  CHECK(timeline::heal(again, "a.srt", with_punctuation()).findings.empty());
}

TEST_CASE("what a file typed from the left does to brackets, dashes, quotes, commas and ellipses") {
  const std::vector<std::string> wrong = {".أولا",
                                          "؟ثانيا",
                                          "!ثالثا",
                                          ".(قال (نعم",
                                          "(قال (نعم",
                                          "نعم) قال)",
                                          ".نعم -",
                                          ".(يضحك)",
                                          "من أنت؟-",
                                          "نعم-",
                                          "«.صدق»",
                                          "،ثم",
                                          "…لكن",
                                          "؟!حقا",
                                          "\u202A.رابعا\u202C",
                                          "(كلها بين قوسين)",
                                          ".Photoshop و",
                                          "3.5 كيلو"};
  const std::vector<std::string> right = {
      "أولا.",   "ثانيا؟",           "ثالثا!",       "قال (نعم).", "قال (نعم)", "(نعم) قال", "- نعم.",
      "(يضحك).", "- من أنت؟",        "نعم-",         "«صدق.»",     "ثم،",       "لكن…",      "حقا!؟",
      "رابعا.",  "(كلها بين قوسين)", ".Photoshop و", "3.5 كيلو"};
  const auto healed = timeline::heal(srt(wrong), "a.srt", with_punctuation());
  CHECK(texts(healed.cues) == right);
  CHECK(timeline::heal(srt(right), "a.srt", with_punctuation()).findings.empty());
}

TEST_CASE("a good file keeps its commas and ellipses at the begin of a line") {
  const std::vector<std::string> good = {"كنت أظن…",     "…لكنني أخطأت.", "قال: نعم.", "،وبعد", "(قال (نعم",
                                         "لا -",         ".NET مفيد.",    "مرحبا!",    "هل؟",   "؟",
                                         "- نعم.\n- لا."};
  CHECK(timeline::heal(srt(good), "a.srt", with_punctuation()).findings.empty());
  // Two lines among many that are plainly wrong are offered, the doubtful ones are not.
  std::vector<std::string> mixed = good;
  mixed.insert(mixed.end(), {".واحد", "!اثنان"});
  const auto healed = timeline::heal(srt(mixed), "a.srt", {});
  CHECK(healed.offered == 2);
  // One alone, where other lines are right, is no evidence.
  std::vector<std::string> one = good;
  one.emplace_back(".واحد");
  CHECK(timeline::heal(srt(one), "a.srt", {}).offered == 0);
}

TEST_CASE("film subtitles that are right get no suggestion") {
  const auto folder = corpus();
  if (!folder) {
    return;
  }
  int films = 0;
  const std::string media = *folder + "/media/";
  for (const std::string& path :
       {media + "text/3b1b_3d_transformations.ar.srt", media + "text/3b1b_moser.ar.srt",
        *folder + "/text/captions/a_utf8.srt", *folder + "/text/captions/a_karaoke.ass"}) {
    CAPTURE(path);
    Recorder reporter;
    const auto file = timeline::read_cue_file(path, reporter);
    REQUIRE(file.has_value());
    const auto healed = timeline::heal(*file, path, with_punctuation());
    CHECK(count(healed, Code{"subs-punctuation"}) == 0);
    CHECK(count(healed, Code{"subs-signs"}) == 0);
    ++films;
  }
  CHECK(films == 4);
}

TEST_CASE("a real film whose exclamation marks stand at the wrong end") {
  const auto folder = corpus();
  if (!folder) {
    return;
  }
  const std::string path = *folder + "/media/generated/elephants_dream.ar.cp1256.crlf.srt";
  Recorder reporter;
  auto file = timeline::read_cue_file(path, reporter);
  REQUIRE(file.has_value());
  const auto offered = timeline::heal(*file, path, {});
  CHECK(offered.offered == 43);
  CHECK(word(finding(offered, Code{"subs-punctuation-offered"}), "after").ends_with("…"));
  const auto healed = timeline::heal(*file, path, with_punctuation());
  for (const timeline::TimedText& cue : healed.cues) {
    const std::string text = "\n" + cue.text;
    for (const char* start : {"\n!", "\n،", "\n…"}) {
      CHECK(text.find(start) == std::string::npos);
    }
  }
  file->cues = healed.cues;
  CHECK(count(timeline::heal(*file, path, with_punctuation()), Code{"subs-punctuation"}) == 0);
}

TEST_CASE("three dots become one sign, idle direction signs go, others stay") {
  const auto healed =
      timeline::heal(srt({"نعم... لا....", "\u202Bسطر كامل\u202C", "\u200Fسلام\u200F عليكم\u200F",
                          "مرحبا.\u200F", "\u200Fa ب", "x\u202A\u202Cy", "\u202Aab\u202C سلام",
                          "\u200F\u200F(x)", "رقم \u2066+212\u2069", "1..2"}),
                     "a.srt", {});
  CHECK(texts(healed.cues) ==
        std::vector<std::string>{"نعم… لا…", "سطر كامل", "سلام\u200F عليكم", "مرحبا.\u200F", "\u200Fa ب",
                                 "xy", "\u202Aab\u202C سلام", "\u200F(x)", "رقم \u2066+212\u2069", "1..2"});
  CHECK(number(finding(healed, Code{"subs-ellipsis"}), "count") == 2);
  CHECK(finding(healed, Code{"subs-signs"}).where.line == 4);
}

TEST_CASE("order, overlaps, gaps, frames and blank cues") {
  Recorder reporter;
  auto file = timeline::parse_srt(
      "00:00:05,000 --> 00:00:06,000\nc\n\n00:00:01,003 --> 00:00:02,200\na\n\n00:00:02,017 --> "
      "00:00:03,990\nb\n\n"
      "00:00:04,021 --> 00:00:04,500\n<i></i>\n\n00:00:04,030 --> 00:00:04,700\nd\n",
      "a.srt", reporter);
  REQUIRE(file.has_value());
  file->encoding = "Windows-1256";
  Treatment treatment;
  treatment.rate = FrameRate{25, 1};
  const auto healed = timeline::heal(*file, "a.srt", treatment);
  CHECK(texts(healed.cues) == std::vector<std::string>{"a", "b", "d", "c"});
  CHECK(healed.cues[0].from == Time(1, 1));
  CHECK(healed.cues[0].to == healed.cues[1].from);
  CHECK(healed.cues[1].from == Time(2, 1));
  // The gap of one frame before «d» is closed.
  CHECK(healed.cues[1].to == Time(101, 25));
  CHECK(healed.cues[2].from == Time(101, 25));
  CHECK(word(finding(healed, Code{"subs-encoding"}), "encoding") == "Windows-1256");
  for (const char* id : {"subs-blank", "subs-order", "subs-overlap", "subs-gap"}) {
    CHECK(number(finding(healed, Code{id}), "count") == 1);
  }
  CHECK(finding(healed, Code{"subs-order"}).where.line == 4);
  CHECK(number(finding(healed, Code{"subs-frames"}), "count") == 3);
}

TEST_CASE("words keep to their letters when the text around them is mended") {
  Recorder reporter;
  auto file = timeline::parse_vtt(
      "WEBVTT\n\n00:01.000 --> 00:03.000\n.نعم <00:02.000>لا\n\n00:03.000 --> 00:05.000\n؟هل "
      "<00:04.000>جاء...\n",
      "a.vtt", reporter);
  REQUIRE(file.has_value());
  file->encoding = "UTF-8";
  const auto healed = timeline::heal(*file, "a.vtt", with_punctuation());
  REQUIRE(texts(healed.cues) == std::vector<std::string>{"نعم لا.", "؟هل جاء…"});
  CHECK(healed.cues[0].words == std::vector<timeline::TimedPart>{{0, 3, Time::seconds(1), Time::seconds(2)},
                                                                 {4, 6, Time::seconds(2), Time::seconds(3)}});
  CHECK(healed.cues[1].words[1] == timeline::TimedPart{4, 8, Time::seconds(4), Time::seconds(5)});
}

TEST_CASE("the diff is what diff -u shows") {
  CHECK(timeline::unified_diff("a\nb\n", "a\r\nb\r\n", "x", "y").empty());
  CHECK(
      timeline::unified_diff("1\n2\n3\n4\n5\n6\n7\n8\n9\n", "1\n2\n3\n4\nfive\n6\n7\n8\n9\n10\n", "x", "y") ==
      "--- x\n+++ y\n@@ -2,8 +2,9 @@\n 2\n 3\n 4\n-5\n+five\n 6\n 7\n 8\n 9\n+10\n");
  CHECK(timeline::unified_diff("", "a\n", "x", "y") == "--- x\n+++ y\n@@ -0,0 +1 @@\n+a\n");
  CHECK(timeline::unified_diff("a\nb\nc\n", "c\na\nb\n", "x", "y")
            .starts_with("--- x\n+++ y\n@@ -1,3 +1,3 @@\n"));
}

}  // namespace capsule::test

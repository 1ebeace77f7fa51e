#include <doctest/doctest.h>

#include <filesystem>
#include <string>

#include "tests/support/process.h"

namespace capsule::test {
namespace {

constexpr const char* kWrong =
    "1\r\n00:00:02,010 --> 00:00:03,000\r\n.مرحبا... بكم\r\n\r\n2\r\n00:00:00,500 --> 00:00:02,000\r\n؟هل "
    "جئتم\r\n\r\n"
    "3\r\n00:00:04,000 --> 00:00:05,000\r\n!نعم\r\n";

bool has(const std::string& text, const std::string& part) {
  return text.find(part) != std::string::npos;
}

}  // namespace

TEST_CASE("subs fix: a dry run shows a diff and writes nothing") {
  const TempFolder temp;
  temp.write("a.srt", kWrong);
  const Finished done = capsule({"subs", "fix", temp.path("a.srt"), "--dry-run", "--punctuation"});
  CHECK(done.exit == 0);
  CHECK(has(done.out, "--- " + temp.path("a.srt") + "\n+++ " + temp.path("a.srt") + "\n@@ "));
  CHECK(has(done.out, "\n-؟هل جئتم\n"));
  CHECK(has(done.out, "\n+هل جئتم؟\n"));
  CHECK(has(done.err, "a.srt:7"));
  CHECK(slurp(temp.path("a.srt")) == kWrong);
}

TEST_CASE("subs fix: punctuation waits for its flag, and a second run changes nothing") {
  const TempFolder temp;
  temp.write("a.srt", kWrong);
  const Finished offered = capsule({"subs", "fix", temp.path("a.srt"), "-o", temp.path("b.srt")});
  CHECK(offered.exit == 0);
  CHECK(has(slurp(temp.path("b.srt")), "؟هل جئتم"));
  CHECK(has(offered.err, "--punctuation"));
  const Finished moved =
      capsule({"subs", "fix", temp.path("a.srt"), "-o", temp.path("c.srt"), "--punctuation", "--fps", "25"});
  CHECK(moved.exit == 0);
  CHECK(slurp(temp.path("c.srt")) ==
        "1\n00:00:00,520 --> 00:00:02,000\nهل جئتم؟\n\n2\n00:00:02,000 --> 00:00:03,000\nمرحبا… بكم.\n\n"
        "3\n00:00:04,000 --> 00:00:05,000\nنعم!\n\n");
  const Finished again =
      capsule({"subs", "fix", temp.path("c.srt"), "--dry-run", "--punctuation", "--fps", "25"});
  CHECK(again.exit == 0);
  CHECK(again.out.empty());
  CHECK(again.err.empty());
}

TEST_CASE("subs convert: the output's name says the format; the words' times go along") {
  const TempFolder temp;
  temp.write("w.json", R"([{"word":"سلام","start":0.5,"end":1},{"word":"عليكم","start":1.2,"end":2}])");
  CHECK(capsule({"subs", "convert", temp.path("w.json"), "-o", temp.path("w.ass")}).exit == 0);
  CHECK(has(slurp(temp.path("w.ass")), "{\\k50}سلام {\\k20}{\\k80}عليكم"));
  CHECK(capsule({"subs", "convert", temp.path("w.ass"), "-o", temp.path("w.vtt")}).exit == 0);
  CHECK(has(slurp(temp.path("w.vtt")),
            "00:00:00.500 --> 00:00:02.000\nسلام<00:00:01.000> <00:00:01.200>عليكم\n"));
  const Finished plain =
      capsule({"subs", "convert", temp.path("w.vtt"), "-o", temp.path("w.txt"), "--to", "srt"});
  CHECK(plain.exit == 0);
  CHECK(has(slurp(temp.path("w.txt")), "00:00:00,500 --> 00:00:02,000\nسلام عليكم\n"));
  CHECK(has(plain.err, "2 words"));
}

TEST_CASE("subs convert: a place that a format cannot say becomes the nearest, and is told") {
  const TempFolder temp;
  temp.write("a.ass",
             "[Script Info]\nPlayResX: 100\nPlayResY: 100\n[Events]\nFormat: Start, End, Style, Text\n"
             "Dialogue: 0:00:00.00,0:00:01.00,,{\\an7\\pos(50,50)}x\nDialogue: 0:00:01.00,0:00:02.00,,y\n");
  const Finished web = capsule({"subs", "convert", temp.path("a.ass"), "-o", temp.path("a.vtt")});
  CHECK(has(slurp(temp.path("a.vtt")), "00:00:01.000 line:50%\nx\n"));
  CHECK(has(web.err, "one caption loses"));
  const Finished kept = capsule({"subs", "convert", temp.path("a.ass"), "-o", temp.path("b.ass")});
  CHECK(has(slurp(temp.path("b.ass")), "{\\an7}{\\pos(960.00,540.00)}x"));
  CHECK(kept.err.find("loses") == std::string::npos);
}

TEST_CASE("subs convert: slant, weight, line and colour go from format to format") {
  const TempFolder temp;
  temp.write("a.srt",
             "1\n00:00:01,000 --> 00:00:02,000\n<i>نعم</i> <b>لا</b>\n<font color=\"#FF8000\">لون</font>\n\n"
             "2\n00:00:02,000 --> 00:00:03,000\n<u>خط</u> <s>محذوف</s>\n");
  for (const char* name : {"b.vtt", "c.ass", "d.srt"}) {
    const std::string from = temp.path(name[0] == 'b' ? "a.srt" : name[0] == 'c' ? "b.vtt" : "c.ass");
    const Finished done = capsule({"subs", "convert", from, "-o", temp.path(name)});
    CHECK(done.exit == 0);
    CHECK(done.err.find("left out") == std::string::npos);
  }
  CHECK(has(slurp(temp.path("b.vtt")), "<i>نعم</i> <b>لا</b>\n<c.yellow.cff8000>لون</c>"));
  CHECK(has(slurp(temp.path("c.ass")), "{\\b1\\i0}"));
  CHECK(has(slurp(temp.path("d.srt")), "<i>نعم</i> <b>لا</b>\n<font color=\"#ff8000\">لون</font>"));
  CHECK(has(slurp(temp.path("d.srt")), "<u>خط</u> <s>محذوف</s>"));
}

TEST_CASE("subs convert: FFmpeg reads the same captions at the same times from what is written") {
  const TempFolder temp;
  temp.write("a.ass",
             "[Events]\nFormat: Start, End, Style, Text\n"
             "Dialogue: 0:00:01.00,0:00:02.50,,Photoshop برنامج رائع، {\\i1}نعم{\\i0}!\\N(06 12 34 56 78)\n"
             "Dialogue: 0:00:03.00,0:00:04.00,,{\\an8}«قرية» {\\c&H0080FF&}أولى\n"
             "Dialogue: 0:00:05.00,0:00:06.00,,{\\k50}كلمة {\\k50}كلمة\n");
  for (const char* name : {"b.srt", "b.vtt"}) {
    CHECK(capsule({"subs", "convert", temp.path("a.ass"), "-o", temp.path(name), "--lang", "ar"}).exit == 0);
    const Finished read = run(
        {"ffmpeg", "-v", "error", "-i", temp.path(name), "-map", "0", "-c:s", "webvtt", "-f", "webvtt", "-"});
    CHECK(read.exit == 0);
    CHECK(has(read.out, "00:01.000 --> 00:02.500\nPhotoshop برنامج رائع، <i>نعم</i>!\n(06 12 34 56 78)\n\n"));
    CHECK(has(read.out, "00:03.000 --> 00:04.000\n«قرية» أولى\n"));
    CHECK(has(read.out, "00:05.000 --> 00:06.000\nكلمة كلمة\n"));
  }
  // In a player that takes a line's direction from its first strong letter, French first would turn it; SRT
  // has no such sign, which old televisions show as a box.
  CHECK(has(slurp(temp.path("b.vtt")), "&rlm;Photoshop"));
  CHECK_FALSE(has(slurp(temp.path("b.srt")), "\u200F"));
}

TEST_CASE("subs: the input is never replaced, and a bad call says what is missing") {
  const TempFolder temp;
  temp.write("a.srt", kWrong);
  std::filesystem::create_hard_link(temp.path("a.srt"), temp.path("same.srt"));
  for (const char* name : {"a.srt", "same.srt"}) {
    const Finished refused = capsule({"subs", "fix", temp.path("a.srt"), "-o", temp.path(name)});
    CHECK(refused.exit == 2);
    CHECK(has(refused.err, "never replaced"));
  }
  CHECK(slurp(temp.path("a.srt")) == kWrong);
  CHECK(capsule({"subs", "fix", temp.path("a.srt")}).exit == 2);
  CHECK(capsule({"subs", "mend", temp.path("a.srt"), "-o", temp.path("b.srt")}).exit == 2);
  CHECK(capsule({"subs", "fix", temp.path("a.srt"), "-o", temp.path("b.doc")}).exit == 2);
  CHECK(capsule({"subs", "fix", temp.path("none.srt"), "-o", temp.path("b.srt")}).exit == 3);
  CHECK(capsule({"subs", "fix", temp.path("a.srt"), "-o", "/dev/full/b.srt"}).exit == 4);
  CHECK_FALSE(std::filesystem::exists(temp.path("b.srt")));
}

TEST_CASE("subs: the report speaks the user's language") {
  const TempFolder temp;
  temp.write("a.srt", kWrong);
  for (const auto& [ui, words] : {std::pair("ar", "الطرف الخطأ"), std::pair("fr", "au mauvais bout")}) {
    const Finished done = capsule({"subs", "fix", temp.path("a.srt"), "--dry-run", "--ui-lang", ui});
    CHECK(has(done.err, words));
  }
  const Finished json = capsule({"subs", "fix", temp.path("a.srt"), "-o", temp.path("b.srt"), "--json"});
  CHECK(has(json.out, "\"subs-punctuation-offered\""));
}

}  // namespace capsule::test

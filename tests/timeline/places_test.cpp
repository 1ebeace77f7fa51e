#include "timeline/cues/places.h"

#include <string>

#include "tests/support/temp.h"
#include "tests/timeline/support.h"
#include "timeline/cues.h"
#include "timeline/doctor.h"

namespace capsule::test {
namespace {

using timeline::CueBox;
using timeline::CueLine;
using timeline::CueSide;
using timeline::TimedLook;

timeline::CueFile vtt(const std::string& cues, Recorder& reporter) {
  auto file = timeline::parse_vtt("WEBVTT\n\n" + cues, "a.vtt", reporter);
  REQUIRE(file.has_value());
  return std::move(*file);
}

TimedLook look_of(const std::string& settings, Recorder& reporter) {
  const auto file = vtt("00:01.000 --> 00:02.000 " + settings + "\nx\n", reporter);
  REQUIRE(file.cues.size() == 1);
  return file.cues[0].look;
}

timeline::CueFile ass(const std::string& events, Recorder& reporter, const std::string& info = "") {
  auto file = timeline::parse_ass("[Script Info]\n" + info + "[Events]\n" + events, "a.ass", reporter);
  REQUIRE(file.has_value());
  return std::move(*file);
}

TimedLook event(const std::string& text, Recorder& reporter, const std::string& info = "") {
  const auto file = ass("Dialogue: 0,0:00:10.00,0:00:20.00,,,0,0,0,," + text + "\n", reporter, info);
  REQUIRE(file.cues.size() == 1);
  return file.cues[0].look;
}

}  // namespace

TEST_CASE("WebVTT settings: position, size, line and their edges are kept to the letter") {
  Recorder reporter;
  const TimedLook full = look_of("line:80.5%,center position:10%,line-left size:35% align:left", reporter);
  REQUIRE(full.box.has_value());
  CHECK(full.box->position == 10);
  CHECK(full.box->edge == timeline::HAlign::kLeft);
  CHECK(full.box->size == 35);
  CHECK(full.box->line == CueLine{80.5, false, timeline::VAlign::kMiddle});
  CHECK(full.side == CueSide::kLeft);
  CHECK(look_of("line:-4", reporter).box->line == CueLine{-4, true, timeline::VAlign::kTop});
  CHECK(look_of("line:2.4,end", reporter).box->line == CueLine{2, true, timeline::VAlign::kTop});
  CHECK(look_of("position:90%,end", reporter).box->edge == timeline::HAlign::kRight);
  CHECK(look_of("position:90%", reporter).box == CueBox{90, {}, 100, {}});
  // The first row and the last are the places of captions at the top and of usual ones.
  TimedLook top;
  top.valign = timeline::VAlign::kTop;
  CHECK(look_of("line:0", reporter) == top);
  CHECK(look_of("line:-1 size:100%", reporter) == TimedLook{});
  CHECK(reporter.warnings.empty());
}

TEST_CASE("WebVTT settings: what says nothing is told and changes nothing") {
  for (const char* wrong :
       {"position:abc", "position:150%", "position:50", "position:50%,left", "size:-1%", "size:40", "line:x",
        "line:101%", "line:50%,left", "line:nan", "align:justify", "region:r1"}) {
    CAPTURE(wrong);
    Recorder reporter;
    CHECK(look_of(wrong, reporter) == TimedLook{});
    REQUIRE(reporter.count(Code{"cue-markup"}) == 1);
    CHECK(std::string(wrong).starts_with(word(reporter.warnings[0], "kind")));
  }
  // Lines that run downwards are not set so, and their positions would be heights.
  Recorder reporter;
  const TimedLook turned = look_of("vertical:rl line:3 position:20% size:40% align:end", reporter);
  TimedLook at_end;
  at_end.side = CueSide::kEnd;
  CHECK(turned == at_end);
  REQUIRE(reporter.count(Code{"cue-markup"}) == 1);
  CHECK(word(reporter.warnings[0], "kind") == "vertical:");
}

TEST_CASE("WebVTT settings come out of the doctor as they went in") {
  const std::string text =
      "00:00:01.000 --> 00:00:02.000 line:12 position:33.3%,line-right size:40% align:right\nواحد\n\n"
      "00:00:02.000 --> 00:00:03.000 line:7.5%,end\nاثنان\n\n00:00:03.000 --> 00:00:04.000 "
      "line:-3\nثلاثة\n\n";
  Recorder reporter;
  const auto file = vtt(text, reporter);
  CHECK(timeline::write_vtt(file.cues, "ar").ends_with("\n\n" + text));
  // SubRip knows nine places, ASS margins and points.
  const std::string srt = timeline::write_srt(file.cues);
  CHECK(srt.find("{\\an3}واحد") != std::string::npos);
  CHECK(srt.find("{\\an8}اثنان") != std::string::npos);
  CHECK(srt.find(",000\nثلاثة") != std::string::npos);
  const std::string written = timeline::write_ass(file.cues, "ar");
  // From 0 % to 33.3 % of 1920, at row 12 of 15.
  CHECK(written.find(",,0,1281,0,,{\\an9}{\\pos(639,864)}واحد") != std::string::npos);
  CHECK(written.find(",,0,0,0,,{\\pos(960,81)}اثنان") != std::string::npos);
  CHECK(written.find(",,0,0,0,,{\\pos(960,936)}ثلاثة") != std::string::npos);
}

TEST_CASE("ASS: of several places the first counts, as players have it") {
  Recorder reporter;
  CHECK(event("{\\an5}x{\\a6}", reporter).valign == timeline::VAlign::kMiddle);
  CHECK(event("{\\a6\\an5}x", reporter).valign == timeline::VAlign::kTop);
  CHECK(event("{\\pos(96,72)}x{\\pos(1,1)\\move(0,0,1,1)}", reporter).anchor == PointF{0.25, 0.25});
  CHECK_FALSE(event("{\\pos(96,72)\\move(0,0,1,1)}x", reporter).move.has_value());
  // One that says nothing does not count.
  CHECK(event("{\\pos(96)\\pos(96,72)}x", reporter).anchor == PointF{0.25, 0.25});
  CHECK(reporter.warnings.empty());
  // Where the script says one side only, the other is three quarters, or four thirds, of it.
  CHECK(event("{\\pos(80,60)}x", reporter, "PlayResX: 320\n").anchor == PointF{0.25, 0.25});
  CHECK(event("{\\pos(80,60)}x", reporter, "PlayResY: 240\n").anchor == PointF{0.25, 0.25});
  CHECK(event("{\\pos(320,256)}x", reporter, "PlayResX: 1280\n").anchor == PointF{0.25, 0.25});
}

TEST_CASE("ASS: a move runs evenly, over the whole caption or between its times") {
  Recorder reporter;
  const TimedLook all = event("{\\an8\\move(0,0,384,144)}x", reporter);
  REQUIRE(all.move.has_value());
  CHECK(all.move->from == Time::seconds(10));
  CHECK(all.move->until == Time::seconds(20));
  CHECK(timeline::anchor_at(all, Time::seconds(10)) == PointF{0, 0});
  CHECK(timeline::anchor_at(all, Time::millis(12500)) == PointF{0.25, 0.125});
  CHECK(timeline::anchor_at(all, Time::seconds(30)) == PointF{1, 0.5});
  const TimedLook part = event("{\\move(0, 0, 192, 0, 4000, 2000)}x", reporter);
  CHECK(part.move->from == Time::seconds(12));
  CHECK(part.move->until == Time::seconds(14));
  CHECK(timeline::anchor_at(part, Time::seconds(11)) == PointF{0, 0});
  CHECK(timeline::anchor_at(part, Time::seconds(13)).x == doctest::Approx(0.25));
  CHECK(event("{\\move(1,2,3,4,0,0)}x", reporter).move->until == Time::seconds(20));
  CHECK_FALSE(event("{\\move(1,2,3)}x", reporter).anchor.has_value());
  CHECK(reporter.warnings.empty());
}

TEST_CASE("ASS: a move is written so that it reads back, also of a caption that was cut") {
  Recorder reporter;
  auto file = ass("Dialogue: 0,0:00:10.00,0:00:20.00,,,0,0,0,,{\\move(0,0,384,288,2000,6000)}x\n", reporter);
  auto written = timeline::write_ass(file.cues, "ar");
  CHECK(written.find("{\\move(0.00,0.00,1920.00,1080.00,2000,6000)}") != std::string::npos);
  const auto again = timeline::parse_ass(written, "b.ass", reporter);
  REQUIRE(again.has_value());
  CHECK(again->cues[0].look.anchor == file.cues[0].look.anchor);
  CHECK(again->cues[0].look.move == file.cues[0].look.move);
  file.cues[0].from = Time::seconds(13);
  written = timeline::write_ass(file.cues, "ar");
  CHECK(written.find("{\\move(480.00,270.00,1920.00,1080.00,0,3000)}") != std::string::npos);
  file.cues[0].from = Time::seconds(17);
  CHECK(timeline::write_ass(file.cues, "ar").find("{\\pos(1920.00,1080.00)}") != std::string::npos);
}

TEST_CASE("captions of two boxes show at once; two at the usual place are stacked") {
  const TempFolder temp;
  temp.write("a.vtt",
             "WEBVTT\n\n00:01.000 --> 00:03.000 position:20% size:30%\nيسار\n\n"
             "00:01.000 --> 00:03.000 position:80% size:30%\nيمين\n\n"
             "00:01.500 --> 00:03.000 line:70%\nفوق\n\n00:01.500 --> 00:03.000 line:90%\nتحت\n\n"
             "00:01.000 --> 00:03.000 size:60%\nوسط\n\n00:01.000 --> 00:03.000\nآخر\n");
  Resolver resolver;
  auto preset = film({scene({})});
  preset.captions.file = plain(temp.path("a.vtt"));
  const auto cues = resolver.good(preset).captions.cues;
  std::vector<std::string> texts;
  for (const timeline::Cue& cue : cues) {
    texts.push_back(cue.text);
  }
  CHECK(texts == std::vector<std::string>{"وسط\nآخر", "يسار", "يمين", "فوق", "تحت"});
  CHECK(cues[1].look.box == CueBox{20, {}, 30, {}});
  CHECK(cues[1].where.line == 3);
}

}  // namespace capsule::test

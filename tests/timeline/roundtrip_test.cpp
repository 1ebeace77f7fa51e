#include <string>
#include <vector>

#include "language/segmentation.h"
#include "tests/timeline/generator.h"
#include "tests/timeline/support.h"
#include "timeline/cues/styles.h"
#include "timeline/doctor.h"

namespace capsule::test {

namespace {

using timeline::CueFormat;
using timeline::TimedText;

constexpr std::u32string_view kWords[] = {U"سلام",
                                          U"وَحْدَةٌ",
                                          U"Bonjour",
                                          U"<i>",
                                          U"&amp;",
                                          U"&lt",
                                          U"{\\an8}",
                                          U"\\N",
                                          U"12",
                                          U"<00:01",
                                          U"a<b>c",
                                          U"«نعم»!",
                                          U"👩‍🚀",
                                          U"(لا)",
                                          U"\\{x}",
                                          U"NOTE",
                                          U"\u2066+212\u2069",
                                          U"…",
                                          U"STYLE",
                                          U"\\h\\n\\",
                                          U"{",
                                          U"}",
                                          U"ⴰⵣⵓⵍ",
                                          U"a,b",
                                          U"&#1605;",
                                          U"a\u00A0b",
                                          U"<v x>",
                                          U"0:01->٠:٠٢",
                                          U"\\Nc",
                                          U"c:\\New"};

// A box of WebVTT in place of a row, as often as not.
void put_box(Dice& dice, timeline::TimedLook& look) {
  // A caption in the middle is written as a share that players know, and reads back as one.
  look.valign = look.valign == timeline::VAlign::kMiddle ? timeline::VAlign::kBottom : look.valign;
  timeline::CueBox box;
  if (dice.below(3) == 0) {
    look.valign = timeline::VAlign::kBottom;
    const bool row = dice.below(2) == 0;
    box.line = timeline::CueLine{row ? 1.0 + dice.below(12) : dice.below(1001) / 10.0, row,
                                 row ? timeline::VAlign::kTop : static_cast<timeline::VAlign>(dice.below(3))};
  }
  if (dice.below(3) == 0) {
    box.position = dice.below(1001) / 10.0;
    if (dice.below(2) == 0) {
      box.edge = static_cast<timeline::HAlign>(dice.below(3));
    }
  }
  box.size = dice.below(2) == 0 ? 100 : dice.below(101);
  if (box != timeline::CueBox{}) {
    look.box = box;
  }
}

// Cues in order with some of what the format can say.
std::vector<TimedText> some_cues(Dice& dice, CueFormat format) {
  const int unit = format == CueFormat::kAss ? 10 : 1;
  std::vector<TimedText> cues;
  std::int64_t clock = dice.below(5000);
  const auto count = dice.below(5);
  for (std::uint32_t i = 0; i < count; ++i) {
    std::u32string text;
    std::vector<std::pair<std::int32_t, std::int32_t>> places;
    const auto words = 1 + dice.below(6);
    for (std::uint32_t w = 0; w < words; ++w) {
      text += w == 0 ? U"" : dice.below(4) == 0 ? U"\n" : U" ";
      const auto begin = static_cast<std::int32_t>(text.size());
      text += kWords[dice.below(std::size(kWords))];
      places.emplace_back(begin, static_cast<std::int32_t>(text.size()));
    }
    TimedText cue;
    cue.text = language::to_utf8(text);
    cue.from = Time::millis(clock * unit);
    if (format != CueFormat::kSubRip && dice.below(2) == 0) {
      for (const auto& [start, end] : places) {
        if (dice.below(6) == 0 && &start != &places.front().first) {
          continue;
        }
        const std::int64_t from = clock += dice.below(3) == 0 ? dice.below(90) : 0;
        clock += 1 + dice.below(400);
        cue.words.push_back({start, end, Time::millis(from * unit), Time::millis(clock * unit)});
      }
    }
    clock += 1 + dice.below(3000);
    cue.to = Time::millis(clock * unit);
    clock += dice.below(4000);
    cue.look.valign = static_cast<timeline::VAlign>(2 - dice.below(3));
    using timeline::CueSide;
    const CueSide sides[] = {CueSide::kLeft, CueSide::kRight, CueSide::kStart, CueSide::kEnd,
                             CueSide::kCenter};
    if (dice.below(3) == 0) {
      cue.look.side = sides[dice.below(format == CueFormat::kWebVtt ? 5 : 2)];
    }
    const auto part = [&] { return static_cast<std::uint8_t>(dice.below(3) * 127); };
    const auto some_look = [&]() -> timeline::LetterLook {
      const bool colored = format == CueFormat::kAss || dice.below(2) == 0;
      const Color color{part(), part(), part(), 255};
      return {dice.below(2) == 0, dice.below(3) == 0, dice.below(4) == 0, dice.below(5) == 0,
              colored ? std::optional(color) : std::nullopt};
    };
    std::vector<timeline::TimedStyle> parts;
    const auto looks = 1 + dice.below(3);
    const auto length = static_cast<std::int32_t>(text.size());
    std::int32_t done = 0;
    for (std::uint32_t w = 0; w < looks; ++w) {
      const std::int32_t end = w + 1 == looks ? length : done + static_cast<std::int32_t>(dice.below(length));
      parts.push_back({done, std::min(end, length), some_look()});
      done = std::min(end, length);
    }
    timeline::set_styles(text, parts, cue);
    if (format == CueFormat::kAss) {
      if (dice.below(4) == 0) {
        cue.look.anchor = PointF{dice.below(33) / 32.0, dice.below(9) / 8.0};
        if (dice.below(2) == 0) {
          cue.look.move = timeline::TimedMove{{dice.below(9) / 8.0, dice.below(9) / 8.0}, cue.from, cue.to};
        }
      }
    }
    if (format == CueFormat::kWebVtt) {
      put_box(dice, cue.look);
    }
    cues.push_back(cue);
  }
  return cues;
}

timeline::CueFile parsed(CueFormat format, const std::string& text, Recorder& reporter) {
  auto file = format == CueFormat::kSubRip   ? timeline::parse_srt(text, "a", reporter)
              : format == CueFormat::kWebVtt ? timeline::parse_vtt(text, "a", reporter)
                                             : timeline::parse_ass(text, "a", reporter);
  REQUIRE(file.has_value());
  return std::move(*file);
}

}  // namespace

TEST_CASE("what is written in any format is read back as it was") {
  Dice dice(2026);
  const int count = rounds(3000, 100000);
  for (int round = 0; round < count; ++round) {
    for (const CueFormat format : {CueFormat::kSubRip, CueFormat::kWebVtt, CueFormat::kAss}) {
      const std::vector<TimedText> cues = some_cues(dice, format);
      const std::string language = dice.below(2) == 0 ? "ar-MA" : "fr";
      const std::string text = timeline::write_captions(format, cues, language);
      CAPTURE(text);
      Recorder reporter;
      const timeline::CueFile file = parsed(format, text, reporter);
      REQUIRE(file.cues.size() == cues.size());
      for (std::size_t i = 0; i < cues.size(); ++i) {
        REQUIRE(file.cues[i].text == cues[i].text);
        REQUIRE(file.cues[i].from == cues[i].from);
        REQUIRE(file.cues[i].to == cues[i].to);
        REQUIRE(file.cues[i].words == cues[i].words);
        REQUIRE(file.cues[i].look == cues[i].look);
        REQUIRE(file.cues[i].styles == cues[i].styles);
      }
      REQUIRE(reporter.warnings.empty());
    }
  }
}

}  // namespace capsule::test

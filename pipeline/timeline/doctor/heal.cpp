#include <fmt/format.h>

#include <algorithm>

#include "language/encoding.h"
#include "language/segmentation.h"
#include "language/tag.h"
#include "language/unicode.h"
#include "timeline/cues/lines.h"
#include "timeline/doctor.h"
#include "timeline/doctor/letters.h"
#include "timeline/doctor/punctuation.h"
#include "timeline/doctor/signs.h"
#include "timeline/doctor/timing.h"

namespace capsule::timeline {
namespace {

class Doctor {
 public:
  Doctor(const CueFile& file, const std::string& path, const Treatment& treatment)
      : file_(file),
        path_(path),
        treatment_(treatment),
        direction_(language::direction_of(treatment.language)) {
    out_.cues = file.cues;
  }

  Healed heal() {
    report_file();
    heal_signs();
    heal_punctuation();
    const TimingReport timing = mend_timing(out_.cues, treatment_.rate);
    counted(Code{"subs-order"}, timing.order);
    counted(Code{"subs-overlap"}, timing.overlaps);
    counted(Code{"subs-frames"}, timing.snapped);
    counted(Code{"subs-gap"}, timing.gaps);
    return std::move(out_);
  }

 private:
  void say(Code code, std::vector<Arg> args, int line) {
    out_.findings.push_back({code, std::move(args), {path_, line, 0}, {}, {}});
  }

  void counted(Code code, const Mended& mended) {
    if (mended.count > 0) {
      say(code, {{"count", mended.count}}, mended.first_line);
    }
  }

  void report_file() {
    if (file_.encoding != language::name_of(language::Encoding::kUtf8)) {
      say(Code{"subs-encoding"}, {{"encoding", file_.encoding}}, 0);
    } else if (file_.had_mark) {
      say(Code{"subs-mark"}, {}, 0);
    }
    Mended blank;
    std::ranges::for_each(file_.blank_lines, [&](int line) { blank.add(line); });
    counted(Code{"subs-blank"}, blank);
  }

  void heal_signs() {
    Mended idle;
    Mended dots;
    for (TimedText& cue : out_.cues) {
      int removed = 0;
      int changed = 0;
      const Letters healed = by_line(letters_of(cue.text), [&](const Letters& line) {
        return with_ellipsis(without_idle_signs(line, direction_, removed), changed);
      });
      if (removed + changed > 0) {
        put_letters(healed, cue);
      }
      note(idle, removed, cue);
      note(dots, changed, cue);
    }
    std::erase_if(out_.cues, [](const TimedText& cue) { return lines_of(cue.text).empty(); });
    counted(Code{"subs-signs"}, idle);
    counted(Code{"subs-ellipsis"}, dots);
  }

  static void note(Mended& into, int count, const TimedText& cue) {
    for (int i = 0; i < count; ++i) {
      into.add(cue.where.line);
    }
  }

  void heal_punctuation() {
    std::vector<Letters> lines;
    for (const TimedText& cue : out_.cues) {
      for (const std::string_view line : lines_of(cue.text)) {
        lines.push_back(letters_of(line));
      }
    }
    const PunctuationEvidence evidence = weigh(lines);
    if (!evidence.convinces()) {
      return;
    }
    for (TimedText& cue : out_.cues) {
      heal_punctuation_of(cue, evidence);
    }
  }

  void heal_punctuation_of(TimedText& cue, const PunctuationEvidence& evidence) {
    // In SubRip and WebVTT the text stands below the times; in ASS behind them.
    const int step = file_.format == CueFormat::kAss ? 0 : 1;
    int line_number = cue.where.line;
    bool changed = false;
    const Letters healed = by_line(letters_of(cue.text), [&](const Letters& line) {
      line_number += step;
      const std::optional<Letters> mended = mended_punctuation(line, evidence);
      if (!mended) {
        return line;
      }
      changed = true;
      out_.offered += treatment_.punctuation ? 0 : 1;
      say(treatment_.punctuation ? Code{"subs-punctuation"} : Code{"subs-punctuation-offered"},
          {{"before", language::to_utf8(signs_of(line))}, {"after", language::to_utf8(signs_of(*mended))}},
          line_number);
      return *mended;
    });
    if (changed && treatment_.punctuation) {
      put_letters(healed, cue);
    }
  }

  const CueFile& file_;
  const std::string& path_;
  const Treatment& treatment_;
  Direction direction_;
  Healed out_;
};

}  // namespace

Healed heal(const CueFile& file, const std::string& path, const Treatment& treatment) {
  return Doctor(file, path, treatment).heal();
}

std::string language_of(const CueFile& file) {
  if (!file.language.empty()) {
    return file.language;
  }
  std::int64_t right = 0;
  std::int64_t left = 0;
  for (const TimedText& cue : file.cues) {
    for (const char32_t c : language::to_utf32(cue.text)) {
      const std::optional<Direction> strong = language::strong_direction(c);
      right += strong == Direction::kRightToLeft ? 1 : 0;
      left += strong == Direction::kLeftToRight ? 1 : 0;
    }
  }
  return right > left ? "ar" : "und";
}

std::string write_captions(CueFormat format, const std::vector<TimedText>& cues, std::string_view language) {
  switch (format) {
    case CueFormat::kWebVtt:
      return write_vtt(cues, language);
    case CueFormat::kAss:
      return write_ass(cues, language);
    case CueFormat::kSubRip:
    case CueFormat::kWords:
      break;
  }
  return write_srt(cues);
}

}  // namespace capsule::timeline

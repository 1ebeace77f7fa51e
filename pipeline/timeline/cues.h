#pragma once
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "base/report.h"
#include "base/result.h"
#include "base/time.h"
#include "timeline/cue_box.h"
#include "timeline/layer.h"

namespace capsule::timeline {

/// A stretch of a caption's text and when it is said.
struct TimedPart {
  std::int32_t start = 0, end = 0;  ///< Code points of TimedText::text, half-open.
  Time from, to;
  friend bool operator==(const TimedPart&, const TimedPart&) = default;
};

enum class CueSide { kStart, kLeft, kCenter, kRight, kEnd };

/// How letters stand out.
struct LetterLook {
  bool bold = false, italic = false, underline = false, strike = false;
  std::optional<Color> color;
  friend bool operator==(const LetterLook&, const LetterLook&) = default;
};

/// A caption that moves in a straight line, evenly: it stands at its anchor until `from`.
struct TimedMove {
  PointF to;  ///< Shares of the picture, as the anchor.
  Time from, until;
  friend bool operator==(const TimedMove&, const TimedMove&) = default;
};

/// What a caption file asks for a caption, other than the usual place and colour. The letters' look is that
/// of all of them, but for those in TimedText::styles.
struct TimedLook : LetterLook {
  std::optional<CueSide> side;
  VAlign valign = VAlign::kBottom;
  std::optional<PointF>
      anchor;  ///< Shares of the picture: where the caption's point named by the two stands.
  std::optional<TimedMove> move{};  ///< Of the anchor.
  std::optional<CueBox> box{};      ///< Of WebVTT; its line goes before `valign`.
  friend bool operator==(const TimedLook&, const TimedLook&) = default;
};

/// A stretch of a caption's text that looks otherwise than the rest.
struct TimedStyle {
  std::int32_t start = 0, end = 0;  ///< Code points of TimedText::text, half-open.
  LetterLook look;
  friend bool operator==(const TimedStyle&, const TimedStyle&) = default;
};

struct TimedText {
  Time from, to;
  std::string text;  ///< UTF-8, LF between lines, no markup.
  Where where;
  std::vector<TimedPart> words{};  ///< In order, never overlapping; empty where only the cue's time is known.
  TimedLook look{};
  std::vector<TimedStyle> styles{};  ///< In order, never overlapping.
};

enum class CueFormat { kSubRip, kWebVtt, kAss, kWords };

/// A caption file as it was found.
struct CueFile {
  CueFormat format = CueFormat::kSubRip;
  std::string encoding;            ///< "UTF-8", "Windows-1256"…
  bool had_mark = false;           ///< A byte order mark was there.
  std::string language;            ///< That the file names itself; empty = none.
  std::vector<TimedText> cues;     ///< In file order.
  std::vector<int> blank_lines{};  ///< Lines of the captions that hold no text; they are left out.
  std::string text{};              ///< The whole file, UTF-8.
};

/// SubRip. Read: `<b> <i> <u> <s> <font color>`, and what people borrow from ASS: `{\an8} {\pos(…)} {\b1}
/// {\i1}
/// {\c&H…&}`; other markup is left out with one warning for each kind. Bad cues are reported as warnings that
/// name the line and left out; the rest stays. Bounded: 20 000 cues, 2 000 letters a cue.
Result<CueFile> parse_srt(std::string_view utf8, const std::string& file, Reporter& reporter);
/// WebVTT. Read: times inside the text, `<b> <i> <u>`, the eight colour classes (`<c.yellow>`), colour,
/// weight, slant and lines of `::cue(.class)` and `::cue(b)` in STYLE, `align`, `line`, `position`,
/// `size`, the file's language; `<rt>` comes in parentheses. Left out, with one warning for each kind:
/// `vertical` (with the settings that it turns), `region`, other styles (the preset decides), REGION.
/// Silently: NOTE, `<v>`, `<lang>`. Source: W3C WebVTT, sections 4 to 6.
Result<CueFile> parse_vtt(std::string_view utf8, const std::string& file, Reporter& reporter);
/// Advanced SubStation Alpha (and SSA). Read: of the styles colour, bold, italic, underline, strike-out and
/// alignment; of the events times, text, `\k \K \kf \ko`, `\an \a`, `\pos` and `\move` (in PlayRes; of
/// several the first counts), `\c \b \i \u \s \r`, `\N \n \h`. The rest is left out, drawings too, with one
/// warning for each kind.
Result<CueFile> parse_ass(std::string_view utf8, const std::string& file, Reporter& reporter);
/// Words with their times, as speech recognisers write them: a list of {word|text|w, start, end} in seconds,
/// or of {start, end, text, words: […]}, or a map that holds such a list under `segments` or `words`. Loose
/// words are gathered into cues at sentence ends, pauses and 42 letters.
Result<CueFile> parse_words(std::string_view utf8, const std::string& file, Reporter& reporter);
/// By content. Decodes what language/encoding.h names. "cue-format" for formats that are not read; says in a
/// warning when there is no caption in it.
Result<CueFile> read_cue_file(const std::string& path, Reporter& reporter);
/// Its cues; says in a warning which encoding was found where it is not UTF-8.
Result<std::vector<TimedText>> read_cues(const std::string& path, Reporter& reporter);

/// Times in milliseconds; words are left out. "-->" becomes an arrow. What a reader would take for markup is
/// written as entities.
std::string write_srt(const std::vector<TimedText>& cues);
/// Colours as the nearest class that players know, with one of our own beside it; of an anchor stays the
/// third of the picture that it is in, as in write_srt().
std::string write_vtt(const std::vector<TimedText>& cues, std::string_view language);
/// Times in hundredths of a second; everything is kept. For a picture of 1920 by 1080.
std::string write_ass(const std::vector<TimedText>& cues, std::string_view language);

}  // namespace capsule::timeline

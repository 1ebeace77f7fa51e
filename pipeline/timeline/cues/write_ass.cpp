#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "language/segmentation.h"
#include "language/tag.h"
#include "language/unicode.h"
#include "timeline/cues.h"
#include "timeline/cues/ass_text.h"
#include "timeline/cues/lines.h"
#include "timeline/cues/places.h"
#include "timeline/cues/styles.h"

namespace capsule::timeline {
namespace {

constexpr int kWidth = 1920;
constexpr int kHeight = 1080;
constexpr Color kWhite{255, 255, 255, 255};

std::int64_t hundredths(Time t) {
  return std::max<std::int64_t>(0, t.round_units(100));
}

std::string stamp(Time t) {
  const std::int64_t cs = hundredths(t);
  return fmt::format("{}:{:02}:{:02}.{:02}", cs / 360000, cs / 6000 % 60, cs / 100 % 60, cs % 100);
}

// What styles are made for.
std::vector<LetterLook> looks_of(const std::vector<TimedText>& cues) {
  std::vector<LetterLook> looks;
  for (const TimedText& cue : cues) {
    if (std::ranges::find(looks, LetterLook(cue.look)) == looks.end()) {
      looks.push_back(cue.look);
    }
  }
  return looks;
}

// Encoding -1: libass then takes a line's direction from its first strong letter, and shapes it whole.
std::string style_line(const LetterLook& look, std::size_t number) {
  const Color c = look.color.value_or(kWhite);
  return fmt::format(
      "Style: {},Noto Sans "
      "Arabic,72,&H{:02X}{:02X}{:02X}{:02X},&H0000FFFF,&H00000000,&H80000000,{},{},{},{},100,"
      "100,0,0,1,4,0,2,60,60,60,-1\n",
      number == 0 ? "Default" : fmt::format("Style{}", number + 1), 255 - c.a, c.b, c.g, c.r,
      look.bold ? -1 : 0, look.italic ? -1 : 0, look.underline ? -1 : 0, look.strike ? -1 : 0);
}

// The tags that turn one look into another.
std::string look_tags(const LetterLook& from, const LetterLook& to) {
  std::string out;
  out += from.bold == to.bold ? "" : fmt::format("\\b{}", to.bold ? 1 : 0);
  out += from.italic == to.italic ? "" : fmt::format("\\i{}", to.italic ? 1 : 0);
  out += from.underline == to.underline ? "" : fmt::format("\\u{}", to.underline ? 1 : 0);
  out += from.strike == to.strike ? "" : fmt::format("\\s{}", to.strike ? 1 : 0);
  if (from.color != to.color) {
    const Color c = to.color.value_or(kWhite);
    out += fmt::format("\\c&H{:02X}{:02X}{:02X}&", c.b, c.g, c.r);
  }
  return out;
}

// 0 = left, 1 = centre, 2 = right.
int column_of(CueSide side, Direction direction) {
  const bool rtl = direction == Direction::kRightToLeft;
  const bool left = side == CueSide::kLeft || side == (rtl ? CueSide::kEnd : CueSide::kStart);
  return side == CueSide::kCenter ? 1 : left ? 0 : 2;
}

std::string keypad(VAlign row, int column) {
  const int place = (row == VAlign::kTop ? 7 : row == VAlign::kMiddle ? 4 : 1) + column;
  return place == 2 ? "" : fmt::format("{{\\an{}}}", place);
}

std::string point_tag(const TimedText& cue) {
  const auto at = [](PointF share) {
    return fmt::format("{:.2f},{:.2f}", share.x * kWidth, share.y * kHeight);
  };
  const TimedLook& look = cue.look;
  if (!look.anchor) {
    return "";
  }
  const std::string from = at(anchor_at(look, cue.from));
  if (!look.move || look.move->until <= cue.from) {
    return "{\\pos(" + from + ")}";
  }
  const auto ms = [&](Time t) { return std::max<std::int64_t>(0, (t - cue.from).round_units(1000)); };
  return fmt::format("{{\\move({},{},{},{})}}", from, at(look.move->to), ms(look.move->from),
                     ms(look.move->until));
}

struct Margins {
  int left = 0, right = 0;
};

// What a box of WebVTT comes to: margins for its sides, a point for its line.
struct BoxTags {
  std::string tags;
  Margins margins;
};

BoxTags box_tags(const TimedLook& look, int column) {
  const CueBox& box = *look.box;
  const int edge = box.edge ? static_cast<int>(*box.edge) : column;
  const double at = box.position.value_or(50.0 * edge);
  const double most = edge == 0 ? 100 - at : edge == 2 ? at : 2 * std::min(at, 100 - at);
  const double size = std::min(box.size, most);
  const double left = at - size * edge / 2;
  const auto pixels = [](double percent) { return static_cast<int>(std::lround(percent * kWidth / 100)); };
  BoxTags out;
  out.margins = {pixels(left), pixels(100 - left - size)};
  if (!box.line) {
    out.tags = keypad(look.valign, column);
    return out;
  }
  constexpr double kRow = kHeight / 15.0;
  const double y = !box.line->row      ? box.line->at * kHeight / 100
                   : box.line->at >= 0 ? box.line->at * kRow
                                       : kHeight + (box.line->at + 1) * kRow;
  const VAlign row = box.line->row && box.line->at < 0 ? VAlign::kBottom : box.line->edge;
  out.tags =
      keypad(row, column) + fmt::format("{{\\pos({},{})}}", pixels(left + size * column / 2), std::lround(y));
  return out;
}

BoxTags place_tags(const TimedText& cue, Direction direction) {
  const int column = column_of(cue.look.side.value_or(CueSide::kCenter), direction);
  if (cue.look.box && !cue.look.anchor) {
    return box_tags(cue.look, column);
  }
  return {keypad(cue.look.valign, column) + point_tag(cue), {}};
}

class BodyWriter {
 public:
  BodyWriter(const TimedText& cue, Direction direction)
      : cue_(cue),
        text_(language::to_utf32(cue.text)),
        parts_(styled_parts(text_, cue)),
        look_(cue.look),
        direction_(direction) {}

  std::string write() {
    put_mark(0);
    std::int64_t clock = hundredths(cue_.from);
    for (const TimedPart& part : cue_.words) {
      if (done_ > 0) {
        put_silence(part.start);
      }
      put_until(part.start);
      const std::int64_t from = hundredths(part.from);
      const std::int64_t to = std::max(from, hundredths(part.to));
      if (from > clock) {
        put_syllable(from - clock);
      }
      put_syllable(to - from);
      put_until(part.end);
      clock = to;
    }
    const auto length = static_cast<std::int32_t>(text_.size());
    if (!cue_.words.empty()) {
      put_silence(length);
    }
    put_until(length);
    return std::move(out_);
  }

 private:
  void put_block(const std::string& tags) {
    // A backslash of the text and the brace would be one sign.
    out_ += out_.ends_with('\\') ? "\u2060" : "";
    out_ += "{" + tags + "}";
  }

  void put_syllable(std::int64_t length) { put_block(fmt::format("\\k{}", length)); }

  // The look of the part that begins here, and where the next one does.
  std::size_t turn_at(std::size_t place) {
    while (part_ < parts_.size() && static_cast<std::size_t>(parts_[part_].start) <= place) {
      if (const std::string tags = look_tags(look_, parts_[part_].look); !tags.empty()) {
        put_block(tags);
        look_ = parts_[part_].look;
      }
      ++part_;
    }
    return part_ < parts_.size() ? static_cast<std::size_t>(parts_[part_].start) : text_.size();
  }

  // Letters behind a word that no other word holds are not said.
  void put_silence(std::int32_t until) {
    const auto begin = text_.begin() + static_cast<std::ptrdiff_t>(done_);
    if (!std::all_of(begin, text_.begin() + until, language::is_space)) {
      put_syllable(0);
    }
  }

  void put_until(std::int32_t place) {
    const auto end = static_cast<std::size_t>(place);
    while (done_ < end) {
      const std::size_t turn = turn_at(done_);
      const std::size_t stop = std::min({text_.find(U'\n', done_), end, turn});
      out_ += language::to_utf8(escape_ass(std::u32string_view(text_).substr(done_, stop - done_)));
      done_ = stop;
      if (done_ < end && text_[done_] == U'\n') {
        out_ += "\\N";
        put_mark(++done_);
      }
    }
  }

  // In front of a line that its first strong letter would turn.
  void put_mark(std::size_t line_begin) {
    const std::u32string_view rest = std::u32string_view(text_).substr(line_begin);
    const std::string line = language::to_utf8(rest.substr(0, rest.find(U'\n')));
    if (first_direction(line).value_or(direction_) != direction_) {
      out_ += direction_ == Direction::kRightToLeft ? "\u200F" : "\u200E";
    }
  }

  const TimedText& cue_;
  std::u32string text_;
  std::vector<TimedStyle> parts_;
  LetterLook look_;  ///< Where the writing stands.
  Direction direction_;
  std::string out_;
  std::size_t done_ = 0, part_ = 0;
};

}  // namespace

std::string write_ass(const std::vector<TimedText>& cues, std::string_view language) {
  const Direction direction = language::direction_of(language);
  std::string out = fmt::format(
      "[Script Info]\nScriptType: v4.00+\nPlayResX: {}\nPlayResY: {}\nWrapStyle: 0\n"
      "ScaledBorderAndShadow: yes\nLanguage: {}\n\n[V4+ Styles]\nFormat: Name, Fontname, Fontsize, "
      "PrimaryColour, SecondaryColour, OutlineColour, BackColour, Bold, Italic, Underline, StrikeOut, "
      "ScaleX, "
      "ScaleY, Spacing, Angle, BorderStyle, Outline, Shadow, Alignment, MarginL, MarginR, MarginV, "
      "Encoding\n",
      kWidth, kHeight, language);
  const std::vector<LetterLook> looks = looks_of(cues);
  for (std::size_t i = 0; i < looks.size(); ++i) {
    out += style_line(looks[i], i);
  }
  out += "\n[Events]\nFormat: Layer, Start, End, Style, Name, MarginL, MarginR, MarginV, Effect, Text\n";
  for (const TimedText& cue : cues) {
    const auto number = std::ranges::find(looks, LetterLook(cue.look)) - looks.begin();
    const BoxTags place = place_tags(cue, direction);
    out += fmt::format("Dialogue: 0,{},{},{},,{},{},0,,{}{}\n", stamp(cue.from), stamp(cue.to),
                       number == 0 ? "Default" : fmt::format("Style{}", number + 1), place.margins.left,
                       place.margins.right, place.tags, BodyWriter(cue, direction).write());
  }
  return out;
}

}  // namespace capsule::timeline

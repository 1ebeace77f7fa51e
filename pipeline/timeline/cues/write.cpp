#include <fmt/format.h>

#include <algorithm>
#include <string>
#include <string_view>
#include <vector>

#include "language/segmentation.h"
#include "language/tag.h"
#include "language/unicode.h"
#include "timeline/cues.h"
#include "timeline/cues/lines.h"
#include "timeline/cues/markup.h"
#include "timeline/cues/places.h"
#include "timeline/cues/settings.h"
#include "timeline/cues/stamp.h"
#include "timeline/cues/style_sheet.h"
#include "timeline/cues/styles.h"

namespace capsule::timeline {
namespace {

std::string stamp(Time t, char mark) {
  const std::int64_t ms = std::max<std::int64_t>(0, t.round_units(1000));
  return fmt::format("{:02}:{:02}:{:02}{}{:03}", ms / 3600000, ms / 60000 % 60, ms / 1000 % 60, mark,
                     ms % 1000);
}

// What stands for each letter of a text, so that tags can come between them.
using Pieces = std::vector<std::string>;

Pieces escape_vtt(std::u32string_view text) {
  Pieces out;
  for (const char32_t c : text) {
    out.push_back(c == U'&'   ? "&amp;"
                  : c == U'<' ? "&lt;"
                  : c == U'>' ? "&gt;"
                              : language::to_utf8(std::u32string_view(&c, 1)));
  }
  return out;
}

// Whether the reader would take the line around `at` for one with times.
bool looks_timed(std::u32string_view text, std::size_t at) {
  const std::size_t before = text.rfind(U'\n', at);
  const std::size_t begin = before == std::u32string_view::npos ? 0 : before + 1;
  const std::u32string_view line = text.substr(begin, text.find(U'\n', begin) - begin);
  return parse_stamps(language::to_utf8(line)).has_value();
}

// What the reader would take for a tag or an entity, as entities; U+2192 for the arrow that it would take for
// a time line.
Pieces escape_srt(std::u32string_view given) {
  Pieces out;
  std::u32string text(given);
  for (std::size_t at = text.find(U"-->"); at != std::u32string::npos; at = text.find(U"-->", at)) {
    text.replace(at, 3, U"\u2192\u2192\u2192");
  }
  int arrows = 0;
  for (std::size_t at = 0; at < text.size(); ++at) {
    constexpr std::size_t kLongest = 12;
    const std::u32string_view near = std::u32string_view(text).substr(at, kLongest);
    const std::u32string_view name = near.substr(0, near.find(U';') + 1);
    const bool arrow = text[at] != given[at];
    arrows = arrow ? arrows + 1 : 0;
    if (arrow && arrows % 3 != 1) {
      out.emplace_back();
    } else if (text[at] == U'>' && looks_timed(text, at)) {
      out.emplace_back("&#62;");
    } else if (text[at] == U'\\' && is_line_sign(near, 0, Markup::kSubRip)) {
      out.emplace_back("&#92;");
    } else if (tag_length(text, at, Markup::kSubRip) > 0) {
      out.emplace_back(text[at] == U'<' ? "&lt;" : "&#123;");
    } else if (text[at] == U'&' && decode_entities(name) != name) {
      out.emplace_back("&amp;");
    } else {
      out.push_back(language::to_utf8(near.substr(0, 1)));
    }
  }
  return out;
}

// Without what SubRip and WebVTT cannot say of a place: of a point the third of the picture that it is in.
TimedLook without_anchor(TimedLook look) {
  if (look.anchor) {
    look.valign = row_of(look);
    look.anchor.reset();
    look.side.reset();
  }
  return look;
}

int keypad_place(const TimedLook& look) {
  const VAlign valign = row_of(look);
  const int row = valign == VAlign::kTop ? 6 : valign == VAlign::kMiddle ? 3 : 0;
  const int column = look.side == CueSide::kLeft ? 1 : look.side == CueSide::kRight ? 3 : 2;
  return row + column;
}

std::string hex(Color c) {
  return fmt::format("{:02x}{:02x}{:02x}", c.r, c.g, c.b);
}

struct Tags {
  std::string open, close;
};

Tags tags_of(const LetterLook& look, const Tags& color) {
  Tags out = look.color ? color : Tags{};
  const auto add = [&out](bool wanted, const char* name) {
    out.open += wanted ? fmt::format("<{}>", name) : "";
    out.close = wanted ? fmt::format("</{}>", name) + out.close : out.close;
  };
  add(look.bold, "b");
  add(look.italic, "i");
  add(look.underline, "u");
  add(look.strike, "s");
  return out;
}

Tags srt_tags(const LetterLook& look) {
  const Color c = look.color.value_or(Color{});
  return tags_of(look, {fmt::format("<font color=\"#{}\">", hex(c)), "</font>"});
}

// The nearest of the eight classes that players know, and where it is not the very colour one of our own that
// says it. A STYLE block would say it to players too, but FFmpeg 5.1 finds no caption in a file with one.
std::string vtt_classes(Color color) {
  const std::string_view name = nearest_class(color);
  Color named = read_css_color(name).value_or(Color{});
  named.a = color.a;
  return named == color ? std::string(name) : fmt::format("{}.c{}", name, hex(color));
}

Tags vtt_tags(const LetterLook& look) {
  return tags_of(look, {fmt::format("<c.{}>", vtt_classes(look.color.value_or(Color{}))), "</c>"});
}

// Puts the tags of a caption's looks before and behind the letters that have them.
template <typename TagsOf>
void put_tags(std::u32string_view text, const TimedText& cue, const TagsOf& tags, Pieces& pieces) {
  for (const TimedStyle& part : styled_parts(text, cue)) {
    const Tags around = tags(part.look);
    std::string& first = pieces[static_cast<std::size_t>(part.start)];
    first.insert(0, around.open);
    pieces[static_cast<std::size_t>(part.end) - 1] += around.close;
  }
}

bool has_letters(std::u32string_view text, std::int32_t from, std::int32_t to) {
  const auto part = text.substr(static_cast<std::size_t>(from), static_cast<std::size_t>(to - from));
  return !std::ranges::all_of(part, language::is_space);
}

// Puts the times of a caption's words before the letters where they begin.
void put_word_times(std::u32string_view text, const TimedText& cue, Pieces& pieces) {
  if (cue.words.empty()) {
    return;
  }
  Pieces stamps(text.size() + 1);
  const auto insert = [&stamps](std::int32_t place, Time time) {
    stamps[static_cast<std::size_t>(place)] += "<" + stamp(time, '.') + ">";
  };
  std::int32_t done = 0;
  for (const TimedPart& part : cue.words) {
    // Letters between two words get the same time before and behind them: none.
    const bool first = done == 0 && part.from == cue.from;
    if (has_letters(text, done, part.start) && !first) {
      insert(done, part.from);
    }
    if (!first || part.start != 0) {
      insert(part.start, part.from);
    }
    const bool silence = &part == &cue.words.back() ? part.to < cue.to : (&part + 1)->from > part.to;
    if (silence) {
      insert(part.end, part.to);
    }
    done = part.end;
  }
  if (has_letters(text, done, static_cast<std::int32_t>(text.size()))) {
    insert(done, cue.to);
  }
  for (std::size_t i = 0; i < pieces.size(); ++i) {
    pieces[i].insert(0, stamps[i]);
  }
  pieces.back() += stamps.back();
}

std::string together(const Pieces& pieces) {
  std::string out;
  for (const std::string& piece : pieces) {
    out += piece;
  }
  return out;
}

}  // namespace

std::string write_srt(const std::vector<TimedText>& cues) {
  std::string out;
  int number = 0;
  for (const TimedText& cue : cues) {
    out += fmt::format("{}\n{} --> {}\n", ++number, stamp(cue.from, ','), stamp(cue.to, ','));
    const int place = keypad_place(without_anchor(cue.look));
    out += place == 2 ? "" : fmt::format("{{\\an{}}}", place);
    const std::u32string text = language::to_utf32(cue.text);
    Pieces pieces = escape_srt(text);
    put_tags(text, cue, srt_tags, pieces);
    const std::string tagged = together(pieces);
    for (const std::string_view line : lines_of(tagged)) {
      out += line;
      out += '\n';
    }
    out += "\n";
  }
  return out;
}

std::string write_vtt(const std::vector<TimedText>& cues, std::string_view language) {
  const Direction direction = language::direction_of(language);
  std::string out = fmt::format("WEBVTT\n\nNOTE Language: {}\n\n", language);
  for (const TimedText& cue : cues) {
    out += fmt::format("{} --> {}{}\n", stamp(cue.from, '.'), stamp(cue.to, '.'),
                       write_settings(without_anchor(cue.look)));
    const std::u32string letters = language::to_utf32(cue.text);
    Pieces pieces = escape_vtt(letters);
    put_tags(letters, cue, vtt_tags, pieces);
    put_word_times(letters, cue, pieces);
    const std::string text = together(pieces);
    std::size_t written = 0;
    const std::vector<std::string_view> plain = lines_of(cue.text);
    for (const std::string_view line : lines_of(text)) {
      const std::string_view seen = written < plain.size() ? plain[written++] : line;
      const Direction first = first_direction(seen).value_or(direction);
      out += first == direction ? "" : direction == Direction::kRightToLeft ? "&rlm;" : "&lrm;";
      out += fmt::format("{}\n", line);
    }
    out += "\n";
  }
  return out;
}

}  // namespace capsule::timeline

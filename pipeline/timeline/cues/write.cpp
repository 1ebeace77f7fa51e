#include <fmt/format.h>

#include <algorithm>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "language/segmentation.h"
#include "language/tag.h"
#include "language/unicode.h"
#include "timeline/cues.h"
#include "timeline/cues/lines.h"
#include "timeline/cues/markup.h"
#include "timeline/cues/settings.h"

namespace capsule::timeline {
namespace {

std::string stamp(Time t, char mark) {
  const std::int64_t ms = std::max<std::int64_t>(0, t.round_units(1000));
  return fmt::format("{:02}:{:02}:{:02}{}{:03}", ms / 3600000, ms / 60000 % 60, ms / 1000 % 60, mark,
                     ms % 1000);
}

// U+2192 for the arrow that would be taken for a time line.
std::string without_arrows(std::string_view line) {
  std::string out(line);
  for (std::size_t at = out.find("-->"); at != std::string::npos; at = out.find("-->", at)) {
    out.replace(at, 3, "\xE2\x86\x92");
  }
  return out;
}

std::string escape_vtt(std::string_view line) {
  std::string out;
  for (const char c : line) {
    switch (c) {
      case '&':
        out += "&amp;";
        break;
      case '<':
        out += "&lt;";
        break;
      case '>':
        out += "&gt;";
        break;
      default:
        out += c;
    }
  }
  return out;
}

// What the reader would take for a tag or an entity, as entities.
std::string escape_srt(std::string_view line) {
  const std::u32string text = language::to_utf32(without_arrows(line));
  std::string out;
  for (std::size_t at = 0; at < text.size(); ++at) {
    constexpr std::size_t kLongest = 12;
    const std::u32string_view near = std::u32string_view(text).substr(at, kLongest);
    const std::u32string_view name = near.substr(0, near.find(U';') + 1);
    if (tag_length(text, at, Markup::kSubRip) > 0) {
      out += text[at] == U'<' ? "&lt;" : "&#123;";
    } else if (text[at] == U'&' && decode_entities(name) != name) {
      out += "&amp;";
    } else {
      out += language::to_utf8(near.substr(0, 1));
    }
  }
  return out;
}

// Where a caption stands in formats that know no points: the third of the picture that its point is in.
TimedLook without_anchor(TimedLook look) {
  if (look.anchor) {
    look.valign = look.anchor->y < 1.0 / 3   ? VAlign::kTop
                  : look.anchor->y < 2.0 / 3 ? VAlign::kMiddle
                                             : VAlign::kBottom;
    look.side.reset();
  }
  return look;
}

int keypad_place(const TimedLook& look) {
  const int row = look.valign == VAlign::kTop ? 6 : look.valign == VAlign::kMiddle ? 3 : 0;
  const int column = look.side == CueSide::kLeft ? 1 : look.side == CueSide::kRight ? 3 : 2;
  return row + column;
}

// The text of a WebVTT cue, with the times of its words in it.
std::string timed_vtt(const TimedText& cue) {
  const std::u32string text = language::to_utf32(cue.text);
  const auto piece = [&](std::int32_t from, std::int32_t to) {
    return escape_vtt(language::to_utf8(std::u32string_view(text).substr(
        static_cast<std::size_t>(from), static_cast<std::size_t>(to - from))));
  };
  const auto has_letters = [&](std::int32_t from, std::int32_t to) {
    const auto part =
        std::u32string_view(text).substr(static_cast<std::size_t>(from), static_cast<std::size_t>(to - from));
    return !std::ranges::all_of(part, language::is_space);
  };
  std::string out;
  std::int32_t done = 0;
  for (const TimedPart& part : cue.words) {
    // Letters between two words get the same time before and behind them: none.
    const bool first = done == 0 && part.from == cue.from;
    const std::string time = "<" + stamp(part.from, '.') + ">";
    out += has_letters(done, part.start) && !first ? time : "";
    out += piece(done, part.start);
    out += first && part.start == 0 ? "" : time;
    out += piece(part.start, part.end);
    const bool silence = &part == &cue.words.back() ? part.to < cue.to : (&part + 1)->from > part.to;
    out += silence ? "<" + stamp(part.to, '.') + ">" : "";
    done = part.end;
  }
  const auto length = static_cast<std::int32_t>(text.size());
  out += !cue.words.empty() && has_letters(done, length) ? "<" + stamp(cue.to, '.') + ">" : "";
  return out + piece(done, length);
}

}  // namespace

std::string write_srt(const std::vector<TimedText>& cues) {
  std::string out;
  int number = 0;
  for (const TimedText& cue : cues) {
    out += fmt::format("{}\n{} --> {}\n", ++number, stamp(cue.from, ','), stamp(cue.to, ','));
    const int place = keypad_place(without_anchor(cue.look));
    out += place == 2 ? "" : fmt::format("{{\\an{}}}", place);
    for (const std::string_view line : lines_of(cue.text)) {
      out += escape_srt(line) + "\n";
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
    const std::string text = timed_vtt(cue);
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

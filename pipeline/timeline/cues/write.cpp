#include <fmt/format.h>

#include <string>
#include <string_view>
#include <vector>

#include "language/segmentation.h"
#include "language/tag.h"
#include "language/unicode.h"
#include "timeline/cues.h"

namespace capsule::timeline {
namespace {

std::string stamp(Time t, char mark) {
  const std::int64_t ms = std::max<std::int64_t>(0, t.round_units(1000));
  return fmt::format("{:02}:{:02}:{:02}{}{:03}", ms / 3600000, ms / 60000 % 60, ms / 1000 % 60, mark,
                     ms % 1000);
}

// Lines that are not empty; an empty one would end the cue.
std::vector<std::string_view> lines_of(std::string_view text) {
  std::vector<std::string_view> lines;
  while (!text.empty()) {
    const std::size_t end = std::min(text.find('\n'), text.size());
    if (end > 0) {
      lines.push_back(text.substr(0, end));
    }
    text.remove_prefix(std::min(end + 1, text.size()));
  }
  return lines;
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

// Players take a WebVTT line's direction from its first strong letter; a mark in front makes it the
// language's.
std::string_view direction_mark(std::string_view line, Direction direction) {
  const bool rtl = direction == Direction::kRightToLeft;
  const int left = language::bidi_class(U'A');
  const int right = language::bidi_class(U'\u05D0');
  const int arabic = language::bidi_class(U'\u0627');
  for (const char32_t c : language::to_utf32(line)) {
    const int kind = language::bidi_class(c);
    if (kind == left || kind == right || kind == arabic) {
      return (kind == left) == rtl ? (rtl ? "&rlm;" : "&lrm;") : "";
    }
  }
  return "";
}

}  // namespace

std::string write_srt(const std::vector<TimedText>& cues) {
  std::string out;
  int number = 0;
  for (const TimedText& cue : cues) {
    out += fmt::format("{}\n{} --> {}\n", ++number, stamp(cue.from, ','), stamp(cue.to, ','));
    for (const std::string_view line : lines_of(cue.text)) {
      out += without_arrows(line) + "\n";
    }
    out += "\n";
  }
  return out;
}

std::string write_vtt(const std::vector<TimedText>& cues, std::string_view language) {
  const Direction direction = language::direction_of(language);
  std::string out = fmt::format("WEBVTT\n\nNOTE Language: {}\n\n", language);
  for (const TimedText& cue : cues) {
    out += fmt::format("{} --> {}\n", stamp(cue.from, '.'), stamp(cue.to, '.'));
    for (const std::string_view line : lines_of(cue.text)) {
      out += fmt::format("{}{}\n", direction_mark(line, direction), escape_vtt(line));
    }
    out += "\n";
  }
  return out;
}

}  // namespace capsule::timeline

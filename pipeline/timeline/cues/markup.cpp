#include "timeline/cues/markup.h"

#include <algorithm>
#include <array>
#include <cstddef>
#include <cstdint>
#include <optional>
#include <utility>

#include "base/ascii.h"
#include "timeline/cues/ass_tags.h"
#include "timeline/cues/stamp.h"
#include "timeline/cues/style_sheet.h"

namespace capsule::timeline {
namespace {

constexpr std::size_t kLongestTag = 200;

bool is_ascii_letter(char32_t c) {
  return (c >= U'a' && c <= U'z') || (c >= U'A' && c <= U'Z');
}

bool is_ascii_digit(char32_t c) {
  return c >= U'0' && c <= U'9';
}

std::string ascii(std::u32string_view text) {
  std::string out;
  for (const char32_t c : text) {
    out += c < 0x80 ? static_cast<char>(c) : '?';
  }
  return out;
}

std::string lower_name(std::u32string_view inner) {
  std::string name;
  for (const char32_t c : inner.substr(!inner.empty() && inner.front() == U'/' ? 1 : 0)) {
    if (!is_ascii_letter(c)) {
      break;
    }
    name += static_cast<char>(c | 0x20U);
  }
  return name;
}

// SubRip knows few tags, and people write «a < b > c» in it; some are WebVTT's, since files are renamed.
// WebVTT makes every <…> a tag.
bool is_tag(std::u32string_view inner, Markup markup) {
  if (markup == Markup::kWebVtt) {
    return inner.empty() || inner.front() == U'/' || inner.front() == U'.' ||
           is_ascii_letter(inner.front()) || is_ascii_digit(inner.front());
  }
  if (!inner.empty() && is_ascii_digit(inner.front())) {
    return parse_stamp(ascii(inner)).has_value();
  }
  constexpr std::array<std::string_view, 14> kKnown{"i",  "b",    "u",    "s",  "font", "em", "strong",
                                                    "br", "span", "ruby", "rt", "lang", "c",  "v"};
  const std::string name = lower_name(inner);
  const std::size_t end = name.size() + (inner.starts_with(U'/') ? 1 : 0);
  constexpr std::u32string_view kBehindName = U" \t\n./=";
  return std::ranges::find(kKnown, name) != kKnown.end() &&
         (end == inner.size() || kBehindName.find(inner[end]) != std::u32string_view::npos);
}

// The value behind `color=` or `color:` in a tag.
std::optional<Color> color_attribute(const std::string& inner) {
  const std::size_t at = inner.find("color");
  if (at == std::string::npos || (at > 0 && inner[at - 1] == '-')) {
    return std::nullopt;
  }
  std::string_view value = std::string_view(inner).substr(at + 5);
  value.remove_prefix(std::min(value.find_first_not_of(" \t\n"), value.size()));
  if (!value.starts_with('=') && !value.starts_with(':')) {
    return std::nullopt;
  }
  value.remove_prefix(1);
  value.remove_prefix(std::min(value.find_first_not_of(" \t\n\"'"), value.size()));
  const std::size_t end = value.starts_with("rgb") ? value.find(')') : value.find_first_of(" \t\n\"';/>");
  return read_css_color(value.substr(0, end));
}

class TagReader {
 public:
  TagReader(Markup markup, const StyleSheet& sheet) : markup_(markup), sheet_(sheet) {
    change_of("", {}, sheet).apply(out_.look);
    look_ = out_.look;
  }

  Stripped read(std::u32string_view text) {
    out_.text.reserve(text.size());
    for (std::size_t i = 0; i < text.size();) {
      const std::size_t length = tag_length(text, i, markup_);
      if (length == 0) {
        out_.text += text[i++];
        continue;
      }
      const bool closed = text[i + length - 1] == (text[i] == U'{' ? U'}' : U'>');
      const std::u32string_view inner = text.substr(i + 1, length - (closed ? 2 : 1));
      text[i] == U'{' ? take_braces(inner) : take(inner);
      i += length;
    }
    return std::move(out_);
  }

 private:
  struct Open {
    std::string name;
    LetterChange change;
  };

  void take_braces(std::u32string_view inner) {
    const LetterLook before = braces_;
    for (const std::string& kind : take_looks(ascii(inner), out_.look, LetterLook{}, braces_)) {
      out_.left_out.insert(kind);
    }
    if (out_.look.anchor && !anchored_) {
      anchored_ = true;
      // The script resolution that SubRip files are given where they are played as ASS.
      out_.look.anchor = PointF{out_.look.anchor->x / 384, out_.look.anchor->y / 288};
    }
    if (!(braces_ == before)) {
      LetterChange change;
      change.bold = braces_.bold != before.bold ? std::optional(braces_.bold) : std::nullopt;
      change.italic = braces_.italic != before.italic ? std::optional(braces_.italic) : std::nullopt;
      change.underline =
          braces_.underline != before.underline ? std::optional(braces_.underline) : std::nullopt;
      change.color = braces_.color;
      open({"{", change});
    }
  }

  void take(std::u32string_view inner) {
    if (!inner.empty() && is_ascii_digit(inner.front())) {
      if (const std::optional<Time> moment = parse_stamp(ascii(inner))) {
        out_.text += static_cast<char32_t>(kMoment + out_.moments.size());
        out_.moments.push_back(*moment);
      }
      return;
    }
    const std::string name = lower_name(inner);
    const bool closes = inner.starts_with(U'/');
    if (name == "br") {
      out_.text += U'\n';
    } else if (name == "rt") {
      out_.text += closes ? U")" : U" (";
    } else if (closes) {
      close(name);
    } else {
      open_tag(name, inner);
    }
  }

  void open_tag(const std::string& name, std::u32string_view inner) {
    const std::string whole = ascii(inner);
    const std::size_t classes = name.size();
    const std::string_view behind = std::string_view(whole).substr(classes);
    const std::size_t end = std::min(behind.find_first_of(" \t\n"), behind.size());
    LetterChange change = change_of(name, behind.substr(0, end), sheet_);
    if (name == "font" || name == "span") {
      change.color = color_attribute(ascii::lower(whole));
    }
    const bool means = change.bold || change.italic || change.underline || change.color;
    constexpr std::array<std::string_view, 4> kNamed{"s", "font", "ruby", "span"};
    if (!means && std::ranges::find(kNamed, name) != kNamed.end()) {
      out_.left_out.insert("<" + name + ">");
    }
    open({name, change});
  }

  void open(Open tag) {
    constexpr std::size_t kDeepest = 64;
    if (open_.size() < kDeepest) {
      open_.push_back(std::move(tag));
      settle();
    }
  }

  // The nearest of that name; others that it holds stay open, as people cross them.
  void close(const std::string& name) {
    const auto found =
        std::find_if(open_.rbegin(), open_.rend(), [&](const Open& tag) { return tag.name == name; });
    if (found != open_.rend()) {
      open_.erase(std::next(found).base());
      settle();
    }
  }

  void settle() {
    LetterLook now = out_.look;
    for (const Open& tag : open_) {
      tag.change.apply(now);
    }
    if (!(now == look_)) {
      look_ = now;
      out_.turn(now);
    }
  }

  Markup markup_;
  const StyleSheet& sheet_;
  Stripped out_;
  LetterLook look_, braces_;
  std::vector<Open> open_;
  bool anchored_ = false;
};

}  // namespace

void Stripped::turn(const LetterLook& next) {
  constexpr std::size_t kMost = 4000;
  if (turns.size() < kMost) {
    text += static_cast<char32_t>(kTurn + turns.size());
    turns.push_back(next);
  }
}

void LetterChange::apply(LetterLook& look) const {
  look.bold = bold.value_or(look.bold);
  look.italic = italic.value_or(look.italic);
  look.underline = underline.value_or(look.underline);
  look.color = color ? color : look.color;
}

std::size_t tag_length(std::u32string_view text, std::size_t at, Markup markup) {
  if (markup == Markup::kNone) {
    return 0;
  }
  const bool angle = text[at] == U'<';
  const bool brace =
      text[at] == U'{' && markup == Markup::kSubRip && at + 1 < text.size() && text[at + 1] == U'\\';
  if (!angle && !brace) {
    return 0;
  }
  const std::u32string_view near = text.substr(at, kLongestTag);
  const std::size_t close = near.find(angle ? U'>' : U'}');
  const bool holds_other = angle && near.find(U'<', 1) < close;
  if (close == std::u32string_view::npos || holds_other) {
    // A closing tag that the end of its line cut short: `</i`.
    const std::u32string_view line = near.substr(0, near.find(U'\n'));
    const bool cut = angle && line.starts_with(U"</") && line.size() < 9 && line.find(U' ') == line.npos &&
                     is_tag(line.substr(1), Markup::kSubRip);
    return cut ? line.size() : 0;
  }
  return angle && !is_tag(near.substr(1, close - 1), markup) ? 0 : close + 1;
}

Stripped strip_tags(std::u32string_view text, Markup markup, const StyleSheet& sheet) {
  return TagReader(markup, sheet).read(text);
}

void place_by_keypad(int place, TimedLook& look) {
  if (place < 1 || place > 9) {
    return;
  }
  constexpr std::array<VAlign, 3> kRows{VAlign::kBottom, VAlign::kMiddle, VAlign::kTop};
  look.valign = kRows.at(static_cast<std::size_t>(place - 1) / 3);
  const int column = (place - 1) % 3;
  look.side = column == 0   ? std::optional(CueSide::kLeft)
              : column == 2 ? std::optional(CueSide::kRight)
                            : std::nullopt;
}

}  // namespace capsule::timeline
